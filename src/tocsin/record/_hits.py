"""What was hit: products, firms, bodies and votes that a text names as targets, each with the key it is known by."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tocsin.record.gazetteer import EntityKind, Mention
from tocsin.record.spans import Span
from tocsin.record.words import words_of

ACT = (
    r"(?:cyber[- ]?)?(?:attacks?|hack(?:s|ing|ings)?|intrusions?|breach(?:es)?|compromises?|incidents?|incursions?"
    r"|exploitation|espionage|sabotage|operations?|campaigns?|infiltrations?|outages?|leaks?)"
)
"""Nouns of what was done, as a regular expression without anchors."""

_NOUN = re.compile(rf"\b{ACT}\b")
_VERB = re.compile(
    r"\b(?:target(?:s|ed|ing)?|hack(?:ed|ing)|breach(?:ed|ing)|compromis(?:ed|ing)|infiltrat(?:ed|ing)|exploit(?:s|ed|ing)"
    r"|attack(?:ed|ing)|penetrat(?:ed|ing)|interfer(?:ed|ing) (?:in|with)|disrupt(?:ed|ing)|crippl(?:ed|ing)|hit|struck"
    r"|vulnerabilit(?:y|ies) in|flaws? in)\b"
)
_THING = re.compile(
    r"\b(?:servers?|appliances?|devices|routers|firewalls?|gateways?|software|platform|vulnerabilit(?:y|ies)|flaws?)\b"
)
_ONTO = re.compile(r"[^.;:!?\n]{0,12}?\b(on|of|against|at|into|in|targeting|exploiting|affecting|using|via)\b[\s—–-]")
_ASIDE = re.compile(r"\s*[—–,(-]\s?(?:among others|inter alia|for example|notably|including)\s?[—–,)-]\s?")
_ARTICLE = re.compile(r"\s*(?:(?:the|its|their|a|an|servers? of|networks? of|systems? of|users? of)\s+){0,2}")
_BE = re.compile(
    r"[ ,](?:is|are|(?:(?:has|have|had|may have|might have) )?(?:was|were|been)|(?:was|were) being) (?:\w+ly |also )?$"
)
_THINGS = r"exchange|e-?mail|servers?|software|supply[ -]chain|ransomware|cyber|data|appliances|devices|systems|network"
_CAPITALS = re.compile(r"[A-Z][\w&-]*(?:[ ](?:[A-Z][\w&-]*|\d{1,4}\b)){0,3}")
_RUN_BEFORE = re.compile(rf"[A-Z][\w&-]*(?:[ ](?:[A-Z][\w&-]*|{_THINGS})){{0,4}}[ ]?$")
_PRODUCT = re.compile(
    r"[ ](?:[A-Z][\w-]*(?:[ ][A-Z][\w-]*){0,2}|[a-z][\w-]{2,}(?=[ ](?:servers?|software|platforms?|systems?|appliances?"
    r"|devices?|routers?|firewalls?|gateways?)\b))"
)
# What of a state may be hit, each with the word that it is known by.
_OF_STATE = re.compile(
    r"(?:['’]s)?[ ](?:[\w-]+[ ]){0,2}?(?:(?P<energy>power|energy|electric\w*)|(?P<health>health|hospitals?)"
    r"|(?P<railway>rail\w*)|(?P<bank>banks?|banking|financial)|(?P<telecom>telecom\w*)|(?P<water>water)"
    r"|(?P<ministry>ministry|ministries))\b"
)
_ON_STATE = frozenset({"on", "against", "targeting"})
_VOTE = re.compile(r"\belections?\b|\breferendum\b")
_VOTES = frozenset("election elections referendum".split())
# The words with which a noun and a verb of the deed begin.
_OPENS_NOUN = re.compile(rf"{ACT}|cyber")
_OPENS_VERB = re.compile(
    r"(?:target|hack|breach|compromis|infiltrat|exploit|attack|penetrat|interfer|disrupt|crippl|hit|struck|vulnerabilit"
    r"|flaw)\w*"
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_AFTER_VOTE = re.compile(r"[^.;:!?\n]{0,24}?\b(?:in|of)\s((?:19|20)\d\d)\b")
_IN_YEAR = re.compile(r"[^.;:,!?\n]{0,16}?\bin\s(?:[A-Z][a-z]+\s)?((?:19|20)\d\d)\b")
_HAS_YEAR = frozenset({EntityKind.AGENCY, EntityKind.GOVERNMENT})
_TARGETS = frozenset({EntityKind.AGENCY, EntityKind.COMPANY, EntityKind.GOVERNMENT})
_BLAMED = frozenset(set(EntityKind) - {EntityKind.COMPANY, EntityKind.AGENCY})
_STATES = frozenset({EntityKind.STATE, EntityKind.DEMONYM})
_DOER = re.compile(r"\s(?:on|against|by)\b")
_LINE = 240
_ENDS_A_SENTENCE = (".", "!", "?", ";", "”", '"')
_WORD = re.compile(r"[A-Za-z0-9]+")
# Words that say what kind of thing was hit or done, and are left out of its name: these however they are written,
_HEADS = frozenset(
    "server servers software platform platforms system systems vulnerability vulnerabilities inc corp corporation ltd"
    " plc llc the a an".split()
)
# and these where they are written small, for a name may have them (Sample Mail).
_KINDS = frozenset(
    "product products device devices appliance appliances flaw flaws attack hack breach email mail ransomware cyber"
    " data supply chain customers users network networks of and on premises".split()
)
# Capitals that begin a sentence, name a day, or head a company's own department: no target.
_NO_NAME = frozenset(
    "the this that these those such a an our their his her its in on at as after before since for but and if when while"
    " what why how did does do is are was were both any some many most several other more all no not we they it he she"
    " january february march april may june july august september october november december monday tuesday wednesday"
    " thursday friday saturday sunday mon tue wed thu fri sat sun cyber cyberattack cyberattacks state malicious"
    " alleged major massive large foreign hostile threat intelligence president chief vice security research defender"
    " project teams said says digital crimes response team government internet russian western global"
    " international national statement advisory joint press release ministry minister urgent question"
    " answer commons lords".split()
)


@dataclass(frozen=True, slots=True)
class Hit:
    """A target at a place. ``key`` is small but for a state's code: ``sample-mail``, ``election-US-2020``."""

    span: Span
    key: str


