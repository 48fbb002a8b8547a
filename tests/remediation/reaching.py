"""Parties, notices and ways made by hand or by chance, for the tests of who was reached and what is due."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import strategies as st
from tests.remediation.measuring import TEMPLATE

from tocsin.figures import Figure
from tocsin.notices import Standing
from tocsin.remediation.census import Body
from tocsin.remediation.parties import STATES, Exposure, Party, Told

TODAY = date(2021, 3, 24)
SENT = date(2021, 3, 10)
AFTER = replace(TEMPLATE, as_of=TODAY)
_LEFT = frozenset(Standing) - {
    Standing.PLANNED,
    Standing.WAITING,
    Standing.WRITTEN,
    Standing.REFUSED,
    Standing.CANCELLED,
}


def body(sector: str = "food", *, kind: str = "organisation", public: bool = False, country: str = "GB") -> Body:
    """An organisation, unless it is said to be a person."""
    return Body(kind=kind, sector=sector, is_public=public, country=country)


def exposure(state: str = "open", **more: object) -> Exposure:
    """Surely affected, and fixed on the day before today where it is fixed."""
    fixed_on = TODAY - timedelta(days=1) if state == "fixed" else None
    return replace(Exposure(is_sure=True, state=state, fixed_on=fixed_on), **more)  # type: ignore[arg-type]


def told(standing: str = "silent", number: str = "n1", **more: object) -> Told:
    """A mail that left on SENT, where such a one left."""
    made = Told(
        number=number,
        channel="mail",
        contact=f"contact of {number}",
        address=f"{number}@constituent.example",
        standing=Standing(standing),
        due_on=SENT + timedelta(days=7),
        left_on=SENT if Standing(standing) in _LEFT else None,
    )
    return replace(made, **more)  # type: ignore[arg-type]


def party(name: str = "bakery", *notices: Told, **more: object) -> Party:
    """An organisation with a contact, open at the last look."""
    made = Party(id=name, body=body(), exposure=exposure(), has_contact=True, notices=notices)
    return replace(made, **more)  # type: ignore[arg-type]


def figures_by_id(figures: tuple[Figure, ...]) -> dict[str, Figure]:
    found = {each.id: each for each in figures}
    assert len(found) == len(figures)
    return found


def _exposure_of(sure: bool, state: str, days: int, compromise: str) -> Exposure:
    fixed_on = SENT + timedelta(days=days) if state == "fixed" else None
    return Exposure(is_sure=sure, state=state, fixed_on=fixed_on, compromise=compromise)


def _parties(drawn: list[tuple[Body, Exposure, bool, list[tuple[str, str]]]]) -> list[Party]:
    return [
        Party(
            id=f"party-{n}",
            body=of,
            exposure=shown,
            has_contact=has_contact,
            notices=tuple(
                told(standing, f"n{n}-{m}", channel=channel) for m, (standing, channel) in enumerate(notices)
            ),
        )
        for n, (of, shown, has_contact, notices) in enumerate(drawn)
    ]


PARTIES = st.lists(
    st.tuples(
        st.builds(
            Body,
            kind=st.sampled_from(("organisation", "organisation", "person")),
            sector=st.sampled_from(("food", "health", "")),
            is_public=st.booleans(),
            country=st.sampled_from(("GB", "FR")),
        ),
        st.builds(
            _exposure_of, st.booleans(), st.sampled_from(STATES), st.integers(-3, 3), st.sampled_from(("", "possible"))
        ),
        st.booleans(),
        st.lists(st.tuples(st.sampled_from(list(Standing)), st.sampled_from(("mail", "post"))), max_size=4),
    ),
    max_size=30,
).map(_parties)
