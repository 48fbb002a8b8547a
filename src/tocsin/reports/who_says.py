"""Who says what about whom: every party that spoke of an incident, at which level, in which words, what it avoided.

That a party "did not say" something means only this: another party said it of the same incident, and no document read
has this one saying it, denying it or leaving it open.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tocsin.record import Attribution, Denial, Level, Likelihood, Polarity
from tocsin.reports.escape import html
from tocsin.reports.material import Table
from tocsin.reports.stated import Statement, counts_in_words, incidents, party_name

LEVELS = tuple(sorted(Level, reverse=True))
"""The columns, the gravest first."""

DENIES = ("responsibility_denial", "non_attribution", "abstention")
"""Kinds of denial and refusal that answer the question who did it."""

_SHOWN_IN_A_CELL = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One attribution by a party. ``likelihood`` has the words and the band, if the party's yardstick has one."""

    statement: Statement
    body: Attribution

    @property
    def polarity(self) -> Polarity:
        return self.statement.claim.assertion.polarity

    @property
    def is_outright(self) -> bool:
        """Whether it is asserted in so many words."""
        return self.polarity is Polarity.ASSERTED and self.body.explicit

    @property
    def is_presupposed(self) -> bool:
        """Whether it is taken for granted and not said ("complaints about … hacking")."""
        return self.polarity is Polarity.ASSERTED and not self.body.explicit

    @property
    def accused(self) -> str:
        return self.statement.names((*self.body.actors, *self.body.accused))

    @property
    def likelihood(self) -> str:
        """The words of probability in quotation marks, with their band, and those of confidence; empty for none."""
        return likelihood_words(self.statement, self.body.likelihood)

    @property
    def told(self) -> str:
        """All of it in a few words."""
        polarity = "presupposed: " if self.is_presupposed else f"{self.polarity}: "
        polarity = "" if self.is_outright else polarity
        parts = (f"{polarity}{self.accused or 'nobody named'}", self.likelihood, str(self.statement.day or ""))
        return ", ".join(part for part in parts if part)

    def as_json(self) -> dict[str, object]:
        likelihood = self.body.likelihood
        said = self.statement.claim.said
        return {
            **self.statement.as_json(),
            "level": self.body.level.word,
            "relation": str(self.body.relation),
            "explicit": self.body.explicit,
            "accused": [party.canonical for party in self.body.accused],
            "actors": [party.canonical for party in self.body.actors],
            "likelihood": {
                "words": said(likelihood.words) or None,
                "band": likelihood.band,
                "yardstick": likelihood.yardstick,
                "low": likelihood.low,
                "high": likelihood.high,
                "confidence_words": said(likelihood.confidence_words) or None,
                "confidence": likelihood.confidence,
            },
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """A party: what it said by level, its denials and refusals, and the levels that others asserted and it left out."""

    party: str
    said: Mapping[Level, tuple[Said, ...]]
    denials: tuple[Statement, ...]
    avoided: Mapping[Level, tuple[str, ...]]

    @property
    def name(self) -> str:
        return party_name(self.party)

    @property
    def statements(self) -> tuple[Statement, ...]:
        return (*(each.statement for found in self.said.values() for each in found), *self.denials)

    def as_json(self) -> dict[str, object]:
        return {
            "party": self.party,
            "name": self.name,
            "levels": {level.word: [each.as_json() for each in found] for level, found in self.said.items()},
            "denials": [_denial_json(each) for each in self.denials],
            "did_not_say": {level.word: list(parties) for level, parties in self.avoided.items()},
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class WhoSays:
    """One incident and everybody who spoke of who did it, the gravest accusers first."""

    incident: str
    speakers: tuple[Speaker, ...]

    @property
    def levels(self) -> tuple[Level, ...]:
        """The levels that anybody spoke of, the gravest first."""
        return tuple(level for level in LEVELS if any(level in speaker.said for speaker in self.speakers))

    @property
    def counts(self) -> str:
        """How many statements were reviewed and how many not; a joint one counts once."""
        found = {
            (each.claim.document.sha256, each.claim.id): each
            for speaker in self.speakers
            for each in speaker.statements
        }
        return counts_in_words(tuple(found.values()))

    def as_json(self) -> dict[str, object]:
        return {"incident": self.incident, "parties": [each.as_json() for each in self.speakers]}


def who_says(stated: Sequence[Statement]) -> tuple[WhoSays, ...]:
    """Party by level for each incident that somebody is blamed for, the most spoken of first."""
    found = (_of_incident(name, [each for each in stated if each.incident == name]) for name in incidents(stated))
    return tuple(each for each in found if each.speakers)


def who_says_table(found: WhoSays) -> Table:
    """A row for each party, a column for each level spoken of, then denials and what the party did not say.

    Cells have documents by number; the title says which is which.
    """
    told = {
        each.claim.document.sha256: each.document for speaker in found.speakers for each in speaker.statements
    }  # by sha256: two files may have one name
    documents = {sha256: number for number, sha256 in enumerate(told, 1)}
    rows = tuple(
        (
            speaker.name,
            *(_cell(speaker.said.get(level, ()), documents) for level in found.levels),
            "; ".join(f"{denial_word(each)}: {each.short}" for each in speaker.denials[:_SHOWN_IN_A_CELL]),
            ", ".join(level.word for level in speaker.avoided),
        )
        for speaker in found.speakers
    )
    columns = ("party", *(level.word for level in found.levels), "denied or declined", "did not say")
    named = "; ".join(f"[{documents[sha256]}] {name}" for sha256, name in _apart(told).items())
    title = f"Who says who did it: {found.incident} ({found.counts}). {named}"
    return Table(title=title, columns=columns, rows=rows)


def who_says_html(found: Sequence[WhoSays], label: str) -> str:
    """The tables as one plain page without script."""
    body = "\n".join(_html_table(who_says_table(each)) for each in found)
    return _PAGE.format(label=html(label), body=body)


def likelihood_words(statement: Statement, likelihood: Likelihood) -> str:
    """``“highly likely” (PHIA highly likely, 80% to 90%), “high confidence”``; empty where nothing of it is said."""
    said = statement.claim.said
    words = f"“{said(likelihood.words)}”" if likelihood.words else ""
    if words and likelihood.band and likelihood.low is not None and likelihood.high is not None:
        band = likelihood.band.replace("_", " ")
        words += f" ({likelihood.yardstick} {band}, {likelihood.low:.0%} to {likelihood.high:.0%})"
    confidence = f"“{said(likelihood.confidence_words)}”" if likelihood.confidence_words else ""
    return ", ".join(part for part in (words, confidence) if part)


def denial_word(statement: Statement) -> str:
    """What kind of denial or refusal it is, in words."""
    body = statement.claim.assertion.body
    return body.what.replace("_", " ") if isinstance(body, Denial) else statement.claim.assertion.kind


def _of_incident(name: str, stated: Sequence[Statement]) -> WhoSays:
    said: dict[str, list[Said]] = {}
    denials: dict[str, list[Statement]] = {}
    for each in stated:
        body = each.claim.assertion.body
        for party in each.parties:
            if isinstance(body, Attribution):
                said.setdefault(party, []).append(Said(statement=each, body=body))
            elif isinstance(body, Denial) and body.what in DENIES:
                denials.setdefault(party, []).append(each)
    asserted = _asserted(said)
    speakers = [
        Speaker(
            party=party,
            said=_by_level(said.get(party, [])),
            denials=tuple(denials.get(party, [])),
            avoided=dict(_avoided(party, said.get(party, []), asserted)),
        )
        for party in {**said, **denials}
    ]
    return WhoSays(incident=name, speakers=tuple(sorted(speakers, key=_gravest_first)))


def _asserted(said: Mapping[str, Sequence[Said]]) -> dict[Level, tuple[str, ...]]:
    """For each level the parties that asserted it."""
    found: dict[Level, dict[str, None]] = {}
    for party, each in said.items():
        for one in each:
            if one.polarity is Polarity.ASSERTED:
                found.setdefault(one.body.level, {})[party] = None
    return {level: tuple(found[level]) for level in LEVELS if level in found}


def _avoided(
    party: str, said: Sequence[Said], asserted: Mapping[Level, tuple[str, ...]]
) -> Iterator[tuple[Level, tuple[str, ...]]]:
    spoken = {one.body.level for one in said}
    for level, parties in asserted.items():
        others = tuple(each for each in parties if each != party)
        if level not in spoken and others and level is not Level.UNSPECIFIED:
            yield level, others


def _by_level(said: Sequence[Said]) -> dict[Level, tuple[Said, ...]]:
    found = {level: tuple(one for one in said if one.body.level is level) for level in LEVELS}
    return {level: each for level, each in found.items() if each}


def _gravest_first(speaker: Speaker) -> tuple[int, int, str]:
    asserted = [
        level for level, found in speaker.said.items() if any(one.polarity is Polarity.ASSERTED for one in found)
    ]
    return -max(asserted, default=-1), -len(speaker.statements), speaker.party


def _apart(told: Mapping[str, str]) -> dict[str, str]:
    """The names by sha256; those that several documents have, with the beginning of it."""
    named = Counter(told.values())
    return {sha256: f"{name} ({sha256[:12]})" if named[name] > 1 else name for sha256, name in told.items()}


def _cell(said: Sequence[Said], documents: Mapping[str, int]) -> str:
    """What is said outright before what is presupposed, the reviewed and the words of probability first."""
    first = sorted(said, key=lambda one: (one.is_presupposed, not one.statement.is_reviewed, not one.likelihood))
    shown = " / ".join(
        f"{one.told} [{documents[one.statement.claim.document.sha256]}], {one.statement.standing}"
        for one in first[:_SHOWN_IN_A_CELL]
    )
    return f"{shown} / {len(said) - _SHOWN_IN_A_CELL} more" if len(said) > _SHOWN_IN_A_CELL else shown


def _denial_json(statement: Statement) -> dict[str, object]:
    return {**statement.as_json(), "what": denial_word(statement)}


def _html_table(table: Table) -> str:
    head = "".join(f'<th scope="col">{html(name)}</th>' for name in table.columns)
    rows = "\n".join(
        f'<tr><th scope="row">{html(row[0])}</th>{"".join(f"<td>{html(each)}</td>" for each in row[1:])}</tr>'
        for row in table.rows
    )
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{html(table.title)}"><table>'
        f"<caption>{html(table.title)}</caption><thead><tr>{head}</tr></thead>\n<tbody>{rows}</tbody></table></div>"
    )


_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Who says who did it</title>
<style>
:root {{ color-scheme: light dark; }}
body {{ margin: 1rem; font: 16px/1.45 "Liberation Sans", Arial, Helvetica, sans-serif; }}
.label {{ font-weight: bold; border: 2px solid; display: inline-block; padding: .1rem .6rem; }}
.scroll {{ overflow-x: auto; margin: 1rem 0; }}
table {{ border-collapse: collapse; font-size: .9rem; }}
caption {{ text-align: left; font-weight: bold; padding: .3rem 0; }}
th, td {{ text-align: left; vertical-align: top; padding: .3rem .8rem .3rem 0; border-bottom: 1px solid #8c8c8c; }}
th, td {{ min-width: 7rem; max-width: 22rem; overflow-wrap: anywhere; }}
</style>
</head>
<body>
<p class="label">{label}</p>
{body}
<p class="label">{label}</p>
</body>
</html>
"""