def hits(text: str, mentions: Sequence[Mention]) -> list[Hit]:
    """Everything that ``text`` names as hit, in order; the same words give one hit."""
    starts = [mention.span.begins for mention in mentions]
    found: dict[int, Hit] = {}
    for hit in (*_named(text, mentions, starts), *_products(text, mentions), *_votes(text, mentions, starts)):
        held = found.get(hit.span.begins)
        if held is None or len(hit.key) > len(held.key):
            found[hit.span.begins] = hit
    return [found[begins] for begins in sorted(found)]


def lowered(text: str) -> str:
    """``text`` in small letters, character for character: as it is where a letter would become two."""
    low = text.lower()
    return low if len(low) == len(text) else text


def key_of(name: str) -> str:
    """The key of a name in words: small letters, without the words for its kind."""
    words = (word for word in _WORD.findall(name) if word not in _KINDS)
    return "-".join(word.lower() for word in words if word.lower() not in _HEADS)


def key_of_body(canonical: str, state: str | None) -> str:
    """The key of a body or firm of the gazetteer: ``org:FI-parliament`` is ``parliament-FI``."""
    name = canonical.partition(":")[2]
    if state is None:
        return name.lower()
    own = name.removeprefix(state).removesuffix(f"-{state.lower()}").strip("-").lower()
    return f"{own or 'government'}-{state}"


def _named(text: str, mentions: Sequence[Mention], starts: Sequence[int]) -> Iterator[Hit]:
    """Targets beside a word for the deed: "the Example hack", "attack on Example", "Example was breached"."""
    words = words_of(text)
    for act in words.found(_NOUN, lowered(text), words.like(_OPENS_NOUN)):
        if not _DOER.match(text, act.end()):
            yield from _before(text, act.start(), mentions, starts)
        onto = _ONTO.match(text, act.end(), act.end() + 40)
        if onto:
            is_single = not act.group().endswith("s")
            yield from _after(text, onto.end(), mentions, starts, is_of_state=is_single and onto[1] in _ON_STATE)
    for thing in words.found(_THING, text, words.like(_THING)):
        near = _within(thing.start() - 60, thing.start(), mentions, starts)
        if not near or near[-1].span.ends < thing.start() - 1:
            yield from _before(text, thing.start(), mentions, starts)
    for act in words.found(_VERB, text, words.like(_OPENS_VERB)):
        be = _BE.search(text, max(0, act.start() - 40), act.start())
        if be:
            yield from _before(text, be.start(), mentions, starts)
        else:
            yield from _after(text, act.end(), mentions, starts)


def _before(text: str, ends: int, mentions: Sequence[Mention], starts: Sequence[int]) -> Iterator[Hit]:
    """The name that ends there, with what a gazetteer does not know of as a name too."""
    near = _within(ends - 90, ends, mentions, starts)
    if near and near[-1].kind in _TARGETS and near[-1].span.ends in (ends, ends - 1):
        yield _body(text, near[-1])
        return
    run = _RUN_BEFORE.search(text, max(0, ends - 70), ends)
    if run is not None:
        blamed = (mention.span.ends for mention in near if mention.kind in _BLAMED)
        yield from _called(text, max(run.start(), *blamed, 0), ends)


