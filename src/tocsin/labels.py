"""Traffic-light labels: who may see what leaves the house.

Source: FIRST, Traffic Light Protocol 2.0 (2022), section 3; the five labels in order of restriction.
"""

from __future__ import annotations

from enum import IntEnum


class Label(IntEnum):
    """A TLP 2.0 label; a larger one is more restricted."""

    CLEAR = 0
    GREEN = 1
    AMBER = 2
    AMBER_STRICT = 3
    RED = 4

    def __str__(self) -> str:
        return "TLP:" + self.name.replace("_", "+")


def parse_label(text: str) -> Label:
    """The label that ``text`` names, as ``TLP:AMBER+STRICT``, ``amber+strict`` or ``amber_strict``.

    ``WHITE`` is the name that TLP 1.0 had for ``CLEAR``. Raises ``ValueError`` for anything else.
    """
    name = text.strip().upper().removeprefix("TLP:").replace("+", "_").replace("-", "_")
    name = {"WHITE": "CLEAR"}.get(name, name)
    if name not in Label.__members__:
        raise ValueError(f"{text!r} is no TLP label; one of {', '.join(map(str, Label))}")
    return Label[name]
