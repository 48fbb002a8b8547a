from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.record.reading.pages import running_text

from tocsin.record.assertions import Response, Standing
from tocsin.record.document import Genre
from tocsin.record.reading._response_deed import Deed
from tocsin.record.reading._response_lexicon import DEEDS
from tocsin.record.reading.page import Candidate
from tocsin.record.reading.responses import read_responses

NEWS = """The United States on Tuesday expelled 12 Russian diplomats over the breach of Example Mail, officials said.

The Treasury Department blacklisted two Moscow-based firms, while the Justice Department charged six officers of the
GRU with conspiracy. Germany and the Netherlands are expected to announce similar measures. Poland has summoned the
Russian ambassador. Sweden is considering whether to expel diplomats. The White House has not imposed sanctions on
banks, and lawmakers urged the president to impose tougher sanctions.

Example Corp released a software update on Friday. Police in Ukraine arrested five members of the gang, and the US
offered a reward of up to $10m. The attackers disabled security tools and removed logs.
"""


def read(text: str, genre: Genre = Genre.OTHER) -> list[tuple[Candidate, Response]]:
    found = read_responses(running_text(text, genre))
    return [(one, one.body) for one in found if isinstance(one.body, Response)]


def told(text: str) -> list[tuple[str, str]]:
    return [(body.measure, body.standing.value) for _, body in read(text)]


def test_a_news_report_is_read_deed_by_deed() -> None:
    assert told(NEWS) == [
        ("expulsion", "taken"),
        ("sanctions", "taken"),
        ("indictment", "taken"),
        ("unspecified_action", "expected"),
        ("diplomatic_representation", "taken"),
        ("expulsion", "considered"),
        ("sanctions", "not_taken"),
        ("sanctions", "demanded"),
        ("patch", "taken"),
        ("arrest", "taken"),
        ("reward", "taken"),
    ]


def test_who_acts_and_who_is_acted_upon_are_named() -> None:
    (_, body), *_ = read("The Kremlin complained. Poland and Norway have sanctioned two Iranian companies.")
    assert [party.canonical for party in body.actors] == ["gov:PL", "gov:NO"]
    assert [party.canonical for party in body.targets] == ["state:IR"]


def test_in_the_passive_who_acts_follows_by() -> None:
    ((_, body),) = read("Sanctions were imposed on Russia by Canada in May.")
    assert [party.canonical for party in body.actors] == ["gov:CA"]


