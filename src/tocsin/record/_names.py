"""The gazetteer's tables as names with their meanings; read through ``gazetteer``."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from enum import StrEnum
from hashlib import sha256
from importlib.resources import files
from typing import NamedTuple


class EntityKind(StrEnum):
    """What a name stands for.

    ``CAPITAL`` is a seat that stands for its government (Beijing, the Kremlin), ``HEAD`` a head of state or government,
    ``ORGAN`` an armed or secret service or ministry that may be accused, ``AGENCY`` a public body that speaks or
    advises, ``ROLE`` an office or its holder (the foreign secretary).
    """

    STATE = "state"
    DEMONYM = "demonym"
    CAPITAL = "capital"
    GOVERNMENT = "government"
    HEAD = "head"
    ORGAN = "organ"
    AGENCY = "agency"
    ROLE = "role"
    BLOC = "bloc"
    COMPANY = "company"
    ACTOR = "actor"


class Meaning(NamedTuple):
    """Whom a name means. ``canonical`` of an office has ``{}`` for the code of the state beside it.

    Not ``alone``: only beside the name of a state, its own or (for an office) any. ``shy``: not beside another word
    with a capital letter (``Jordan``, but not ``Jim Jordan``).
    """

    canonical: str
    kind: EntityKind
    state: str | None = None
    alone: bool = True
    shy: bool = False

    @property
    def by_itself(self) -> str:
        """The canonical form with no state beside it: that of the state it is taken for, else of none."""
        return self.canonical.format(self.state) if self.state else self.canonical.replace("{}-", "")

    def beside(self, code: str, state: str | None) -> str | None:
        """The canonical form next to the state, or the bloc (without ``state``), of that code; ``None``: not its own.

        A bloc has offices, but is no government.
        """
        if "{}" in self.canonical:
            return None if state is None and self.kind is EntityKind.GOVERNMENT else self.canonical.format(code)
        return self.canonical if state is not None and self.state == state else None


class Alias(NamedTuple):
    """One source's word that ``name`` is a name of ``actor``; ``state``: where that source places it, if anywhere.

    ``read_as`` is whom the name means in a text, ``None`` where texts are not searched for it. ``note`` says why not,
    or ``capitals`` (only so), or ``ambiguous`` (sources give the name to several actors).
    """

    name: str
    actor: str
    source: str
    state: str | None
    read_as: str | None
    note: str


Names = dict[str, list[Meaning]]
FILES = tuple(
    f"{name}.csv" for name in "states organs agencies blocs companies persons offices not_names actors".split()
)


def read_names() -> Names:
    """Every name of the tables; one that must not be read (``not_names.csv``) has no meaning."""
    names: Names = {}
    _add_states(names)
    _add_blocs(names)
    for file, kind in (
        ("organs", EntityKind.ORGAN),
        ("agencies", EntityKind.AGENCY),
        ("companies", EntityKind.COMPANY),
    ):
        for canonical, state, listed in _rows(f"{file}.csv"):
            _add(names, listed, Meaning(canonical, kind, state or None))
    _add_persons(names)
    for canonical, kind_word, alone, listed in _rows("offices.csv"):
        taken_for = None if alone in ("yes", "no") else alone
        _add(names, listed, Meaning(canonical, EntityKind(kind_word), taken_for, alone=alone != "no"))
    _add_actors(names, read_aliases())
    for _, listed in _rows("not_names.csv"):
        names.update((name, []) for name in listed.split(";"))
    return names


def read_aliases() -> tuple[Alias, ...]:
    """What each source says of threat actors' names, sources in the table's order."""
    return tuple(
        Alias(name, f"actor:{actor}", source, state or None, f"actor:{read_as}" if read_as else None, note)
        for name, actor, source, state, read_as, note in _rows("actors.csv")
    )


def read_states() -> tuple[tuple[str, list[str]], ...]:
    """The code of each state with its names, the most common first."""
    return tuple((code, [name.lstrip("^+~") for name in names.split(";")]) for code, names, _, _ in _rows("states.csv"))


def read_titles() -> dict[str, str]:
    """What each body, organ, company or bloc is called in the tables first of all, by its canonical name."""
    found = {}
    for file in ("organs", "agencies", "companies", "blocs"):
        for canonical, *rest in _rows(f"{file}.csv"):
            listed = rest[0] if file == "blocs" else rest[1]
            found[canonical] = listed.partition(";")[0].lstrip("^+~")
    return found


def version() -> str:
    """The newest date in the tables' heads, and a digest of all their bytes: another byte is another version."""
    data = [(files("tocsin.record") / "gazetteers" / file).read_bytes() for file in FILES]
    dates = (head.partition(b"Version: ")[2][:10].decode("ascii") for head in data)
    return f"{max(dates)}+{sha256(b''.join(data)).hexdigest()[:8]}"


