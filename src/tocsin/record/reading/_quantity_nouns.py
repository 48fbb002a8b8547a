"""What a number counts: the noun phrase after it, its head in the plural, the whole it is a part of."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tocsin.record.spans import Span

# Words that no counted noun phrase goes on through: prepositions, conjunctions, pronouns, auxiliaries, adverbs.
_STOPS = frozenset(
    """a about above according across after again against ago all along alongside already also although am among
    an and another any are around as at away back be because been before being below between beyond both but by
    can could did do does done down due during each either else even ever every few for from had has have he her
    here him his how however i if in including inside instead into is it its itself just last later least less let
    likely many may me might more most much must my near nearly never next no nor not now of off on once only onto
    or our out outside over own per perhaps rather remain remained remains said same say says she should since so
    some soon still such than that the their them then there these they this those though through throughout thus
    to today together too toward towards under unless until up upon us was we were what when where whether which
    while who whom whose why will with within without would yesterday yet you your worldwide globally overall
    respectively earlier nationwide alone apiece abroad overseas belong belonged came come went
    go took take takes got get gets made make makes left found given gave told""".split()
)
_NOT_PLURAL = frozenset(
    """tens dozens hundreds thousands millions billions trillions scores refers access across always analysis
    basis besides business campus cyberspace process previous various serious series perhaps plus news press
    status thus towards virus afterwards sometimes apparatus chaos consensus corpus crisis census bonus loss
    address bus gas congress progress success wireless ambitious anonymous dangerous devious hazardous
    malicious numerous suspicious continuous precious famous religious obvious indigenous autonomous""".split()
)
_COLLECTIVE = frozenset(
    """people personnel men women children staff troops police aircraft data servicemen servicewomen businessmen
    lawmakers congressmen policemen spokesmen media criteria bitcoin ether cattle clergy alumni phenomena indices
    gendarmerie crew""".split()
)
# Of nobody else named, the people of a state: "five Chinese were charged".
_PEOPLES = frozenset(
    """Chinese Japanese Taiwanese Vietnamese Lebanese Portuguese Sudanese Maltese Burmese British French Dutch Irish
    Swiss Spanish Polish Danish Swedish Finnish Turkish""".split()
)
_VERBS = frozenset("adds alleges calls claims denies holds insists runs serves tracks uses wants warns".split())
_PLURAL_MODIFIERS = frozenset(
    "systems operations communications sales arms services securities sports telecommunications goods logistics".split()
)
_SAYS_LITTLE = frozenset("systems groups bodies authorities".split())
_TIME = re.compile(
    r"(?:second|minute|hour|day|week|fortnight|month|year|decade|centur|weekend|evening|night)(?:s|y|ies)?\Z"
)
_NEVER = frozenset(
    """base bases thing things hand hands side sides respect respects sense senses fold feet inches degrees
    bytes bits characters pixels metres meters kilometres kilometers miles sentences words paragraphs seconders
    adjournments o'clock am pm percentage basis""".split()
)
_DETERMINERS = frozenset("a an the some any its their our his her my your this that these those more".split())
_SPEECH = frozenset(
    """steps efforts ways points questions reasons areas measures actions initiatives priorities pillars goals
    objectives principles recommendations themes topics lessons announcements options issues aspects factors parts
    elements examples strands considerations observations remarks comments stages phases lines tracks conclusions
    concerns problems challenges""".split()
)
_RELATED = frozenset(
    "countries sides nations governments leaders presidents states capitals powers parties houses".split()
)
_ANAPHORS = frozenset("others more".split())
_RARE_PLURALS = {"company": "companies", "person": "persons", "man": "men", "woman": "women"}

