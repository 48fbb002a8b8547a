from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.record.gazetteer import EntityKind, Gazetteer, Meaning, load_gazetteer

GAZETTEER = load_gazetteer()
NAMES = sorted(GAZETTEER._names)


def named(text: str) -> list[tuple[str, str]]:
    return [(mention.span.of(text), mention.canonical) for mention in GAZETTEER.mentions(text)]


def whom(text: str) -> list[str]:
    return [canonical for _, canonical in named(text)]


def kinds(text: str) -> list[str]:
    return [mention.kind.value for mention in GAZETTEER.mentions(text)]


@pytest.mark.parametrize(
    ("text", "canonical", "kind", "state"),
    [
        ("Iran", "state:IR", "state", "IR"),
        ("the People's Republic of China", "state:CN", "state", "CN"),
        ("the People’s Republic of China", "state:CN", "state", "CN"),
        ("the DPRK", "state:KP", "state", "KP"),
        ("U.S.", "state:US", "state", "US"),
        ("North Koreans", "state:KP", "demonym", "KP"),
        ("Tehran", "gov:IR", "capital", "IR"),
        ("the Kremlin", "gov:RU", "capital", "RU"),
        ("Brussels", "org:EU", "capital", None),
        ("HMG", "gov:GB", "government", "GB"),
        ("President Putin", "person:vladimir-putin", "head", "RU"),
        ("Unit 74455", "organ:RU-GRU-74455", "organ", "RU"),
        ("the Reconnaissance General Bureau", "organ:KP-RGB", "organ", "KP"),
        ("the ministry of state security", "organ:CN-MSS", "organ", "CN"),
        ("the Foreign Office", "org:GB-FCDO", "agency", "GB"),
        ("the foreign secretary", "role:GB-foreign-secretary", "role", "GB"),
        ("a spokeswoman", "role:spokesperson", "role", None),
        ("NATO", "org:NATO", "bloc", None),
        ("CrowdStrike", "org:crowdstrike", "company", None),
        ("Cozy Bear", "actor:apt29", "actor", "RU"),
    ],
)
def test_a_name_means_somebody_of_a_kind_and_a_state(text: str, canonical: str, kind: str, state: str | None) -> None:
    [mention] = GAZETTEER.mentions(f"It was {text}, they said.")
    assert (mention.canonical, mention.kind, mention.state) == (canonical, kind, state)


@pytest.mark.parametrize(
    ("text", "words", "canonical"),
    [
        ("The Iranian government denied it.", "Iranian government", "gov:IR"),
        ("Russia’s government denied it.", "Russia’s government", "gov:RU"),
        ("the Government of the Netherlands", "Government of the Netherlands", "gov:NL"),
        ("the Netherlands' government", "Netherlands' government", "gov:NL"),
        ("the government in Pyongyang", "government in Pyongyang", "gov:KP"),
        ("the Trump administration", "Trump administration", "gov:US"),
        ("Norway's foreign ministry", "Norway's foreign ministry", "role:NO-foreign-ministry"),
        (
            "the Ministry of Foreign Affairs of Japan",
            "Ministry of Foreign Affairs of Japan",
            "role:JP-foreign-ministry",
        ),
        ("an EU spokesperson", "EU spokesperson", "role:EU-spokesperson"),
        ("Polish Prime Minister", "Polish Prime Minister", "role:PL-prime-minister"),
        ("the Kremlin spokesman", "Kremlin spokesman", "role:RU-spokesperson"),
        ("Russian military intelligence", "Russian military intelligence", "organ:RU-GRU"),
        ("Iranian military intelligence", "Iranian military intelligence", "organ:IR-military-intelligence"),
        ("the Russian GRU", "Russian GRU", "organ:RU-GRU"),
        ("Dutch National Cyber Security Centre", "Dutch National Cyber Security Centre", "org:ncsc-nl"),
        ("Finland's parliament", "Finland's parliament", "org:FI-parliament"),
    ],
)
def test_an_office_and_the_state_beside_it_are_one_name(text: str, words: str, canonical: str) -> None:
    assert named(text) == [(words, canonical)]


@pytest.mark.parametrize(
    "text",
    [
        "the government said",
        "Russia. Government officials in Example Town",
        "the Moscow embassy",
        "EU governments",
        "Chinese GRU",
        "Russia\nOfficials said",
        "Russia\n\ngovernment",
    ],
)
def test_an_office_is_no_name_of_a_state_that_is_not_beside_it(text: str) -> None:
    assert "government" not in kinds(text)
    assert not any(canonical in {"role:RU-embassy", "organ:CN-GRU"} for canonical in whom(text))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Kremlin-linked hackers", "Kremlin"),
        ("U.S.-based servers", "U.S."),
        ("MSS-affiliated", "MSS"),
        ("China's hackers", "China"),
        ("China’s hackers", "China"),
        ("(CISA)", "CISA"),
        ("the United\nKingdom said", "United\nKingdom"),
        ("the United\r\n    Kingdom said", "United\r\n    Kingdom"),
        ("North\u00a0Korea said", "North\u00a0Korea"),
        ("The Dukes", "The Dukes"),
        ("the Dukes", "the Dukes"),
        ("APT 40", "APT 40"),
        ("APT-40", "APT-40"),
        ("the SVR", "SVR"),
        ("RUSSIA", "RUSSIA"),
        ("The Hague said", "The Hague"),
        ("Russian state-backed groups", "Russian"),
    ],
)
def test_where_a_name_begins_and_ends(text: str, words: str) -> None:
    assert [mention.span.of(text) for mention in GAZETTEER.mentions(text)] == [words]


