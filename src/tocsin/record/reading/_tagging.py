"""A sentence as the grammar of attributions sees it: a token a word, name or set phrase, and a letter for each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import NamedTuple

from tocsin.record.gazetteer import EntityKind, Mention
from tocsin.record.reading._lexicon import ASIDE, KINDS, NO_ADVERBS, NOUN_OR_VERB, STATE_WORDS, SUFFIXES
from tocsin.record.reading._phrases import PHRASES
from tocsin.record.spans import Span

_LETTERS = {
    EntityKind.STATE: "S",
    EntityKind.CAPITAL: "S",
    EntityKind.GOVERNMENT: "S",
    EntityKind.HEAD: "S",
    EntityKind.DEMONYM: "D",
    EntityKind.ORGAN: "O",
    EntityKind.ACTOR: "A",
}
# The first way is that of most words: where nothing goes on behind them, nothing more has to be tried.
_TOKEN = re.compile(
    r"\w++(?![-‑.&'’])|\w+(?:[-‑.&]\w+)*(?:(?<=n)['’]t\b)?"
    r"|['’](?:s\b|re\b|ve\b|ll\b|d\b|m\b)?|[,;:–—()\"“”.?!…-]"
)
_BE = frozenset("is was were are be been being got".split())
_DEFINITE = frozenset("the this these those its their".split())
_PEOPLE = frozenset("people men women two pair".split())
_BODIES = frozenset("ministry service corps directorate bureau".split())
_OWN = frozenset("its their".split())
_TELLING = frozenset("for with at in on into inside across within through over under against claimed led".split())
_TARGETING = frozenset("targeting attacking probing stealing spying snooping scanning tampering".split())
_NAMED_BODIES = frozenset("Centre Center Guard Guards Bureau Directorate Corps Service Ministry".split())
_ANYBODY = frozenset("operators hackers attackers attacker hacker intruders intruder adversary adversaries".split())
_SPYING = frozenset("unit units spies spy officers officer agents agent operatives operative".split())
_THEIRS = frozenset("agencies services".split())
_SAME = frozenset("government country state service agency ministry hand hands organisation organization".split())
_DEPENDING = {"name"} | NOUN_OR_VERB | _PEOPLE | _SAME | _THEIRS | {"should", "responsible"}
_LONGEST_GLOSS = 24
_ASIDE = re.compile(",(?:[ue]a?s)?,")
_SKIPPED = frozenset("\"“”()'’")
_SPIES = frozenset(("org:NSA", "org:GCHQ"))
_RUN_BY_A_STATE = frozenset("state nation-state government state-run state-level military".split())
_STATES = frozenset("state State government Government regime authorities leadership territory soil".split())


class Token(NamedTuple):
    """One word, name or phrase: its place, its letter, the name it is, and what its phrase or suffix says of it.

    Of a plain word, ``relation`` tells its form: ``be``, ``ing``, ``ed``, ``same``, ``the`` or ``capital``.
    """

    begins: int
    ends: int
    kind: str
    mention: Mention | None = None
    relation: str = ""


class _Word(NamedTuple):
    """A word by itself: ``depends`` on the one before it, ``is_odd`` for marks, ``follows`` as in ``PHRASES``.

    ``is_simple``: whatever stands beside it, it is the same token, unless a set phrase begins with it; ``is_nothing``:
    it is no token.
    """

    lower: str
    kind: str
    relation: str
    depends: bool
    is_odd: bool
    follows: re.Pattern[str] | None
    is_capital: bool
    is_simple: bool
    is_nothing: bool


_TOKEN_OF = partial(tuple.__new__, Token)
"""A token of its five values, in a third of the time that its constructor takes."""


@dataclass(frozen=True, slots=True)
class Line:
    """The tokens of a sentence, and their letters as one text: the grammar's patterns run over ``kinds``."""

    span: Span
    tokens: tuple[Token, ...]
    kinds: str

    def place(self, first: int, last: int) -> Span:
        """Where tokens ``first`` to ``last`` (both included) stand in the text."""
        return Span(self.tokens[first].begins, self.tokens[last].ends)


