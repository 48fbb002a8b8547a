"""The forms of English verbs: "impose, imposes, imposed, imposing", and those that are irregular."""

from __future__ import annotations

from enum import StrEnum


class Form(StrEnum):
    """``PAST`` is also the participle, save for the few verbs that tell them apart (``gave``, ``given``)."""

    BASE = "base"
    S = "s"
    PAST = "past"
    PARTICIPLE = "participle"
    ING = "ing"


_IRREGULAR = {
    "give": "gave given", "take": "took taken", "make": "made made", "hold": "held held", "freeze": "froze frozen",
    "bring": "brought brought", "send": "sent sent", "pay": "paid paid", "shut": "shut shut", "put": "put put",
    "withdraw": "withdrew withdrawn", "seek": "sought sought", "tell": "told told", "run": "ran run", "set": "set set",
    "begin": "began begun", "break": "broke broken", "cut": "cut cut", "lead": "led led", "write": "wrote written",
    "speak": "spoke spoken", "meet": "met met", "draw": "drew drawn", "stand": "stood stood", "build": "built built",
    "lay": "laid laid", "find": "found found", "reset": "reset reset", "get": "got got",
    "rebuild": "rebuilt rebuilt", "spend": "spent spent", "go": "went gone", "offer": "offered offered",
}  # fmt: skip
_DOUBLES = frozenset(
    "ship ban expel pin plan run set reset get put shut cut begin step refer commit stop equip".split()
)
UNCHANGED = frozenset(verb for verb, past in _IRREGULAR.items() if past.split()[0] == verb)
"""Verbs whose past is like their base: put, set, cut."""


def inflected(verb: str) -> dict[str, Form]:
    """The forms of an English verb and what each is."""
    stem = verb[:-1] if verb.endswith("e") else verb
    double = verb[-1] if verb in _DOUBLES else ""
    if verb.endswith("y") and verb[-2] not in "aeiou":
        third, past = f"{verb[:-1]}ies", f"{verb[:-1]}ied"
    else:
        third = f"{verb}es" if verb.endswith(("s", "sh", "ch", "x", "z")) else f"{verb}s"
        past = f"{stem}{double}ed"
    simple, participle = _IRREGULAR.get(verb, f"{past} {past}").split()
    forms = {f"{stem}{double}ing": Form.ING, third: Form.S, participle: Form.PARTICIPLE, simple: Form.PAST}
    return {**forms, verb: Form.BASE}
