"""What was done about it: sanctions, expulsions, statements, advice and the like, by whom, and how far it got."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tocsin.record.assertions import Response, Standing
from tocsin.record.gazetteer import EntityKind, Mention
from tocsin.record.reading._deeds import AGGRESSORS, Line, Sheet, acted_upon, acting, sheet_of
from tocsin.record.reading._response_idioms import IDIOMS, idioms, orders
from tocsin.record.reading._response_lexicon import BY_FORM, Deed
from tocsin.record.reading._response_mood import Group, verb_group
from tocsin.record.reading._verb_forms import Form
from tocsin.record.reading.page import Candidate, Page

_WORDS = IDIOMS.keys | frozenset(BY_FORM)
_STATES = frozenset({EntityKind.STATE, EntityKind.DEMONYM, EntityKind.CAPITAL, EntityKind.GOVERNMENT, EntityKind.HEAD})
_ACCUSED = _STATES | {EntityKind.ORGAN, EntityKind.ACTOR}
_OFFICIAL = _STATES | {EntityKind.AGENCY, EntityKind.ROLE, EntityKind.BLOC, EntityKind.ORGAN}
_OFFICES = frozenset(
    "we government governments ministers president minister secretary ministry department spokesperson spokesman"
    " spokeswoman administration it they allies partners countries bill law legislation"
    " authorities police officials".split()
)
_ONE_DEED = frozenset(
    frozenset(pair.split())
    for pair in (
        "sanctions trade_sanctions",
        "public_statement public_attribution",
        "joint_statement public_attribution",
        "joint_statement condemnation",
        "joint_statement public_statement",
    )
)
_ENSURED = frozenset("ensure ensuring".split())
_AIM_LOOKS_BACK = 14
_CONDITION = frozenset("if unless".split())
_OPEN = frozenset({Standing.TAKEN, Standing.ONGOING, Standing.PLANNED})


@dataclass(frozen=True, slots=True)
class _Clause:
    """A verb in its clause, from the word ``begins`` to before ``ends``."""

    line: Line
    group: Group
    verb: int
    begins: int
    ends: int

    @property
    def doers(self) -> list[str]:
        """The words that tell who does it: the subject, or what follows "by"."""
        forms = self.line.forms
        if not self.group.is_passive:
            is_relative = self.begins and forms[self.begins - 1] in ("who", "which", "that")
            return forms[max(0, self.begins - 3) if is_relative else self.begins : self.group.first]
        after = forms[self.verb + 1 : self.ends]
        return after[after.index("by") :] if "by" in after else []

    def acting(self, sheet: Sheet) -> Sequence[Mention]:
        """The names before the verb. Of whoever is urged to do it and whoever urges, the former."""
        governor = self.group.governor
        urged = self._names(sheet, governor + 1, self.group.first) if governor is not None else ()
        return urged or self._names(sheet, self.begins, self.group.first)

    def agents(self, sheet: Sheet) -> Sequence[Mention]:
        """In the passive, the names after "by"."""
        for place in range(self.verb + 1, self.ends):
            if self.line.forms[place] == "by":
                return self._names(sheet, place + 1, self.ends)
        return ()

    def acted_upon(self, sheet: Sheet) -> Sequence[Mention]:
        """The names after the verb."""
        return self._names(sheet, self.verb + 1, self.ends)

    def _names(self, sheet: Sheet, begins: int, ends: int) -> Sequence[Mention]:
        return sheet.first_names(self.line.at(begins, ends)) if begins < ends else ()


def read_responses(page: Page) -> Sequence[Candidate]:
    """The responses on a page, in the text's order; of two readings of one deed, the first.

    Headlines repeat what the text below them tells, so they yield none.
    """
    sheet, kept = sheet_of(page), list[Candidate]()
    for sentence, line in sheet.lines():
        present = frozenset(line.forms)
        if _WORDS.isdisjoint(present):
            continue
        told = list(idioms(sheet, sentence, line)) if not IDIOMS.keys.isdisjoint(present) else []
        found = [*_deeds(sheet, line, present), *(candidate for candidate, is_weak in told if not is_weak)]
        if not (found or told) or sheet.is_headline(sentence):
            continue
        for weak in (candidate for candidate, is_weak in told if is_weak):
            if not any(weak.span.meets(other.span) for other in found):
                found.append(weak)
        for candidate in sorted(found, key=lambda one: (one.triggers[0], one.rule)):
            if not any(_is_same(candidate, other) for other in kept[-6:]):
                kept.append(candidate)
    return tuple(sorted((*kept, *orders(sheet)), key=lambda one: one.span))


def _is_same(one: Candidate, other: Candidate) -> bool:
    """Whether two say the same of the same words; a plain and a finer name of a measure (trade sanctions) are one."""
    assert isinstance(one.body, Response)
    assert isinstance(other.body, Response)
    names = {one.body.measure, other.body.measure}
    return (len(names) == 1 or frozenset(names) in _ONE_DEED) and one.span.meets(other.span)


def _deeds(sheet: Sheet, line: Line, present: frozenset[str]) -> Iterator[Candidate]:
    able = {word: told for word in BY_FORM.keys() & present if (told := _able(word, present))}
    for verb, word in enumerate(line.forms) if able else ():
        if word in able:
            candidate = _deed(sheet, line, verb, BY_FORM[word][0], able[word])
            if candidate is not None:
                yield candidate


def _able(word: str, present: frozenset[str]) -> list[Deed]:
    """The deeds that a verb may be in a sentence of those words."""
    return [
        deed
        for deed in BY_FORM[word][1]
        if (not deed.objects or not deed.objects.isdisjoint(present))
        and (not deed.particle or deed.particle in present)
    ]


def _deed(sheet: Sheet, line: Line, verb: int, form: Form, deeds: Sequence[Deed]) -> Candidate | None:
    group = verb_group(line, verb, form, is_lasting=False)
    if group is None:
        return None
    if not _ENSURED.isdisjoint(line.forms[max(0, group.first - _AIM_LOOKS_BACK) : group.first]):
        return None  # "to ensure that patches were released" is an aim
    start = group.first if group.governor is None else group.governor
    clause = _Clause(line, group, verb, line.clause_begins(start), line.clause_ends(verb))
    if not AGGRESSORS.isdisjoint(clause.doers):
        return None
    for deed in deeds:
        telling = _telling_word(clause, deed)
        if telling is not None and _is_fit(sheet, clause, deed):
            lasting = verb_group(line, verb, form, is_lasting=True) if deed.is_lasting else None
            standing = _standing(clause, deed, telling, (lasting or group).standing)
            if standing is Standing.NOT_TAKEN and deed.measure == "public_attribution":
                return None  # a denial reads that one: they did not blame
            return _candidate(sheet, clause, deed, standing, telling)
    return None


def _telling_word(clause: _Clause, deed: Deed) -> int | None:
    """The word that makes the verb this deed (the verb itself where it needs none)."""
    forms, verb, first = clause.line.forms, clause.verb, clause.group.first
    if deed.particle and deed.particle not in forms[verb + 1 : verb + 4]:
        return None
    if (deed.is_active and clause.group.is_passive) or not deed.spares.isdisjoint(forms[verb + 1 : clause.ends]):
        return None
    if not deed.objects:
        return verb
    after = range(verb + 1, min(clause.ends, verb + deed.reach))
    before = range(first - 1, max(clause.begins, first - deed.reach) - 1, -1)
    places = [*before, *after] if clause.group.is_passive else after
    return next((place for place in places if forms[place] in deed.objects), None)


def _is_fit(sheet: Sheet, clause: _Clause, deed: Deed) -> bool:
    """Whether the one who acts and the one acted upon are such as the deed needs."""
    line, group = clause.line, clause.group
    if deed.needs_state and not any(name.kind in _ACCUSED for name in sheet.names(line.at(clause.verb, clause.ends))):
        return False
    if not deed.is_official or group.is_passive or clause.begins >= group.first:
        return True
    names = sheet.names(line.at(clause.begins, group.first))
    return any(name.kind in _OFFICIAL for name in names) or not _OFFICES.isdisjoint(clause.doers)


def _standing(clause: _Clause, deed: Deed, telling: int, standing: Standing) -> Standing:
    if "no" in clause.line.forms[max(clause.begins, telling - 3) : telling]:
        return Standing.NOT_TAKEN
    return deed.standing if deed.standing is not None and standing in _OPEN else standing


def _candidate(sheet: Sheet, clause: _Clause, deed: Deed, standing: Standing, telling: int) -> Candidate | None:
    """The response told; none where a named group of attackers does it."""
    line, verb = clause.line, clause.verb
    doers, others = clause.acting(sheet), clause.acted_upon(sheet)
    if clause.group.is_passive:
        doers, others = clause.agents(sheet), doers or others
    if doers and doers[0].kind is EntityKind.ACTOR:
        return None
    triggers = {line.at(verb, verb + 1), line.at(telling, telling + 1)}
    return Candidate(
        span=line.at(clause.begins, clause.ends),
        rule=f"response.{deed.measure}.{'passive' if clause.group.is_passive else 'active'}",
        body=Response(
            measure=deed.measure,
            standing=standing,
            actors=acting(doers),
            targets=acted_upon(others),
            is_conditional=standing in (Standing.PLANNED, Standing.THREATENED)
            and not _CONDITION.isdisjoint(line.forms),
        ),
        triggers=tuple(sorted(triggers)),
    )