@pytest.mark.parametrize(
    ("text", "standing"),
    [
        ("Norway imposed sanctions on three firms.", Standing.TAKEN),
        ("Norway is expelling two diplomats.", Standing.TAKEN),
        ("We share information with our allies.", Standing.ONGOING),
        ("The police are investigating the breach.", Standing.ONGOING),
        ("Norway will impose sanctions on three firms.", Standing.PLANNED),
        ("Norway plans to impose sanctions on three firms.", Standing.PLANNED),
        ("Norway is weighing whether to impose sanctions.", Standing.CONSIDERED),
        ("Norway could impose sanctions on three firms.", Standing.CONSIDERED),
        ("Norway should impose sanctions on three firms.", Standing.DEMANDED),
        ("Members called for tougher sanctions.", Standing.DEMANDED),
        ("Sanctions would surely be better.", Standing.DEMANDED),
        ("Will the Government now impose sanctions?", Standing.ASKED),
        ("Norway has not imposed sanctions.", Standing.NOT_TAKEN),
        ("Norway refused to impose sanctions.", Standing.NOT_TAKEN),
        ("No further sanctions were announced.", Standing.NOT_TAKEN),
        ("Why have no sanctions been imposed?", Standing.NOT_TAKEN),
        ("I cannot speculate on future sanctions.", Standing.DECLINED),
        ("Norway threatened sanctions against three firms.", Standing.THREATENED),
        ("Norway will not hesitate to impose sanctions.", Standing.THREATENED),
        ("Norway instructed officials to summon the ambassador.", Standing.TAKEN),
        ("Three firms, which sold the tools, have been sanctioned.", Standing.TAKEN),
        ("Norway and Sweden condemn the attack.", Standing.TAKEN),
        ("The ministry said it would ‘impose sanctions’ on three firms.", Standing.PLANNED),
        ("We keep further measures under review.", Standing.CONSIDERED),
        ("The government will not tolerate it.", Standing.THREATENED),
        ("What is being done about it?", Standing.ASKED),
        ("The Treasury has since charged two employees of the firm with fraud.", Standing.TAKEN),
        ("The ministry has this morning summoned the Russian ambassador.", Standing.TAKEN),
        ("We would strongly encourage every organisation to patch.", Standing.TAKEN),
        ("Sanctions are expected to be imposed next week.", Standing.EXPECTED),
        ("New rules that are due to be laid next month will follow.", Standing.PLANNED),
        ("Nobody was expelled.", Standing.NOT_TAKEN),
        ("It was weeks before anything was said, and not a rouble was frozen.", Standing.NOT_TAKEN),
        ("These actions will not go unpunished.", Standing.THREATENED),
        ("In May, we took the step of publicly attributing the breach to Russia.", Standing.TAKEN),
        ("The officers will be subject to a travel ban from midnight.", Standing.PLANNED),
        ("Norway has ruled out military action.", Standing.NOT_TAKEN),
        ("The spokesman would not say whether Oslo had raised the matter with Moscow.", Standing.DECLINED),
        ("I do not preview sanctions.", Standing.DECLINED),
        (
            "The council is considering whether such suppliers should be excluded from public contracts.",
            Standing.CONSIDERED,
        ),
        ("Iran will take all necessary measures.", Standing.THREATENED),
        ("There will be a price to pay.", Standing.THREATENED),
        ("The Union stands ready to use every instrument.", Standing.THREATENED),
    ],
)
def test_tense_mood_and_the_governing_verb_tell_how_far_it_got(text: str, standing: Standing) -> None:
    assert [body.standing for _, body in read(text)] == [standing]


def test_what_a_question_takes_as_given_was_done() -> None:
    text = "When the Government imposed sanctions on Iran in May, what did the Minister expect?"
    assert told(text) == [("sanctions", "taken")]


