"""Signed, expiring tokens: the links of a notice by which one answer to that one notice may be given.

A token is ``PA.EXPIRY.NUMBER.CODE``: a letter each for purpose and answer, the expiry in hexadecimal seconds since
1970, the notice's number, and HMAC-SHA256 over all of that, cut to 160 bits, in base32. It holds nothing else about
anybody, and it ends in a letter or digit, so that no mail program cuts it short.
Sources: RFC 2104, section 5 (a cut code is at least half as long as the hash); RFC 4648, section 6.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from tocsin.notices.answers import Answer

KEY_BYTES = 32
_DOMAIN = b"tocsin notice token 1\0"
_CODE_BYTES = 20
_SHAPE = re.compile(r"([a-z])([a-z])\.([0-9a-f]{8})\.([0-9A-Za-z]{1,32})\.([a-z2-7]{32})")


class Purpose(StrEnum):
    """Which page takes it: the one with a button, or the one-click unsubscription of RFC 8058."""

    ANSWER = "answer"
    UNSUBSCRIBE = "unsubscribe"


class Refusal(StrEnum):
    """Why a token is not taken. The last two are said only of tokens that we signed ourselves."""

    FORGED = "forged"
    EXPIRED = "expired"
    OTHER_PURPOSE = "other purpose"


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """``expires`` is UTC in whole seconds: the first moment at which it counts no more."""

    purpose: Purpose
    answer: Answer
    number: str
    expires: datetime


_PURPOSES = {Purpose.ANSWER: "a", Purpose.UNSUBSCRIBE: "u"}
_ANSWERS = {
    Answer.FIXED: "f",
    Answer.NOT_OURS: "n",
    Answer.WRONG_CONTACT: "w",
    Answer.NEED_HELP: "h",
    Answer.STOP: "s",
}
_PURPOSE_OF = {letter: purpose for purpose, letter in _PURPOSES.items()}
_ANSWER_OF = {letter: answer for answer, letter in _ANSWERS.items()}


def sign(token: Token, key: bytes) -> str:
    """The token as it stands in a link. Raises ``ValueError`` for a number or key that can be none."""
    seconds = int(token.expires.timestamp())
    body = f"{_PURPOSES[token.purpose]}{_ANSWERS[token.answer]}.{seconds:08x}.{token.number}"
    text = f"{body}.{_code(body, key)}"
    if not _SHAPE.fullmatch(text):
        raise ValueError("a number is of letters and digits, and an expiry lies before 2106")
    return text


def read(text: str, key: bytes, *, purpose: Purpose, now: datetime) -> Token | Refusal:
    """The token, or why it is not taken; nothing is said of one that we did not sign but that it is forged."""
    shape = _SHAPE.fullmatch(text)
    if shape is None:
        return Refusal.FORGED
    body, _, code = text.rpartition(".")
    if not hmac.compare_digest(_code(body, key).encode(), code.encode()):
        return Refusal.FORGED
    found, answer = _PURPOSE_OF.get(shape[1]), _ANSWER_OF.get(shape[2])
    if found is None or answer is None:  # signed by a tocsin that knows more than this one
        return Refusal.OTHER_PURPOSE
    if found is not purpose:
        return Refusal.OTHER_PURPOSE
    expires = datetime.fromtimestamp(int(shape[3], 16), UTC)
    if now >= expires:
        return Refusal.EXPIRED
    return Token(purpose=found, answer=answer, number=shape[4], expires=expires)


def answer_links(page: str, number: str, key: bytes, *, expires: datetime) -> Mapping[Answer, str]:
    """The link for each answer to one notice; ``page`` is the public address of our pages."""
    return {
        answer: _link(page, "a", Token(purpose=Purpose.ANSWER, answer=answer, number=number, expires=expires), key)
        for answer in Answer
    }


def unsubscribe_link(page: str, number: str, key: bytes, *, expires: datetime) -> str:
    """What stands in ``List-Unsubscribe``, with ``List-Unsubscribe-Post: List-Unsubscribe=One-Click`` beside it."""
    token = Token(purpose=Purpose.UNSUBSCRIBE, answer=Answer.STOP, number=number, expires=expires)
    return _link(page, "u", token, key)


def notice_link(page: str, number: str) -> str:
    """Where anyone who holds the notice may check it."""
    return f"{page.rstrip('/')}/n/{number}"


def _link(page: str, folder: str, token: Token, key: bytes) -> str:
    return f"{page.rstrip('/')}/{folder}/{sign(token, key)}"


def _code(body: str, key: bytes) -> str:
    if len(key) < KEY_BYTES:
        raise ValueError(f"a key has {KEY_BYTES} bytes or more")
    digest = hmac.digest(key, _DOMAIN + body.encode(), hashlib.sha256)
    return base64.b32encode(digest[:_CODE_BYTES]).decode().lower()
