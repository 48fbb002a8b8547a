"""Who is said to have done it, sentence by sentence. Every incident, product and person here is invented."""

from __future__ import annotations

import hashlib
import string
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.record.assertions import Attribution
from tocsin.record.document import Document
from tocsin.record.gazetteer import load_gazetteer
from tocsin.record.reading._acting import ACTING
from tocsin.record.reading._grammar import FORMS, Form, letters_of, that_may_stand
from tocsin.record.reading.attributions import read_attributions
from tocsin.record.reading.laying import lay_out
from tocsin.record.reading.page import Candidate


def read(text: str) -> list[Candidate]:
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    document = Document(sha256=sha256, text=text, media_type="text/plain", source="x.txt", published=date(2023, 5, 2))
    return list(read_attributions(lay_out(document, load_gazetteer())))


def told(text: str) -> list[str]:
    """Each attribution as ``level accused polarity``."""
    shown = []
    for found in read(text):
        assert isinstance(found.body, Attribution)
        parties = ";".join(party.canonical for party in found.body.accused)
        shown.append(f"{found.body.level.word} {parties} {found.polarity}")
    return shown


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Iran hacked the Example Ports Authority last spring.", "state state:IR asserted"),
        ("Russia's military intelligence, the GRU, was behind the attack.", "state-organ organ:RU-GRU asserted"),
        ("The GRU was almost certainly responsible for the breach.", "state-organ organ:RU-GRU asserted"),
        ("Britain accused Moscow of orchestrating the cyberattack.", "state gov:RU asserted"),
        ("Officials blamed North Korea for the ransomware outbreak.", "state state:KP asserted"),
        ("Officials blamed the outage at Example Bank on Pyongyang.", "state gov:KP asserted"),
        ("The attack was carried out by APT28.", "group actor:apt28 asserted"),
        ("The intrusion was conducted by Iranian hackers.", "group group:hackers-ir asserted"),
        ("Tehran's campaign of cyberattacks against its neighbours continues.", "state gov:IR asserted"),
        ("The Kremlin-backed group stole many emails.", "state-affiliated group:ru-state-backed-actors asserted"),
        ("Hackers linked to the FSB stole thousands of emails.", "state-organ organ:RU-FSB asserted"),
        ("The malicious traffic originated from Belarus.", "territory territory:BY asserted"),
        ("The attacks were launched from the territory of Belarus.", "territory territory:BY asserted"),
        ("The ministry attributed the operation to Russia.", "state state:RU asserted"),
        ("The United States attributes this activity to the GRU.", "state-organ organ:RU-GRU asserted"),
        ("Sandworm is a unit of the GRU.", "state-organ actor:sandworm;organ:RU-GRU asserted"),
        ("North Korean state-sponsored actors targeted exchanges of the industry.",
         "state-affiliated group:kp-state-backed-actors asserted"),
        ("The PRC's theft of trade secrets must be answered.", "state state:CN asserted"),
        ("We call on Russia to cease its malicious cyber activity.", "state state:RU asserted"),
        ("Russia must end its cyberattacks on hospitals.", "state state:RU asserted"),
        ("Russia will be held to account for its reckless cyber campaign.", "state state:RU asserted"),
        ("China harbours criminal hackers who hold companies to ransom.", "state state:CN asserted"),
        ("Russia has allowed ransomware gangs to operate with impunity.", "state state:RU asserted"),
        ("The Government did not attribute the attack to Russia.", "state state:RU negated"),
        ("The ministry declined to say whether Russia was behind the attack.", "state state:RU abstained"),
        ("Was Russia behind the attack?", "state state:RU questioned"),
        ("If Iran was responsible for the attack, there would be consequences.", "state state:IR hypothetical"),
        ("Five GRU officers were indicted over the hack.", "state-organ organ:RU-GRU asserted"),
        ("The department charged two Iranian nationals with hacking the archive.", "group group:hackers-ir asserted"),
        ("China's foreign ministry accused the US of hacking the Example Institute.", "state state:US asserted"),
        ("The US National Security Agency broke into the network of the Example Institute.",
         "state-organ org:NSA asserted"),
        ("Suspected Chinese spies breached the gateway.", "state-organ organ:CN-intelligence asserted"),
        ("Hackers from the FSB’s Centre 16, a signals unit, had entered the booking system.",
         "state-organ organ:RU-FSB-16 asserted"),
        ("The FSB, it said, has tested its tools on rural cooperatives.", "state-organ organ:RU-FSB asserted"),
        ("Iran is also known to have carried out cyber activity against ports.", "state state:IR asserted"),
        ("The attack on the port was laid at the door of the GRU.", "state-organ organ:RU-GRU asserted"),
        ("Moscow continues to offer such gangs a safe haven.", "state gov:RU asserted"),
        ("The Kremlin has given cover to others.", "state gov:RU asserted"),
        ("London has publicly tied the FSB to the sabotage of the port.", "state-organ organ:RU-FSB asserted"),
        ("They hold the GRU responsible for the theft.", "state-organ organ:RU-GRU asserted"),
        ("A third, tracked as MuddyWater, is a subordinate element of the MOIS.",
         "state-organ actor:muddywater;organ:IR-MOIS asserted"),
        ("The traffic had been routed through servers in Belarus.", "territory territory:BY asserted"),
        ("We urge China to act against malicious activities undertaken from its territory.",
         "territory territory:CN asserted"),
        ("Contractors carried out operations for the IRGC.", "state-organ organ:IR-IRGC asserted"),
        ("Lazarus made off with the savings of a town.", "group actor:lazarus asserted"),
        ("We don’t believe that Iran was behind the attack.", "state state:IR negated"),
        ("The breach has been traced to the MSS.", "state-organ organ:CN-MSS asserted"),
        ("Evidence points to Iranian involvement in the hack.", "state state:IR asserted"),
        ("They were working on behalf of the Chinese government when they broke in.",
         "state-affiliated gov:CN asserted"),
        ("The sanctions answer Russian interference in the election.", "state state:RU asserted"),
    ],
)  # fmt: skip
def test_one_is_found_at_its_level(text: str, expected: str) -> None:
    assert told(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Russia denied that it was behind the attack.",
        "Beijing rejected the accusation that it had hacked the archive.",
        "The embassy said China opposes all forms of cyberattacks.",
        "Russia's economy grew last year.",
        "The US sanctioned two Russian banks.",
        "China is a major trading partner of the United Kingdom.",
        "We work with the United States to defend against attacks.",
        "The attack on the Ukrainian power grid was widely reported.",
        "The German parliament was hacked.",
        "British hospitals were hit by ransomware.",
        "Hackers stole thousands of emails.",
        "The Iranian ambassador was summoned.",
        "The NCSC advises organisations to patch.",
        "The minister travelled from China to Japan.",
    ],
)
def test_none_is_found_where_nobody_is_accused(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("The GRU was behind the attack. The service treats small states as a proving ground.", None),
        ("Iran was behind the attack. Tehran has hunted its critics in our files.", "state gov:IR asserted"),
        ("Iran was behind the attack. Tehran had caused the outage of the network.", "state gov:IR asserted"),
        ("Iran was behind the attack. It did it again in the autumn.", "state state:IR asserted"),
        ("Iran was behind the attack. Ministers were told that this was Iran.", "state state:IR asserted"),
        ("Iran was behind the attack. Iran welcomed the inquiry.", None),
        ("Iran was behind the attack. Two bankers in Iran laundered the money.", None),
        ("Iran was behind the attack. Iran had nothing to do with the network.", None),
    ],
)
def test_whoever_is_accused_is_accused_of_more_than_a_list_of_verbs_holds(text: str, last: str | None) -> None:
    assert told(text)[1:] == ([last] if last else [])


