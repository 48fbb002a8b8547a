"""Services gathered into what is asked about: addresses, organisations, public bodies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from tocsin.remediation.census import Body
from tocsin.remediation.columns import NO_WORD, Integers, Mask, codes, integers, is_word
from tocsin.remediation.grouping import group_rows
from tocsin.remediation.lives import Lives
from tocsin.remediation.marks import Mark, Marks

UNITS = ("services", "addresses", "organisations", "public-bodies")
GROUPED_BY = ("sector", "public-body", "country", "branch")
PROVEN = "the constituency, by proof"
"""Whose the organisations of a course are: a claim or a dispute counts nobody, other than in a census's upper bound."""

_CONCERN = np.zeros(len(Mark), dtype=np.uint8)
_CONCERN[[Mark.NOT_AFFECTED, Mark.FIXED, Mark.UNDETERMINED, Mark.MITIGATED, Mark.AFFECTED]] = range(1, 6)
_OF_CONCERN = np.argsort(_CONCERN).astype(np.uint8)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """``owner`` says of each life which unit it belongs to, from 0; ``NO_WORD`` where to none. ``place`` is whose."""

    name: str
    place: str
    owner: Integers

    @property
    def members(self) -> Mask:
        """The lives that belong to some unit."""
        chosen: Mask = self.owner != NO_WORD
        return chosen

    def worst(self, lines: Marks) -> Marks:
        """Of each unit the highest value of its services, line by line; ``lines`` has a column a life."""
        if np.array_equal(self.owner, np.arange(lines.shape[1])):
            return lines  # each is its own
        rows = np.flatnonzero(self.members)
        if not len(rows):
            return np.zeros((len(lines), 0), dtype=np.uint8)
        order = rows[np.argsort(self.owner[rows], kind="stable")]
        owners = self.owner[order]
        starts = np.flatnonzero(np.concatenate([[True], owners[1:] != owners[:-1]]))
        found: Marks = np.maximum.reduceat(lines[:, order], starts, axis=1)
        return found

    def marks(self, marks: Marks) -> Marks:
        """What each unit's services show together: affected if one is, else what concerns most."""
        found: Marks = _OF_CONCERN[self.worst(_CONCERN[marks])]
        return found


def unit_of(lives: Lives, name: str, bodies: Mapping[str, Body]) -> Unit:
    """Which unit each life belongs to. Organisations and public bodies hold the services that are proven theirs;
    persons are none of them. Raises ``ValueError`` for an unknown name.
    """
    if name == "services":
        return Unit(name=name, place="everywhere seen", owner=np.arange(len(lives)))
    if name == "addresses":
        key = [integers(lives.services, "ip_hi"), integers(lives.services, "ip_lo")]
        owner = group_rows(key).number if len(lives) else np.zeros(0, dtype=np.int64)
        return Unit(name=name, place="everywhere seen", owner=owner)
    if name not in UNITS:
        raise ValueError(f"{name!r} is no unit; one of {', '.join(UNITS)}")
    numbers, words = codes(lives.services.column("constituent"))
    counted = [
        word in bodies and bodies[word].kind != "person" and (name == "organisations" or bodies[word].is_public)
        for word in words
    ]
    chosen = np.array([*counted, False])[numbers] & is_word(lives.services, "certainty", "proven")
    return Unit(name=name.replace("-", " "), place=PROVEN, owner=np.where(chosen, numbers, NO_WORD))


def groups_of(lives: Lives, by: str, bodies: Mapping[str, Body]) -> tuple[Integers, list[str]]:
    """The group of each life (``NO_WORD``: none) and the groups' names. Raises ``ValueError`` for an unknown ``by``.

    By sector and public body only what is proven to be a constituent's is grouped; country and branch are those of the
    service.
    """
    if by in ("country", "branch"):
        numbers, words = codes(lives.services.column(by))
        return np.where(numbers == NO_WORD, len(words), numbers), [*words, "not known"]
    if by not in GROUPED_BY:
        raise ValueError(f"nothing is grouped by {by!r}; one of {', '.join(GROUPED_BY)}")
    numbers, words = codes(lives.services.column("constituent"))
    known = {word: _group(bodies[word], by) for word in words if word in bodies}
    names = sorted(set(known.values()))
    place = np.array([*(names.index(known[word]) if word in known else NO_WORD for word in words), NO_WORD])
    return np.where(is_word(lives.services, "certainty", "proven"), place[numbers], NO_WORD), names


def _group(body: Body, by: str) -> str:
    if by == "sector":
        return body.sector or "not stated"
    return "yes" if body.is_public else "no"