_WORD = re.compile(r"[’”\"')]?[ \u00a0\n]{1,3}[“\"‘(]?((?:[A-Z]\.){2,4}|[A-Za-z](?:[\w&/‑-]|[.’'](?=\w)){0,40})")
_OF = re.compile(
    r"[ \u00a0\n](?:out )?of\b(?=.(\w))(?: all| only| some| just)?(?: of)?(?: (?:the|its|their|our|his|her|those|these"
    r"|that|this|my|your|[\w.-]{1,30}[’']s?)(?= \w))?",
    re.IGNORECASE,
)
_OF_ANAPHOR = re.compile(
    r"[ \n](?:out )?of (them|these|those|which|whom|it|us|you)\b(?! [a-z]{3,20}s\b)", re.IGNORECASE
)
_AND = re.compile(r" (?:and|or) ([a-z]{3,25})(?![\w’'-])(?: ([\w’-]{1,30}))?")
_FOLLOWS_A_NOUN = re.compile(r"(?:\w{2,15}(?:ed|ing)|worldwide|globally|run|hit|known|owned)\Z")
_KINDS = re.compile(r"(?:kinds|types|sorts|forms|pieces|strains|varieties|sets|pairs|teams)\Z")
_OF_KIND = re.compile(r" of(?= )")
_RESTRICTED = re.compile(
    r" (?:so )?[a-z]{2,15}(?:ed|hit)(?= (?:had|have|has|were|was|are|is|may|might|could|did|do)\b)"
)
_LOWER = re.compile(r"[A-Za-z][\w’'-]{2,40}")
_HYPHENED = re.compile(r"-(nation|member|country|state)\b")
_MOST_WORDS = 8
_SHORTEST_INITIALS = 2


@dataclass(frozen=True, slots=True)
class Noun:
    """A counted thing: ``span`` of its words, ``unit`` its head in the plural, empty for ``of them`` or ``others``.

    ``whole`` is the span of what follows ``of``, with its determiner: that of which the number counts a part.
    """

    span: Span
    unit: str
    whole: Span | None = None


def noun_after(text: str, at: int, limit: int, *, is_share: bool, is_one: bool) -> Noun | None:
    """The noun phrase that follows a number ending at ``at``, ``None`` where there is none."""
    hyphened = _HYPHENED.match(text, at, limit)
    if hyphened:
        return Noun(Span(hyphened.start(1), hyphened.end()), _plural(hyphened[1]))
    anaphor = _OF_ANAPHOR.match(text, at, limit)
    if anaphor:
        return Noun(Span(at, anaphor.end()), "", whole=Span(anaphor.start(1), anaphor.end()))
    of = _OF.match(text, at, limit)
    found = _phrase(text, of.end() if of else at, limit, is_singular=is_one or (is_share and of is not None))
    if found is None or of is None:
        return found
    return Noun(found.span, found.unit, whole=Span(of.start(1), found.span.ends))


def antecedent(text: str, begins: int, ends: int) -> str:
    """The last plural noun before a number that counts ``others``; empty where there is none."""
    words = [(word, Span(0, 0)) for word in _LOWER.findall(text, begins, ends)]
    place = next((at for at in range(len(words) - 1, -1, -1) if _is_plural(words[at][0])), None)
    return "" if place is None else _unit(words, place)


def is_time(unit: str) -> bool:
    """Whether the number counts days, years or the like."""
    return _TIME.match(unit) is not None


def is_never_counted(unit: str, before: str, *, is_two: bool) -> bool:
    """Whether such a number says nothing: ``on two bases``, ``three times``, ``the two countries``."""
    is_pair = (
        is_two
        and unit in _RELATED
        and before.endswith(("the ", "both ", "our ", "these ", "those ", "their ", "between "))
    )
    return unit.split()[-1] in _NEVER or is_pair


def is_of_the_speech(unit: str) -> bool:
    """Whether it counts the parts of the speech or plan itself: steps, points, reasons."""
    return unit in _SPEECH