def _after(
    text: str, begins: int, mentions: Sequence[Mention], starts: Sequence[int], *, is_of_state: bool = False
) -> Iterator[Hit]:
    """The name that begins there; a state itself only where ``is_of_state``, for general talk names states too."""
    aside = _ASIDE.match(text, begins - 1, begins + 30)
    begins = aside.end() if aside else begins
    article = _ARTICLE.match(text, begins, begins + 40)
    begins = article.end() if article else begins
    at = bisect_left(starts, begins - 4)
    mention = mentions[at] if at < len(mentions) and starts[at] <= begins else None
    if mention is None:
        name = _CAPITALS.match(text, begins, begins + 60)
        if name:
            yield from _called(text, name.start(), name.end())
    elif mention.kind in _TARGETS:
        yield _body(text, mention)
    elif mention.kind in _STATES and is_of_state and mention.state:
        part = _OF_STATE.match(text, mention.span.ends, mention.span.ends + 60)
        yield Hit(mention.span, f"{part.lastgroup if part else 'state'}-{mention.state}")


def _called(text: str, begins: int, ends: int) -> Iterator[Hit]:
    """A name that no gazetteer has, without the words around it that are no part of one."""
    if _is_heading(text, begins):
        return
    words = list(_WORD.finditer(text, begins, ends))
    while words and words[0].group().lower() in _NO_NAME:
        del words[0]
    if words and words[0].group()[0].isupper() and len(words[0].group()) > 2:
        span = Span(words[0].start(), words[-1].end())
        key = key_of(span.of(text))
        if key and not key.isdigit():
            yield Hit(span, key)


def _is_heading(text: str, at: int) -> bool:
    """Whether capitals say nothing there: a line that is no sentence, and most of its words have one."""
    begins, ends = text.rfind("\n", max(0, at - _LINE), at) + 1, text.find("\n", at, at + _LINE)
    ends = ends if ends >= 0 else len(text)
    if ends - begins > _LINE or text.endswith(_ENDS_A_SENTENCE, begins, ends):
        return False
    words = [word for word in _WORD.findall(text, begins, ends) if len(word) > 3]
    capitals = sum(1 for word in words if word[:1].isupper())
    return capitals * 2 > len(words) > 3


def _body(text: str, mention: Mention) -> Hit:
    key = key_of_body(mention.canonical, mention.state)
    product = _PRODUCT.match(text, mention.span.ends, mention.span.ends + 60)
    if mention.kind is EntityKind.COMPANY and product:
        return _product(text, mention, product.end())
    year = _IN_YEAR.match(text, mention.span.ends, mention.span.ends + 40) if mention.kind in _HAS_YEAR else None
    return Hit(mention.span, f"{key}-{year.group(1)}" if year else key)


def _products(text: str, mentions: Sequence[Mention]) -> Iterator[Hit]:
    """A firm's name with that of its product, and a firm alone in front of the deed: "Example Mail", "Example hack"."""
    for mention in mentions:
        if mention.kind is EntityKind.COMPANY and text[mention.span.ends : mention.span.ends + 1] == " ":
            product = _PRODUCT.match(text, mention.span.ends, mention.span.ends + 60)
            if product and product.group().split()[0].lower() not in _NO_NAME:
                yield _product(text, mention, product.end())
            elif _NOUN.match(text[mention.span.ends + 1 : mention.span.ends + 20].lower()):
                yield Hit(mention.span, key_of_body(mention.canonical, None))


def _product(text: str, mention: Mention, ends: int) -> Hit:
    span = Span(mention.span.begins, ends)
    firm = key_of_body(mention.canonical, None)
    own = key_of(text[mention.span.ends : ends])
    return Hit(span, f"{firm}-{own}" if own else firm)


def _votes(text: str, mentions: Sequence[Mention], starts: Sequence[int]) -> Iterator[Hit]:
    for vote in words_of(text).found(_VOTE, text, _VOTES):
        before = _YEAR.findall(text, max(0, vote.start() - 40), vote.start())
        after = _AFTER_VOTE.match(text, vote.end(), vote.end() + 40)
        year = before[-1] if before else after and after.group(1)
        states = [near.state for near in _within(vote.start() - 40, vote.start(), mentions, starts) if near.state]
        parts = [vote.group().rstrip("s"), *states[-1:], *([year] if year else [])]
        if len(parts) > 1:
            yield Hit(Span(vote.start(), vote.end()), "-".join(parts))


def _within(begins: int, ends: int, mentions: Sequence[Mention], starts: Sequence[int]) -> Sequence[Mention]:
    return mentions[bisect_left(starts, begins) : bisect_left(starts, ends)]