def _rows(file: str) -> Iterator[list[str]]:
    text = (files("tocsin.record") / "gazetteers" / file).read_text("utf-8")
    rows = csv.reader(line for line in text.splitlines() if not line.startswith("#"))
    next(rows)
    return rows


def _add(names: Names, listed: str, meaning: Meaning) -> None:
    for marked in filter(None, listed.split(";")):
        name = marked.lstrip("^+~")
        marks = marked[: len(marked) - len(name)]
        meant = meaning
        if marks.strip("^"):
            meant = meaning._replace(alone=meaning.alone and "+" not in marks, shy="~" in marks)
        forms = {name, name.lower(), name[0] + name[1:].lower()} if "^" in marks else (name,)
        for form in forms:
            names.setdefault(form, []).append(meant)


def _add_states(names: Names) -> None:
    for code, states, demonyms, seats in _rows("states.csv"):
        for listed, kind in ((states, EntityKind.STATE), (demonyms, EntityKind.DEMONYM)):
            meaning = Meaning(f"state:{code}", kind, code)
            _add(names, listed, meaning)
            _add(names, ";".join(name.upper() for name in listed.split(";") if not name.isupper()), meaning)
        _add(names, seats, Meaning(f"gov:{code}", EntityKind.CAPITAL, code))


def _add_blocs(names: Names) -> None:
    for canonical, listed, seats in _rows("blocs.csv"):
        _add(names, listed, Meaning(canonical, EntityKind.BLOC))
        _add(names, seats, Meaning(canonical, EntityKind.CAPITAL))


def _add_persons(names: Names) -> None:
    for person, state, kind, full, surnames, titles, bare in _rows("persons.csv"):
        meaning = Meaning(f"person:{person}", EntityKind(kind), state or None)
        for name in full.split(";"):
            forms = {f"{form} {name}" for title in titles.split(";") if title for form in (title, title.lower())}
            for form in {name, *forms}:
                names.setdefault(form, []).append(meaning)
        for surname in filter(None, surnames.split(";")):
            for title in filter(None, titles.split(";")):
                names.setdefault(f"{title} {surname}", []).append(meaning)
            if bare == "yes":
                names.setdefault(surname, []).append(meaning._replace(shy=True))


def _add_actors(names: Names, aliases: tuple[Alias, ...]) -> None:
    states: dict[str, set[str]] = {}
    for alias in aliases:
        if alias.state:
            for actor in {alias.actor, alias.read_as or alias.actor}:
                states.setdefault(actor, set()).add(alias.state)
    meanings: dict[str, list[Meaning]] = {}
    for alias in aliases:
        if alias.read_as:
            if alias.read_as not in meanings:
                where = states.get(alias.read_as, set())
                state = next(iter(where)) if len(where) == 1 else None
                meanings[alias.read_as] = [Meaning(alias.read_as, EntityKind.ACTOR, state)]
            for form in _actor_forms(alias):
                names.setdefault(form, meanings[alias.read_as])


def _actor_forms(alias: Alias) -> set[str]:
    """How the name is written: as listed, in capitals, with first capitals; an APT number with or without a space."""
    name = alias.name
    if alias.note == "capitals":
        return {name}
    forms = {name, name.upper()}
    if name.isupper() or name.islower():
        forms.add(" ".join(word if word[-1].isdigit() else word.capitalize() for word in name.split(" ")))
    if name[:4].lower() == "the ":
        forms |= {f"the {form[4:]}" for form in forms}
    if name[:3].upper() == "APT" and (number := name[3:].strip(" -")).isdigit():
        forms |= {f"{word}{sign}{number}" for word in ("APT", "Apt") for sign in ("", " ", "-")}
    return forms
