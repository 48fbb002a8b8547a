"""What a recipient may answer, what each answer means and what comes of it.

An answer is an assertion: it never closes a finding. Only a later observation does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

WORDS_LIMIT = 2000
"""So many characters of a recipient's own words are kept."""


class Answer(StrEnum):
    """One of five; the words are those of ``answers.what`` on the desk."""

    FIXED = "fixed"
    NOT_OURS = "not_ours"
    WRONG_CONTACT = "wrong_contact"
    NEED_HELP = "need_help"
    STOP = "stop"


class Via(StrEnum):
    """How it came: by a link of the notice, by mail, or told to a person (by telephone, say)."""

    PAGE = "page"
    MAIL = "mail"
    PERSON = "person"


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """``means`` and ``happens`` are sentences for the officer.

    ``is_queued``: it waits for a person who settles it. ``suppresses``: nothing more goes to the address.
    """

    answer: Answer
    means: str
    happens: str
    is_queued: bool = False
    suppresses: bool = False


MEANINGS = {
    meaning.answer: meaning
    for meaning in (
        Meaning(
            answer=Answer.FIXED,
            means="they say that they have updated",
            happens="it is kept beside the findings, which stay open until a later observation shows the fix",
        ),
        Meaning(
            answer=Answer.NOT_OURS,
            means="they say that the services are not theirs",
            happens="it waits in the queue; a person sets the assignment aside or leaves it",
            is_queued=True,
        ),
        Meaning(
            answer=Answer.WRONG_CONTACT,
            means="they say that somebody else is responsible",
            happens="it waits in the queue; a person sets the contact aside or enters a better one",
            is_queued=True,
        ),
        Meaning(
            answer=Answer.NEED_HELP,
            means="they ask for help",
            happens="it waits in the queue; a person gets in touch",
            is_queued=True,
        ),
        Meaning(
            answer=Answer.STOP,
            means="they want no more notices",
            happens="nothing more is sent to this address; the findings stay open and need another way",
            suppresses=True,
        ),
    )
}

QUEUED = tuple(answer for answer, meaning in MEANINGS.items() if meaning.is_queued)


def is_open(answer: Answer, events: Sequence[str]) -> bool:
    """Whether it waits for a person, given what happened to it (``settled``, ``reopened``), oldest first."""
    return MEANINGS[answer].is_queued and (not events or events[-1] != "settled")


def own_words(text: str) -> str:
    """What a stranger wrote, as it is kept: lines of text, without other control characters, cut at ``WORDS_LIMIT``."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(each for each in lines if each in "\n\t" or each.isprintable())
    return kept.strip()[:WORDS_LIMIT]