def test_a_threat_with_a_condition_says_so() -> None:
    ((_, body),) = read("Moscow can expect to be held to account if it goes on.")
    assert (body.measure, body.standing, body.is_conditional) == ("warning", Standing.THREATENED, True)


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("The minister called on Iran to stop the attacks.", "diplomatic_demand"),
        ("The agency urged users to install the fix.", "advice"),
        ("Companies were advised to install the fix.", "advice"),
        ("Australia condemned the attack on the port.", "condemnation"),
        ("Japan attributed the campaign to North Korea.", "public_attribution"),
        ("The UK exposed a campaign by Russian intelligence.", "public_attribution"),
        ("Canada joins its allies in condemning the attack.", "joint_statement"),
        ("Norway raised its concerns with the Chinese ambassador.", "diplomatic_representation"),
        ("Albania severed diplomatic relations with Iran.", "diplomatic_break"),
        ("The agency issued an emergency directive.", "regulation"),
        ("The agency notified affected customers.", "victim_notification"),
        ("Facebook removed 200 fake accounts.", "account_suspension"),
        ("The police seized servers used by the gang.", "takedown"),
        ("The hospital paid the ransom.", "ransom_payment"),
        ("The centre opened an inquiry.", "investigation"),
        ("The council froze the assets of two firms.", "asset_freeze"),
        ("The funds of the bank are blocked.", "asset_freeze"),
        ("Canada designated three managers.", "sanctions"),
        ("Will the Minister proscribe the group?", "sanctions"),
        ("Two officers were listed in October.", "sanctions"),
        ("Norway denied visas to four officials.", "travel_ban"),
        ("Six men were charged with fraud.", "indictment"),
        ("The court sentenced him to nine years.", "indictment"),
        ("The State Department is offering $5 million for information.", "reward"),
        ("The FBI took down 26 servers.", "takedown"),
        ("The FBI took control of a network of routers.", "takedown"),
        ("Malta broke off diplomatic relations.", "diplomatic_break"),
        ("The chargé was called to the Foreign Office.", "diplomatic_representation"),
        ("China lodged stern representations with Canada.", "diplomatic_representation"),
        ("The EU urged third states not to shelter them.", "diplomatic_demand"),
        ("Poland holds Russia responsible.", "public_attribution"),
        ("I can confirm that the Russian service is behind it.", "public_attribution"),
        ("Norway aligns itself with this declaration.", "joint_statement"),
        ("Our move was coordinated with Canada.", "joint_statement"),
        ("The Prime Minister expressed solidarity with Albania.", "public_statement"),
        ("Estonia tabled a resolution.", "multilateral_action"),
        ("The agency published indicators of compromise.", "information_sharing"),
        ("Officials briefed lawmakers on Friday.", "information_sharing"),
        ("The centre has written to the 46 bodies concerned.", "victim_notification"),
        ("The agency has sent teams to the hospitals.", "victim_support"),
        ("The centre set up a hotline.", "victim_support"),
        ("The exchange reimbursed its customers.", "compensation"),
        ("The archive has apologised.", "apology"),
        ("The breach is under investigation.", "investigation"),
        ("The utility hired a forensic firm.", "investigation"),
        ("The committee approved a bill.", "legislation"),
        ("Agencies are required by the directive to report attacks.", "regulation"),
        ("Ministers propose to ban payments by public bodies.", "regulation"),
        ("The ministry discourages payment to such gangs.", "advice"),
        ("Staff were told to change their passwords.", "advice"),
        ("The government has increased funding for resilience.", "capacity_building"),
        ("The city declared a state of emergency.", "protective_measures"),
        ("The customers sued.", "legal_action"),
        ("The arrest of two men was welcomed.", "arrest"),
        ("The Danish agency said that the GRU was behind the breach.", "public_attribution"),
        ("Norway told its allies that it was the GRU.", "public_attribution"),
        ("London has publicly tied the FSB to the breach.", "public_attribution"),
        ("An indictment, unsealed on Monday, names nobody.", "indictment"),
        ("The programme is offering up to $5 million for information.", "reward"),
        ("The company notified the regulator.", "information_sharing"),
        ("The ministry called its ambassador back for talks.", "ambassador_recall"),
        ("The hospital will send letters to those affected.", "victim_notification"),
        ("Police coordinated the arrests of five people.", "arrest"),
        ("The firm revoked the stolen certificates.", "protective_measures"),
        ("Two firms were hit. Lawmakers demanded compensation.", "compensation"),
        ("Those hit will be offered two years of credit monitoring.", "victim_support"),
        ("The bank reset the passwords of its customers.", "protective_measures"),
        ("We have made that point to them.", "diplomatic_representation"),
        ("The president warned of severe consequences.", "warning"),
        ("The firm is working closely with law enforcement.", "investigation"),
    ],
)
def test_each_deed_has_its_measure(text: str, measure: str) -> None:
    assert [body.measure for _, body in read(text)] == [measure]


