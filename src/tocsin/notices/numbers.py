"""Numbers of notices that nobody can guess, and ids of plans."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from datetime import UTC, datetime

Chance = Callable[[int], bytes]
"""Gives so many bytes that nobody can foretell."""
LENGTH = 26
"""Characters of a number, five bits each: 130 bits."""
_GROUP = 5
_NUMBER = re.compile(rf"[a-z2-7]{{{LENGTH}}}")


def notice_number(chance: Chance) -> str:
    """A new number: 130 bits of chance in base32 (RFC 4648, section 6), in small letters."""
    return base64.b32encode(chance(LENGTH * 5 // 8 + 1)).decode("ascii")[:LENGTH].lower()


def grouped(number: str) -> str:
    """The number as it is printed, in groups that can be read out."""
    return "-".join(number[start : start + _GROUP] for start in range(0, len(number), _GROUP))


def parse_number(text: str) -> str | None:
    """The number that somebody typed, with or without groups, in any case; ``None`` when it is none.

    The digits 0, 1 and 8, which no number has, are read as the letters that they were taken for.
    """
    plain = re.sub(r"[\s-]", "", text[:200]).lower().translate(str.maketrans("018", "olb"))
    return plain if _NUMBER.fullmatch(plain) else None


def plan_id(now: datetime, chance: Chance) -> str:
    """The day and six characters of chance: ``20210314-7c2f6b``."""
    return f"{now.astimezone(UTC):%Y%m%d}-{chance(3).hex()}"


def message_id(number: str, domain: str) -> str:
    """The Message-ID of a notice: the same however often it is tried."""
    return f"<{number}@{domain}>"
