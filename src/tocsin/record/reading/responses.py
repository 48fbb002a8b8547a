"""What was done about it: sanctions, expulsions, statements, advice and the like, by whom, and how far it got."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tocsin.record.assertions import Response, Standing
from tocsin.record.gazetteer import EntityKind, Mention
from tocsin.record.reading._deeds import AGGRESSORS, Line, Sheet, acted_upon, acting, sheet_of, tells
from tocsin.record.reading._own_side import own_side
from tocsin.record.reading._response_blaming import SAID, blamings
from tocsin.record.reading._response_deed import Deed
from tocsin.record.reading._response_idioms import idioms, orders
from tocsin.record.reading._response_lexicon import BY_FORM
from tocsin.record.reading._response_mood import Group, verb_group
from tocsin.record.reading._response_phrases import IDIOMS
from tocsin.record.reading._verb_forms import Form
from tocsin.record.reading.page import Candidate, Page

_WORDS = IDIOMS.keys | frozenset(BY_FORM) | SAID
_STATES = frozenset({EntityKind.STATE, EntityKind.DEMONYM, EntityKind.CAPITAL, EntityKind.GOVERNMENT, EntityKind.HEAD})
_ACCUSED = _STATES | {EntityKind.ORGAN, EntityKind.ACTOR}
_OFFICIAL = _STATES | {EntityKind.AGENCY, EntityKind.ROLE, EntityKind.BLOC, EntityKind.ORGAN}
_OFFICES = frozenset(
    "we government governments ministers president minister secretary ministry department spokesperson spokesman"
    " spokeswoman administration it they allies partners countries bill law legislation"
    " authorities police officials she he council commission treasury parliament prosecutors".split()
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
_RELATIVE = frozenset("which that whom who".split())
_ANTECEDENT_LOOKS_BACK = 7
_PRESS = frozenset("press media reporting reports newspapers researchers analysts experts some".split())
_ADDRESSED = frozenset("advice victim_notification".split())
_JOINED = frozenset("has have had is are was were will".split())
_NOBODY = frozenset("nobody none no-one".split())
_LEGAL = frozenset("person persons entity anyone".split())
_SUBJECTS_OF_HARM = frozenset("which that attack attacks incident breach campaign ransomware outage".split())
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
        if not SAID.isdisjoint(present):
            found += blamings(sheet, line)
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
        if telling is not None and _is_fit(sheet, clause, deed) and not _is_of_the_attack(sheet, clause, deed, telling):
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
    if deed.measure in _ADDRESSED and "that" in forms[verb + 1 : after.stop]:
        after = range(verb + 1, forms.index("that", verb + 1) + 1)  # whom they warn stands before what they warn of
    begins = clause.begins
    if begins and forms[begins] in _JOINED and forms[begins - 1] in _RELATIVE:  # "rules that are due to be laid"
        begins = max(0, begins - _ANTECEDENT_LOOKS_BACK)
    before = range(first - 1, max(begins, first - deed.reach) - 1, -1)
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


def _is_of_the_attack(sheet: Sheet, clause: _Clause, deed: Deed, telling: int) -> bool:
    """Whether it tells what the attack did, what the law allows, or what is known of a group, and nothing done now."""
    forms, group = clause.line.forms, clause.group
    begins, doers = clause.begins, frozenset(clause.doers)
    if deed.measure == "public_attribution":
        is_known = 0 < begins < group.first and forms[begins - 1] in _RELATIVE  # "a group that they have linked to …"
        is_known = deed.is_active and (
            is_known or (group.first == clause.verb and tells(forms[begins : group.first]))
        )  # "… suspended accounts tied to …"
        return is_known or not _PRESS.isdisjoint(doers)
    if deed.measure == "takedown" and group.is_passive:
        return any(name.kind in _STATES for name in clause.agents(sheet))
    if forms[telling] == "offline":
        return not _SUBJECTS_OF_HARM.isdisjoint(doers)
    return (
        group.is_passive
        and group.standing is Standing.CONSIDERED
        and not _LEGAL.isdisjoint(forms[begins : group.first])
    )


def _standing(clause: _Clause, deed: Deed, telling: int, standing: Standing) -> Standing:
    forms = clause.line.forms
    if "no" in forms[max(clause.begins, telling - 3) : telling]:
        return Standing.NOT_TAKEN
    before = forms[max(clause.begins, clause.group.first - 4) : clause.group.first]
    if clause.group.is_passive and (not _NOBODY.isdisjoint(before) or before[-3:-1] in (["not", "a"], ["not", "one"])):
        return Standing.NOT_TAKEN  # "nobody was expelled", "not a rouble was frozen"
    if deed.verb == "rule":  # "has ruled out", "has not ruled out"
        return Standing.CONSIDERED if standing is Standing.NOT_TAKEN else Standing.NOT_TAKEN
    if standing is Standing.PLANNED and deed.measure == "unspecified_action" and "necessary" in forms:
        return Standing.THREATENED  # "will take all necessary measures" is how states warn
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
    begins, ends = _own_words(clause, telling)
    own = clause.doers if clause.group.is_passive else line.forms[clause.begins : verb]
    return Candidate(
        span=line.at(min(begins, telling), ends),
        rule=f"response.{deed.measure}.{'passive' if clause.group.is_passive else 'active'}",
        body=Response(
            measure=deed.measure,
            standing=standing,
            actors=acting(doers) or own_side(sheet.page, line.at(verb, verb + 1), own),
            targets=acted_upon(others),
            is_conditional=standing in (Standing.PLANNED, Standing.THREATENED)
            and not _CONDITION.isdisjoint(line.forms),
        ),
        triggers=tuple(sorted(triggers)),
    )


def _own_words(clause: _Clause, telling: int) -> tuple[int, int]:
    """The words of this deed alone where its subject does another as well: "they have done this and have done that"."""
    forms, first = clause.line.forms, clause.group.first
    begins, ends = clause.begins, clause.ends
    if first > begins and forms[first - 1] == "and" and forms[first] in _JOINED:
        begins = first
    for place in range(max(clause.verb, telling) + 1, ends - 1):
        if forms[place] == "and" and forms[place + 1] in _JOINED:
            return begins, place
    return begins, ends
