"""Build texts and the numbers in them, by the scheme that a pack states."""

from __future__ import annotations

import re
from dataclasses import dataclass

Parts = tuple[int, ...]

TEXT_LIMIT = 64
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme:
    """How a vendor writes builds: ``parts`` numbers of at most ``largest``, split at any of ``separators``.

    ``joints`` are the texts between the parts when tocsin writes a build.
    """

    name: str
    parts: int
    largest: int
    separators: tuple[str, ...]
    joints: tuple[str, ...]

    def write(self, parts: Parts) -> str:
        """The build as the vendor writes it; fewer parts than the scheme has are allowed."""
        text = str(parts[0])
        for joint, part in zip(self.joints, parts[1:], strict=False):
            text += f"{joint}{part}"
        return text


def read_build(scheme: Scheme, text: str) -> Parts:
    """The numbers of a build text, leading zeros dropped (some vendor records pad them).

    May give fewer parts than the scheme has: a build that shows only its first parts. Raises ``ValueError``
    whose message continues the sentence "the text …".
    """
    bare = text.strip()
    if len(bare) > TEXT_LIMIT:
        raise ValueError(f"is longer than {TEXT_LIMIT} characters")
    pieces = _split(scheme, bare)
    if not all(piece.isascii() and piece.isdigit() for piece in pieces):
        raise ValueError("is not a build: it has more than numbers")
    if len(pieces) > scheme.parts:
        raise ValueError(f"has {len(pieces)} parts, more than the {scheme.parts} of a build")
    parts = tuple(map(int, pieces))
    if max(parts) > scheme.largest:
        raise ValueError(f"has the part {max(parts)}, above {scheme.largest}, the largest that a build can have")
    return parts


def joints_of(example: str) -> tuple[str, ...]:
    """The texts between the numbers of an example build."""
    return tuple(re.findall(r"(?<=[0-9])[^0-9]+(?=[0-9])", example))


def in_words(number: int) -> str:
    """Small numbers as words, for sentences."""
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)


def _split(scheme: Scheme, text: str) -> list[str]:
    separators = sorted(scheme.separators, key=len, reverse=True)
    return re.split("|".join(map(re.escape, separators)), text, flags=re.IGNORECASE)