@pytest.mark.parametrize(
    "text",
    [
        "they told us to polish the turkey",
        "Prussian", "Chinatown", "EUR 5", "CONTACT US",
        "the South China Sea", "the Washington Treaty", "Washington, DC",
        "Ms Georgia Example spoke", "Mr Jim Jordan spoke", "then Jordan Example spoke",
        "United\n\nKingdom",
        "The flaw is in Microsoft Exchange Server",
        "Operation Exchange Marauder",
        "the winter lead, a comet",
    ],
)  # fmt: skip
def test_what_is_no_name(text: str) -> None:
    assert named(text) == []


def test_a_shy_name_counts_where_no_other_capital_is_beside_it() -> None:
    assert whom("In Georgia and Jordan, Putin said. Yesterday Putin spoke.") == [
        "state:GE",
        "state:JO",
        "person:vladimir-putin",
        "person:vladimir-putin",
    ]


@pytest.mark.parametrize(
    "name", ["APT40", "APT 40", "APT-40", "Apt40", "TEMP.Periscope", "Gingham Typhoon", "Leviathan"]
)
def test_one_actor_has_many_names(name: str) -> None:
    assert whom(f"the group {name} did it") == ["actor:apt40"]


@pytest.mark.parametrize(
    ("name", "canonical"),
    [("HAFNIUM", "hafnium"), ("Hafnium", "hafnium"), ("Silk Typhoon", "hafnium"), ("Zirconium", "apt31"),
     ("menuPass", "apt10"), ("Fancy Bear", "apt28"), ("Sandworm Team", "sandworm"), ("Lazarus Group", "lazarus"),
     ("APT99", "apt99"), ("UNC9999", "unc9999"), ("Storm-9999", "storm-9999")],
)  # fmt: skip
def test_an_actor_keeps_its_best_known_name_and_a_number_is_enough(name: str, canonical: str) -> None:
    assert whom(f"the group {name} did it") == [f"actor:{canonical}"]


def test_a_name_that_two_states_use_is_that_of_the_state_beside_it() -> None:
    assert whom("NCSC. Ireland's NCSC. The Ministry of Public Security. Vietnam's Ministry of Public Security.") == [
        "org:ncsc-gb",
        "org:ncsc-ie",
        "organ:CN-MPS",
        "organ:VN-MPS",
    ]


def test_a_number_inside_another_name_is_no_second_name() -> None:
    assert named("the group T-APT-12 and APT-12") == [("T-APT-12", "actor:apt28"), ("APT-12", "actor:apt12")]


def test_a_heading_is_not_one_name_with_the_text_below_it() -> None:
    assert whom("Sanctions on Russia\nGovernment of Example") == ["state:RU"]
    assert whom("said the Russian\nGovernment today") == ["gov:RU"]
    assert whom("the government of\n  Russia") == ["gov:RU"]


def test_a_gazetteer_of_ones_own() -> None:
    own = Gazetteer("1", {"Example": (Meaning("org:example", EntityKind.COMPANY),), "Example Street": ()})
    assert [mention.span.begins for mention in own.mentions("Example, Example Street")] == [0]
    assert own.version == "1"
    assert own.actor_names() == ()


def test_a_name_must_begin_with_a_letter_or_a_digit() -> None:
    with pytest.raises(ValueError, match="'-x' does not begin"):
        Gazetteer("1", {"-x": ()})


FILLER = st.sampled_from(
    [" ", "\n", "\r\n", "'s ", "’s ", " of the ", ", ", "-", ". ", "\u00a0", "  ", "", "the ", "x"]
)


@given(st.lists(st.tuples(st.sampled_from(NAMES), FILLER), max_size=12), st.text(max_size=10))
def test_mentions_are_in_order_never_meet_and_begin_and_end_at_words(parts: list[tuple[str, str]], more: str) -> None:
    text = "".join(name + filler for name, filler in parts) + more
    found = GAZETTEER.mentions(text)
    end = 0
    for mention in found:
        begins, ends = mention.span.begins, mention.span.ends
        assert end <= begins < ends <= len(text)
        assert not (begins and (text[begins - 1].isalnum() or text[begins - 1] == "_"))
        assert not (ends < len(text) and (text[ends].isalnum() or text[ends] == "_"))
        assert "\n\n" not in text[begins:ends]
        assert "{" not in mention.canonical
        end = ends


@given(st.sampled_from(NAMES), st.sampled_from(["\n", "\u00a0", "\u202f", "\r\n", "\n    ", "\t"]))
def test_any_white_space_within_a_name_is_a_space(name: str, space: str) -> None:
    assert whom(f"xx {name.replace(' ', space)}") == whom(f"xx {name}")