def _phrase(text: str, at: int, limit: int, *, is_singular: bool) -> Noun | None:
    words = _words(text, at, limit)
    if not words:
        return None
    head = _head(words)
    if head is None:
        if words[0][0].lower() in _ANAPHORS:
            return Noun(words[0][1], "")
        if not is_singular:
            return None
        head = _singular_head(words)
    span, unit = Span(words[0][1].begins, words[head][1].ends), words[head][0].lower()
    if unit in _ANAPHORS:
        return Noun(span, "")
    unit = _unit(words, head)
    restricted = _RESTRICTED.match(text, span.ends, limit)
    if restricted:
        return Noun(Span(span.begins, restricted.end()), unit)
    kind = _OF_KIND.match(text, span.ends, limit) if _KINDS.match(unit) else None
    if kind and (inner := _phrase(text, kind.end(), limit, is_singular=True)):
        return Noun(Span(span.begins, inner.span.ends), inner.unit)
    joined = _AND.match(text, span.ends, limit)
    if joined and _is_plural(joined[1]) and joined[1] not in _VERBS | _STOPS and _may_follow(joined[2]):
        return Noun(Span(span.begins, joined.end(1)), f"{unit} and {joined[1]}")
    return Noun(span, _plural(unit) if is_singular and not _is_plural(unit) else unit)


def _may_follow(word: str | None) -> bool:
    """Whether a second noun can stand before this word; ``serves 32 countries`` is a verb and its object."""
    return (
        word is None
        or (word.lower() in _STOPS and word.lower() not in _DETERMINERS)
        or _FOLLOWS_A_NOUN.match(word) is not None
    )


def _unit(words: list[tuple[str, Span]], head: int) -> str:
    """The head in lower case; one that says little takes the word before it (``computer systems``)."""
    unit = words[head][0].lower()
    before = words[head - 1][0] if head else ""
    is_joined = (unit in _SAYS_LITTLE and before.islower() and before.isalpha()) or words[head][0] == "States"
    return f"{before.lower()} {unit}".strip() if is_joined else unit


def _words(text: str, at: int, limit: int) -> list[tuple[str, Span]]:
    """The words up to the first that ends a noun phrase."""
    found: list[tuple[str, Span]] = []
    while len(found) < _MOST_WORDS:
        word = _WORD.match(text, at, limit)
        if word is None or (word[1].lower() in _STOPS and not (not found and word[1].lower() in _ANAPHORS)):
            break
        found.append((word[1], Span(word.start(1), word.end(1))))
        if word[1].lower() in _ANAPHORS:
            break
        at = word.end()
    return found


def _head(words: list[tuple[str, Span]]) -> int | None:
    """The place of the first plural noun that is not itself before the noun it describes."""
    for place, (word, _) in enumerate(words):
        if not _is_plural(word):
            continue
        following = words[place + 1][0] if place + 1 < len(words) else ""
        describes = word.lower() in _PLURAL_MODIFIERS or word[0].isupper()
        if not (describes and following and _is_plural(following)):
            return place
    return len(words) - 1 if words[-1][0] in _PEOPLES else None


def _singular_head(words: list[tuple[str, Span]]) -> int:
    """The last word but for what is said of the thing: ``one company sanctioned``."""
    last = len(words) - 1
    while last and words[last][0].islower() and words[last][0].endswith("ed"):
        last -= 1
    return last


def _is_plural(word: str) -> bool:
    lower = word.lower()
    if lower in _COLLECTIVE or (lower in _ANAPHORS and lower != "more") or lower.endswith("eaux"):
        return True
    if word.endswith("s") and len(word) > _SHORTEST_INITIALS and word[:-1].isupper():
        return True
    is_form = word.endswith("s") and len(word) > 3 and not lower.endswith(("ss", "us", "is", "’s", "'s"))
    return is_form and lower not in _NOT_PLURAL


def _plural(word: str) -> str:
    if word in _RARE_PLURALS:
        return _RARE_PLURALS[word]
    return f"{word[:-1]}ies" if word.endswith("y") and word[-2:-1] not in "aeiou" else f"{word}s"