def tag(text: str, span: Span, mentions: Sequence[Mention]) -> Line:
    """The sentence at ``span``, in which ``mentions`` stand. Quotation marks and brackets are no tokens."""
    tokens: list[Token] = []
    limit = span.ends
    ahead = iter(mentions)
    name = next(ahead, None)
    opens = name.span.begins if name is not None else limit
    has_bracket = text.find("(", max(0, span.begins - 1), limit) >= 0
    words = _TOKEN.finditer(text, span.begins, limit)
    while (found := next(words, None)) is not None:
        ends = found.end()
        if ends <= opens:
            known = _alone(found[0])
            begins = ends - len(found[0])
            if not (has_bracket and text[begins - 1 : begins] == "("):
                if known.is_simple and not (known.follows and known.follows.match(text, ends, limit)):
                    tokens.append(_TOKEN_OF((begins, ends, known.kind, None, known.relation)))
                    continue
                if known.is_nothing:
                    continue
            token = _plain(text, found, limit, tokens)
            if opens < token.ends and name is not None:
                token = _word(known, begins, ends, tokens)
        elif name is not None:
            token = _named(text, name, found, limit)
        behind = _after_gloss(text, token, tokens) if text[token.begins - 1 : token.begins] == "(" else None
        at = behind or max(token.ends, found.start() + 1)
        while name is not None and name.span.begins < at:
            name = next(ahead, None)
        opens = name.span.begins if name is not None else limit
        if token.kind and behind is None:
            _add(text, tokens, token)
        if at != ends:
            words = _TOKEN.finditer(text, at, limit)
    kinds = "".join([token.kind for token in tokens])
    while (aside := _ASIDE.search(kinds)) is not None:  # "the fifth, it said, was": what a pronoun says is no clause
        first, after = aside.span()
        tokens[first:after] = ()
        kinds = kinds[:first] + kinds[after:]
    return Line(span, tuple(tokens), kinds)


def _named(text: str, name: Mention, found: re.Match[str], limit: int) -> Token:
    """A name, or the compound that it begins (``Kremlin-linked``, ``Russian government-directed``)."""
    ends = name.span.ends
    if ends < limit and text[ends] in "-‑":
        rest = _TOKEN.match(text, ends + 1, limit)
        if rest is not None:
            suffix = rest.group().lower().rpartition("-")[2]
            relation = SUFFIXES.get(suffix, "")
            if relation:
                return Token(name.span.begins, rest.end(), "T" if relation == "located_in" else "L", name, relation)
            return Token(name.span.begins, rest.end(), "j")
    letter = "O" if name.canonical in _SPIES else _LETTERS.get(name.kind, "B")
    return Token(name.span.begins, ends, letter, name)


def _after_gloss(text: str, token: Token, before: Sequence[Token]) -> int | None:
    """The place behind a short name in brackets that begins here: the Foreign Intelligence Service (SVR)."""
    if not before or before[-1].kind not in "SOABPpj":
        return None
    closes = text.find(")", token.ends, token.ends + _LONGEST_GLOSS)
    return closes + 1 if closes >= 0 else None


def _add(text: str, tokens: list[Token], token: Token) -> None:
    """One token more; a demonym and the word for a state or its government after it are one name."""
    if tokens:
        last = tokens[-1]
        if last.kind == "D" and token.mention is None and text[token.begins : token.ends] in _STATES:
            tokens.pop()
            token = Token(last.begins, token.ends, "S", last.mention)
        elif token.kind == "g" and text[last.begins : last.ends].lower() in _RUN_BY_A_STATE:
            tokens[-1] = Token(last.begins, last.ends, "L", relation="backed_by")
    tokens.append(token)


def _plain(text: str, found: re.Match[str], limit: int, before: Sequence[Token]) -> Token:
    begins, ends = found.span()
    known = _alone(found.group())
    if known.is_odd:
        word = found.group()
        if word[0] in "'’" and (word[1:] == "s" or _is_plural_possessive(text, found)):
            is_verb = word[1:] == "s" and before and before[-1].kind in "uk"
            return Token(begins, ends, "a", None, "be") if is_verb else Token(begins, ends, "p")
        if word in _SKIPPED or not known.kind:
            return Token(begins, ends, "")
    if known.follows:
        phrase = known.follows.match(text, ends, limit)
        if phrase is not None and phrase.lastindex is not None:
            meant = PHRASES[known.lower][1][phrase.lastindex - 1]
            return Token(begins, phrase.end(), meant.letter, relation=meant.relation)
    return _word(known, begins, ends, before)


def _word(known: _Word, begins: int, ends: int, before: Sequence[Token]) -> Token:
    kind, relation = known.kind, known.relation
    if known.depends:
        kind, relation = _beside(known.lower, kind, relation, before)
    if not kind:
        kind = "P" if known.is_capital and before and before[-1].kind != ";" else "j"
    return Token(begins, ends, kind, None, relation)


