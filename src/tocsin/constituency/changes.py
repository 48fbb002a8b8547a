"""What an import would change: the constituency as it is and a registry in, every difference out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tocsin.constituency.constituent import Constituent
from tocsin.constituency.registry import Registry


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """One field of a constituent, before and after."""

    field: str
    before: object
    after: object

    def __str__(self) -> str:
        if isinstance(self.before, tuple) and isinstance(self.after, tuple):
            gone = [f"-{value}" for value in self.before if value not in self.after]
            new = [f"+{value}" for value in self.after if value not in self.before]
            return f"{self.field}: {' '.join([*gone, *new])}"
        return f"{self.field}: {_word(self.before)} → {_word(self.after)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A constituent that stays and is told differently."""

    before: Constituent
    after: Constituent
    fields: tuple[FieldChange, ...]

    def as_json(self) -> dict[str, object]:
        return {
            "id": self.after.id,
            "name": self.after.name,
            "fields": {
                each.field: {"before": _plain(each.before), "after": _plain(each.after)} for each in self.fields
            },
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPlan:
    """The differences, by id. ``kept`` stay as they were because their rows in the file could not be read;
    ``orphaned`` name a parent that is removed.
    """

    added: tuple[Constituent, ...]
    changed: tuple[Change, ...]
    removed: tuple[Constituent, ...]
    kept: tuple[str, ...]
    orphaned: tuple[str, ...]
    after: tuple[Constituent, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.added or self.changed or self.removed)


def plan_import(current: Iterable[Constituent], registry: Registry) -> ImportPlan:
    """What becomes of ``current`` when ``registry`` speaks for the constituents of its sources.

    An id that so far came from another source is taken over. A constituent whose row could not be read stays as it was,
    and a file of which no row could be read removes nobody.
    """
    before = {each.id: each for each in current}
    spoken = {each.id: each for each in registry.constituents}
    missing = [each for each in before.values() if each.registry in registry.sources and each.id not in spoken]
    kept = [each.id for each in missing if each.id in registry.rejected_ids or not spoken]
    removed = {each.id: each for each in missing if each.id not in kept}
    changed = {
        id_: Change(before=before[id_], after=after, fields=fields)
        for id_, after in spoken.items()
        if id_ in before and (fields := _field_changes(before[id_], after))
    }
    added = {id_: each for id_, each in spoken.items() if id_ not in before}
    after = {id_: each for id_, each in before.items() if id_ not in removed}
    after |= {id_: change.after for id_, change in changed.items()} | added
    return ImportPlan(
        added=tuple(added.values()),
        changed=tuple(changed.values()),
        removed=tuple(removed.values()),
        kept=tuple(kept),
        orphaned=tuple(each.id for each in after.values() if each.parent in removed),
        after=tuple(after[id_] for id_ in sorted(after)),
    )


def _field_changes(before: Constituent, after: Constituent) -> tuple[FieldChange, ...]:
    new = after.fields()
    return tuple(
        FieldChange(field=name, before=value, after=new[name])
        for name, value in before.fields().items()
        if not _is_same(value, new[name])
    )


def _is_same(before: object, after: object) -> bool:
    """Equal; lists whatever their order, which means nothing."""
    if isinstance(before, tuple) and isinstance(after, tuple):
        return sorted(before) == sorted(after)
    return before == after


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def _word(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value) if value else "none"
