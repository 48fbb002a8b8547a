"""Numbers that stand without the thing they count: what else shows that they count and do not name."""

from __future__ import annotations

import re

from tocsin.record.reading.numbers import Number
from tocsin.record.spans import Span

_OF_WHICH = re.compile(
    r"\b(?:of (?:which|whom|these|those|them)|among (?:them|these|those)),? (?:\w+ )?\Z", re.IGNORECASE
)
_OUT_OF = re.compile(r"(?:and |but )?(?:out )?(?:of|among) ", re.IGNORECASE)
_THE = re.compile(r"\b(?:the|these|those|all|another|remaining|among|only) (?:\w+ )?\Z", re.IGNORECASE)
_PREDICATE = re.compile(r" (?:were|was|are|is|had|have|has|may|might|could|will|would|did|do)\b")
_VERB = re.compile(r" (?!(?:in|on|at|to|of|and|or|the|per|by)\b)[a-z]{3,15}")
_GOES_ON = re.compile(
    r"[ \u00a0]+(?!(?:were|was|are|is|had|have|has|may|might|could|will|would|did|do|of|in|on|at|by|to|for|from"
    r"|and|or|but|as|that|which|who|when|while|after|before|since|last|this|worldwide|across|with|more|so|because)\b)[A-Za-z]"
)
# A sum, a tally or a comparison says that a number is one of things: "the number of victims rose from 12 to 48".
_TALLY = re.compile(
    r"\b(?:number|total|tally|toll|count|figure)s?\b(?P<of> of [^.;:,]{1,60}?)?[^.;:]{0,60}?"
    r"\b(?:to|from|at|is|was|be|reach(?:ed|es)|hit|exceed(?:ed|s)|pass(?:ed|es)|than|by) "
    r"(?:now |only |just |already )?\Z",
    re.IGNORECASE,
)
_COMPARED = re.compile(r"\b(?:compared? (?:with|to)|compares (?:with|to)|(?:up|down) from|as against|versus) \Z")
_VOTES = re.compile(r"\bvotes? to \Z")
# Words for a whole whose members the number counts: "a staff of 450", "a fleet of 12".
_BODY = re.compile(
    r"\b(?P<body>staff|workforce|team|crew|membership|population|fleet|delegation|caseload|backlog|audience|electorate"
    r"|total|maximum|minimum|average) of (?:about |around |some |only |just )?\Z",
    re.IGNORECASE,
)
# A number that ends its clause is the object of such a verb: "the indictment names seven".
_OBJECT = re.compile(
    r"\b(?:names?|named|expelled|charged|arrested|sanctioned|detained|indicted|killed|hit|employs|lists?|listed|added"
    r"|total(?:s|led|ling)|identified|found|counted|recorded|numbered|claims?|blamed|seized|lost) \Z"
)
_CLAUSE_ENDS = re.compile(r"[.,;!?)”\"](?!\d)|\Z")
_SO_FAR = re.compile(
    r" (?:this (?:year|month|week)|last (?:year|month|week)|so far|to date|already|in (?:19|20)\d\d|since\b|"
    r"(?:a|per|each|every|in a) (?:day|week|month|year))\b"
)
# The next of a list that leaves its thing out: "14 firms in Germany, nine in France and six in Italy".
_ALIKE = re.compile(r"(?:,|,? and|,? or|,? but)(?: another| only| just| about| some)? \Z")
_IN_TURN = re.compile(r" (?:in|from|at|by|for|on|of) (?=[A-Z]|the\b|its\b)|(?= [a-z]+ed\b)")
_LEAST_BARE = 100
_LEAST_SPLIT = 1000
_TALLY_REACH = 140


def counts_alone(text: str, sentence: Span, number: Number, before: str, *, others: int, is_known: bool) -> bool:
    """Whether a number without noun or hedge counts all the same.

    ``before`` are the words right before it, ``others`` the numbers of its sentence that were counted, and ``is_known``
    says that the paragraph has named a thing that it could count.
    """
    if _OF_WHICH.search(before) or (others and _is_part_named(text, sentence, number, before)):
        return True
    if _COMPARED.search(before) or _VOTES.search(before) or _BODY.search(before) or tallied(text, sentence, number):
        return True
    if others and _ALIKE.search(before) and _IN_TURN.match(text, number.span.ends):
        return True
    if text.startswith("-strong", number.span.ends):
        return True
    if _OBJECT.search(before) and _CLAUSE_ENDS.match(text, number.span.ends, sentence.ends):
        return True
    is_written_out = number.low >= _LEAST_SPLIT and not number.span.of(text).isdigit()
    is_subject = _PREDICATE.match(text, number.span.ends) is not None
    if is_written_out or (is_subject and (others > 0 or number.span.begins == sentence.begins)):
        return True
    if is_known and _SO_FAR.match(text, number.span.ends, sentence.ends):
        return True
    if _GOES_ON.match(text, number.span.ends, sentence.ends):
        return False
    if _THE.search(before):
        return number.low >= _LEAST_BARE or is_subject
    return number.is_vague or (number.low >= _LEAST_BARE and not number.span.of(text).isdigit())


def tallied(text: str, sentence: Span, number: Number) -> re.Match[str] | None:
    """The words that make a number a tally, with what it is of in the group ``of``."""
    return _TALLY.search(text, max(sentence.begins, number.span.begins - _TALLY_REACH), number.span.begins)


def body_counted(before: str) -> str:
    """The unit that a word for a whole gives (``a staff of 450``); empty where there is none."""
    found = _BODY.search(before)
    return found["body"].lower() if found and found["body"].lower() in ("staff", "crew") else ""


def _is_part_named(text: str, sentence: Span, number: Number, before: str) -> bool:
    """``Of the 11 partners, two abstained``."""
    if not before.endswith((", ", " and ", " only ", " but ")) or not _OUT_OF.match(text, sentence.begins):
        return False
    return _VERB.match(text, number.span.ends, sentence.ends) is not None
