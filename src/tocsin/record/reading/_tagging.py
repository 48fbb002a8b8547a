"""A sentence as the grammar of attributions sees it: a token a word, name or set phrase, and a letter for each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from tocsin.record.gazetteer import EntityKind, Mention
from tocsin.record.reading._lexicon import KINDS, NOUN_OR_VERB, STATE_WORDS, SUFFIXES
from tocsin.record.reading._phrases import PHRASES, STARTS
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
_TOKEN = re.compile(r"\w+(?:[-‑.&]\w+)*(?:n['’]t\b)?|['’](?:s\b|re\b|ve\b)?|[,;:–—()\"“”.?!…-]")
_PHRASE = re.compile(
    "|".join(rf"(?P<p{number}>(?:{'|'.join(words)})\b)" for number, (_, _, words) in enumerate(PHRASES)), re.IGNORECASE
)
_BE = frozenset("is was were are be been being got".split())
_DEFINITE = frozenset("the this these those its their".split())
_PEOPLE = frozenset("people men women two pair".split())
_DEPENDING = NOUN_OR_VERB | _PEOPLE | {"should", "responsible"}
_LONGEST_GLOSS = 24
_SKIPPED = frozenset("\"“”()'’")
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
    ahead = iter(mentions)
    name = next(ahead, None)
    at = span.begins
    while (found := _TOKEN.search(text, at, span.ends)) is not None:
        if name is not None and found.end() > name.span.begins:
            token = _named(text, name, found, span.ends)
            name = next(ahead, None)
            while name is not None and name.span.begins < token.ends:
                name = next(ahead, None)
        else:
            token = _plain(text, found, span.ends, tokens)
            if name is not None and name.span.begins < token.ends:
                token = _word(found.group(), found.start(), found.end(), tokens)
        behind = _after_gloss(text, token, tokens)
        at = behind or max(token.ends, found.start() + 1)
        if token.kind and behind is None:
            _add(text, tokens, token)
    return Line(span, tuple(tokens), "".join(token.kind for token in tokens))


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
    return Token(name.span.begins, ends, _LETTERS.get(name.kind, "B"), name)


def _after_gloss(text: str, token: Token, before: Sequence[Token]) -> int | None:
    """The place behind a short name in brackets that begins here: the Foreign Intelligence Service (SVR)."""
    if not before or before[-1].kind not in "SOABPpj" or text[token.begins - 1 : token.begins] != "(":
        return None
    closes = text.find(")", token.ends, token.ends + _LONGEST_GLOSS)
    return closes + 1 if closes >= 0 else None


def _add(text: str, tokens: list[Token], token: Token) -> None:
    """One token more; a demonym and the word for a state or its government after it are one name."""
    if token.mention is None and tokens and tokens[-1].kind == "D" and text[token.begins : token.ends] in _STATES:
        adjective = tokens.pop()
        token = Token(adjective.begins, token.ends, "S", adjective.mention)
    if token.kind == "g" and tokens and text[tokens[-1].begins : tokens[-1].ends].lower() in _RUN_BY_A_STATE:
        tokens[-1] = Token(tokens[-1].begins, tokens[-1].ends, "L", relation="backed_by")
    tokens.append(token)


def _plain(text: str, found: re.Match[str], limit: int, before: Sequence[Token]) -> Token:
    word = found.group()
    if word[0] in "'’" and (word[1:] == "s" or _is_plural_possessive(text, found)):
        return Token(found.start(), found.end(), "p")
    if word in _SKIPPED:
        return Token(found.start(), found.end(), "")
    if word.lower() in STARTS:
        phrase = _PHRASE.match(text, found.start(), limit)
        if phrase is not None and phrase.lastgroup is not None:
            letter, relation, _ = PHRASES[int(phrase.lastgroup[1:])]
            return Token(found.start(), phrase.end(), letter, relation=relation)
    return _word(word, found.start(), found.end(), before)


def _word(word: str, begins: int, ends: int, before: Sequence[Token]) -> Token:
    kind, relation, depends = _alone(word)
    if depends:
        kind, relation = _beside(word.lower(), kind, relation, before)
    if not kind:
        kind = "P" if word[0].isupper() and before and before[-1].kind != ";" else "j"
    return Token(begins, ends, kind, relation=relation)


@lru_cache(maxsize=50_000)
def _alone(word: str) -> tuple[str, str, bool]:
    """A word's letter (none: by its first letter) and form, and whether both depend on the word before it."""
    lower = word.lower()
    if not lower[0].isalnum():
        return "," if word in ",–—-" else ";" if word in ";:…" else ".", "", False
    if lower.endswith(("n't", "n’t")):
        return "x", "", False
    kind = KINDS.get(lower, "")
    if not kind and "-" in lower:
        return (*_compound(lower), False)
    return kind, _form_of(word, lower), lower in _DEPENDING


def _beside(lower: str, kind: str, relation: str, before: Sequence[Token]) -> tuple[str, str]:
    """The letter and the form of a word that depends on the one before it."""
    last = before[-1] if before else None
    if lower == "should":
        return ("a", relation) if last else ("f", relation)
    if lower in _PEOPLE:
        return ("g", "") if last and last.relation == "same" else (kind, relation)
    if lower == "responsible":
        is_said = last is not None and (last.relation == "be" or last.kind == "j")
        return ("R", "responsible_for") if is_said else (kind, relation)
    is_verb = last is not None and last.kind in "axuger"
    return ("v" if kind == "n" else "l" if kind == "w" else kind, relation) if is_verb else (kind, relation)


def _form_of(word: str, lower: str) -> str:
    """``be`` or ``ing``, by which a passive is told from what somebody does; ``capital``, by which a title is."""
    if lower in _BE:
        return "be"
    if lower == "same":
        return "same"
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