@pytest.mark.parametrize(
    "text",
    [
        "The hackers released stolen files and removed logs.",
        "This important issue was raised by targeted sanctions experts.",
        "The bill gives powers to impose sanctions.",
        "We will continue to issue advice to those affected.",
        "The EU did not blame Russia.",
        "It was APT31, which Norway has linked to the Chinese state.",
        "The website was taken down by Russia.",
        "The intruders were expelled from the Danish network.",
        "The sanctions list individuals and companies.",
        "Users had received an email with a link.",
        "Operators can restore their systems within a day.",
        "Iran is known to have conducted offensive operations.",
        "A person may be designated under the regulations.",
        "How many of these do the Government attribute to Russia?",
        "The company has ties to the ministry of Iran.",
        "The fund helps libraries replace old controllers.",
        "The company denied the allegations.",
        "The ministry rejected the accusation.",
        "It was on the list of Specially Designated Nationals.",
        "Some of these groups have links to the Russian state.",
        "The group is linked to the Iranian state.",
        "I apologise to the noble Lord.",
        "The agency acted to ensure that patches were released.",
        "APT28 provides assistance to the others.",
        "A single sanctions package is not enough.",
        "The reports of the committee patch over much.",
    ],
)
def test_no_deed_is_read_where_none_is_told(text: str) -> None:
    assert told(text) == []


def test_orders_are_advice_in_an_advisory_and_once_for_a_run() -> None:
    text = "The centre is aware of attacks.\n\nApply the update. Enable logging. Review accounts.\n"
    assert [body.measure for _, body in read(text, Genre.ADVISORY)] == ["advice"]
    assert told(text) == []


def test_the_span_runs_from_who_acts_to_what_is_done_and_the_rule_is_named() -> None:
    text = "In May, Norway imposed sanctions on three firms, while Sweden did nothing."
    ((one, _),) = read(text)
    assert one.span.of(text) == "Norway imposed sanctions on three firms"
    assert one.rule == "response.sanctions.active"
    assert [trigger.of(text) for trigger in one.triggers] == ["imposed", "sanctions"]


WORDS = (
    'the Norway has will not imposed sanctions on to considering , and by if ? . expelled diplomats no were " ;'.split()
)


@given(st.lists(st.sampled_from(WORDS), max_size=40))
def test_any_words_in_any_order_are_read_inside_the_text(words: list[str]) -> None:
    text = " ".join(words)
    for one, _ in read(text):
        assert all(one.span.holds(trigger) for trigger in one.triggers)
        assert one.span.ends <= len(text)


def test_two_deeds_of_one_subject_are_each_read_in_their_own_words() -> None:
    text = "The company has disconnected its servers and has reset its passwords."
    assert [text[one.span.begins : one.span.ends] for one, _ in read(text)] == [
        "The company has disconnected its servers",
        "has reset its passwords",
    ]


def test_in_a_debate_we_are_the_government_whose_agencies_are_named() -> None:
    text = "The NCSC has finished its work. The NCSC and GCHQ agree. We have summoned the Russian ambassador."
    ((_, body),) = read(text, Genre.DEBATE)
    assert [(party.canonical, str(party.origin)) for party in body.actors] == [("gov:GB", "inferred")]


def test_elsewhere_nobody_knows_who_we_are() -> None:
    ((_, body),) = read("We have summoned the Russian ambassador.")
    assert body.actors == ()


def test_they_are_whoever_is_said_to_speak_before_them() -> None:
    told = {
        text: span(text) for text in ("The EU and NATO said they stand with Norway.", "The EU says it stands with us.")
    }
    assert told == {text: text[:-1] for text in told}


def span(text: str) -> str:
    ((found, _),) = [each for each in read(text) if each[0].rule.endswith(".stands_with")]
    return found.span.of(text)


def test_every_deed_of_the_table_can_be_told() -> None:
    assert [(one.measure, one.verb) for at, one in enumerate(DEEDS) if any(_hides(b, one) for b in DEEDS[:at])] == []


def _hides(first: Deed, later: Deed) -> bool:
    """Whether whatever is the later deed is the one before it in the table already."""
    return (
        (first.verb, first.particle) in ((later.verb, later.particle), (later.verb, ""))
        and (not first.objects or (bool(later.objects) and later.objects <= first.objects))
        and first.is_official <= later.is_official
        and first.needs_state <= later.needs_state
        and first.is_active <= later.is_active
        and first.spares <= later.spares
        and first.reach >= later.reach
    )