def test_a_deed_of_a_state_that_nobody_accuses_is_none() -> None:
    assert told("Iran has hunted its critics in the files of the ministry.") != []
    assert told("Iran had caused delays of the network of roads.") == []


def test_what_a_state_says_it_did_not_do_is_no_attribution() -> None:
    assert told("“Russia was not behind the attack,” the Russian foreign ministry said.") == []


def test_the_hackers_are_whoever_they_are_unless_somebody_is_named() -> None:
    assert told("Iran was behind the attack. The hackers stole the files of a port.")[1:] == []


@pytest.mark.parametrize(
    ("text", "claimants"),
    [
        ("Norway's interior minister spoke. Germany was next. Its interior minister accused Iran of hacking a port.",
         ["role:DE-interior-minister"]),
        ("Example Security attributed the breach to Iran.", ["org:example-security"]),
        ("Norway said that Iran was behind the attack.", []),
        ("Norway said that Germany had accused Iran of hacking a port.", ["gov:DE"]),
        ("Norway and Germany accused Iran of hacking a port.", ["gov:NO", "gov:DE"]),
    ],
)  # fmt: skip
def test_claimants_are_those_of_the_clause_itself(text: str, claimants: list[str]) -> None:
    found = [candidate for candidate in read(text) if isinstance(candidate.body, Attribution)][-1]
    assert [party.canonical for party in found.claimants] == claimants


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Iran hacked the Example Ports Authority on 3 March 2023.", "2023-03-03"),
        ("The GRU was behind the attack on the port in April 2022, ministers said on Monday.", "2022-04-01"),
        ("Ministers said on Monday that the GRU was behind the attack on the port.", None),
        ("The attack on the port in April 2022 was carried out by APT28.", "2022-04-01"),
        ("The GRU was behind the attack, the minister said yesterday.", None),
    ],
)
def test_the_day_of_the_deed_is_told_apart_from_that_of_the_saying(text: str, day: str | None) -> None:
    (found,) = read(text)
    begins = found.when.begins if found.when else None
    assert (begins.isoformat() if begins else None) == day


BY_LETTERS = [form for form in (*FORMS, *ACTING) if form.name != "link"]
"""The forms that need no more than their own letters: a link needs a deed beside it, wherever that stands."""


@pytest.mark.parametrize("form", BY_LETTERS, ids=lambda form: form.name)
@settings(max_examples=20)
@given(data=st.data())
def test_a_form_is_tried_wherever_it_fits(form: Form, data: st.DataObject) -> None:
    kinds = data.draw(st.from_regex(form.pattern, alphabet=string.ascii_letters + ",;.&:"))
    assert that_may_stand([form], letters_of(kinds)) == [form]
