"""What a canonical name tells of a party."""

from __future__ import annotations

import pytest

from tocsin.record.bodies import common_name, home_of, is_european, kind_of, state_name, the_state
from tocsin.record.gazetteer import EntityKind


@pytest.mark.parametrize(
    ("canonical", "home"),
    [
        ("gov:GB", "GB"),
        ("territory:TW", "TW"),
        ("role:GB-foreign-secretary", "GB"),
        ("organ:CN-MSS", "CN"),
        ("org:GCHQ", "GB"),
        ("org:ncsc-gb", "GB"),
        ("org:white-house", "US"),
        ("group:ru-state-backed-actors", "RU"),
        ("group:state-backed-actors", None),
        ("org:EU", None),
        ("org:EU-council", None),
        ("org:NATO", None),
        ("org:microsoft", None),
        ("actor:apt31", None),
        ("person:nobody-known", None),
        ("unknown:unattributed", None),
    ],
)
def test_a_body_belongs_to_its_state_and_an_actor_or_a_firm_to_none(canonical: str, home: str | None) -> None:
    assert home_of(canonical) == home


def test_a_state_has_its_name_written_out() -> None:
    assert [state_name(code) for code in ("GB", "US", "RU", "KR", "QQ")] == [
        "United Kingdom",
        "United States",
        "Russia",
        "South Korea",
        "QQ",
    ]


def test_the_union_has_institutions_and_agencies() -> None:
    assert all(is_european(name) for name in ("org:EU", "org:EU-commission", "org:EEAS", "role:EU-high-representative"))
    assert not any(is_european(name) for name in ("org:NATO", "gov:FR", "org:EUtopia"))


def test_a_party_is_what_the_gazetteer_has_it_for() -> None:
    kinds = [kind_of(name) for name in ("org:NATO", "org:microsoft", "org:GCHQ", "org:nobody")]
    assert kinds == [EntityKind.BLOC, EntityKind.COMPANY, EntityKind.AGENCY, None]


def test_bodies_and_states_have_names_for_a_sentence() -> None:
    assert common_name("org:ncsc-gb") == "National Cyber Security Centre"
    assert (common_name("org:EU"), common_name("organ:CN-MSS"), common_name("org:nobody")) == ("EU", "MSS", None)
    assert [the_state(code) for code in ("GB", "FR", "NL", "QQ")] == [
        "the United Kingdom",
        "France",
        "the Netherlands",
        "QQ",
    ]
