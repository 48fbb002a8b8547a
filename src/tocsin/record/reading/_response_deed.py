"""A deed by which an attack is answered: a verb, what it must be done to, and the measure that makes it."""

from __future__ import annotations

from dataclasses import dataclass

from tocsin.record.assertions import Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """A verb that, done to one of ``objects`` (empty: to anything), is ``measure``.

    ``objects`` are single words, at most ``reach`` words away; ``particle`` must follow the verb within three words
    (``call … out``). ``is_lasting``: its present tense is a state of affairs (``we support``), not the act itself
    (``we condemn``). ``standing``: the verb itself tells it (``demand sanctions``). ``is_official``: counts only when a
    state or a public body does it, ``needs_state``: only when done to a state or its people. ``is_active``: never in
    the passive ("is linked to" blames, "linked it to" is a deed). ``spares``: words after it that make it another deed
    ("apologise to the noble Lord").
    """

    measure: str
    verb: str
    objects: frozenset[str] = frozenset()
    particle: str = ""
    is_lasting: bool = False
    is_official: bool = False
    needs_state: bool = False
    is_active: bool = False
    spares: frozenset[str] = frozenset()
    standing: Standing | None = None
    reach: int = 16


def row(
    measure: str,
    verbs: str,
    objects: str = "",
    *,
    particle: str = "",
    is_lasting: bool = False,
    is_official: bool = False,
    needs_state: bool = False,
    is_active: bool = False,
    spares: str = "",
    standing: Standing | None = None,
    reach: int = 16,
) -> tuple[Deed, ...]:
    """A deed for each of ``verbs``, all of one measure and alike."""
    return tuple(
        Deed(
            measure=measure,
            verb=verb,
            objects=frozenset(objects.split()),
            particle=particle,
            is_lasting=is_lasting,
            is_official=is_official,
            needs_state=needs_state,
            is_active=is_active,
            spares=frozenset(spares.split()),
            standing=standing,
            reach=reach,
        )
        for verb in verbs.split()
    )