@lru_cache(maxsize=50_000)
def _alone(word: str) -> _Word:
    """What a word tells by itself: its letter (none: by its first letter), its form, and what must be looked at."""
    lower = word.lower()
    is_odd = word[0] in "'’" or word in _SKIPPED
    if lower[0] in "'’" and len(lower) > 1:
        return _known(word, lower, "a", "", False, is_odd=is_odd)
    if not lower[0].isalnum():
        kind = "," if word in ",–—-" else ";" if word in ";:…" else "."
        return _known(word, lower, kind, "", False, is_odd=is_odd)
    if lower.endswith(("n't", "n’t")):
        return _known(word, lower, "x", "", False, is_odd=is_odd)
    kind = "Y" if word in _NAMED_BODIES else KINDS.get(lower, "")
    if lower in ASIDE or (not kind and lower.endswith("ly") and lower not in NO_ADVERBS):
        return _known(word, lower, "", "", False, is_odd=True)
    if not kind and "-" in lower:
        return _known(word, lower, *_compound(lower), False, is_odd=is_odd)
    return _known(word, lower, kind, _form_of(word, lower), lower in _DEPENDING, is_odd=is_odd)


def _known(word: str, lower: str, kind: str, relation: str, depends: bool, *, is_odd: bool) -> _Word:
    is_capital = word[0].isupper()
    if not (kind or is_odd or is_capital):
        kind = "j"
    follows = PHRASES[lower][0] if lower in PHRASES else None
    is_simple = bool(kind) and kind != "g" and not (depends or is_odd or word in _STATES)
    is_nothing = is_odd and word[0] not in "'’" and (word in _SKIPPED or not kind)
    return _Word(lower, kind, relation, depends, is_odd, follows, is_capital, is_simple, is_nothing)


def _beside(lower: str, kind: str, relation: str, before: Sequence[Token]) -> tuple[str, str]:
    """The letter and the form of a word that depends on the one before it."""
    last = before[-1] if before else None
    if lower == "should":
        return ("a", relation) if last else ("f", relation)
    if lower in _SAME or lower in _PEOPLE:
        is_again = last is not None and (last.relation == "same" or (lower in _PEOPLE and last.relation == "these"))
        return ("g", "") if is_again else (kind, relation)
    if lower in _THEIRS:
        return ("g", "") if last is not None and last.kind in "pD" else (kind, relation)
    if lower == "responsible":
        is_said = last is not None and (last.relation == "be" or last.kind == "j")
        return ("R", "responsible_for") if is_said else (kind, relation)
    is_verb = last is not None and last.kind in "axuger"
    if lower in _TARGETING and last is not None and last.kind == "p":
        return "n", relation
    if lower == "name":
        return ("N" if is_verb or (last is not None and last.kind == "x") else "j"), relation
    if lower == "targets":
        return ("v" if last is not None and last.kind in "axugerOAk" else "j"), relation
    if not is_verb:
        return kind, relation
    return ("v" if kind == "n" or lower in _TARGETING else "l" if kind == "w" else kind), relation


def _form_of(word: str, lower: str) -> str:
    """``be`` or ``ing``, by which a passive is told from what somebody does; ``capital``, by which a title is."""
    if lower in _BE:
        return "be"
    if lower in ("same", "these", "those"):
        return "same" if lower == "same" else "these"
    if lower in _OWN:
        return "own"
    if lower in _BODIES or word in _NAMED_BODIES:
        return "organ"
    if lower in _TELLING:
        return lower
    if lower in _SPYING:
        return "spies"
    if lower in _ANYBODY:
        return "anybody"
    if lower in _DEFINITE:
        return "the"
    if lower.endswith("ing"):
        return "ing"
    if word != lower:
        return "capital"
    return "ed" if lower.endswith("ed") else ""


def _compound(lower: str) -> tuple[str, str]:
    """``state-sponsored``, ``government-linked``: a state that is not named here."""
    head, _, suffix = lower.rpartition("-")
    relation = SUFFIXES.get(suffix, "")
    if relation and head.rpartition("-")[2] in STATE_WORDS:
        return "L", "backed_by" if relation == "located_in" else relation
    kind = KINDS.get(suffix, "j") if head in ("cyber", "nation", "state", "ransom", "hack") else "j"
    return kind if kind in "gnm" else "j", ""


def _is_plural_possessive(text: str, found: re.Match[str]) -> bool:
    at = found.start()
    return text[at - 1 : at] == "s" and text[at + 1 : at + 2] == " " and text[at + 2 : at + 3].islower()
