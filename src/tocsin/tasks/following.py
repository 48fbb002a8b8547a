"""A case followed over time: its panel caught up, its lives folded, whatever people declared laid over them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from zlib import crc32

import numpy as np

from tocsin.cases import Case
from tocsin.errors import AskError
from tocsin.figures import Figure, Query
from tocsin.remediation.changes import JUMP, Change, detect_changes
from tocsin.remediation.curves import Draws
from tocsin.remediation.exposure import Origin
from tocsin.remediation.lives import live
from tocsin.remediation.measures import Subject, follow
from tocsin.remediation.overlay import DatedOverride, lay_over, mark_over
from tocsin.remediation.panel import Panel
from tocsin.remediation.spells import Rules
from tocsin.store.batches import judged_batches
from tocsin.store.bodies import load_bodies, load_parents
from tocsin.store.notes import notes_in_force
from tocsin.store.overrides import overrides_ever
from tocsin.store.panels import fold_panel, load_panel
from tocsin.store.selection import relevant_batches
from tocsin.store.services import read_traces
from tocsin.store.workspace import Workspace
from tocsin.tasks.cases import active_cases
from tocsin.tasks.viewing import WHOLE_HISTORY, View, open_view

REPLICATES = 400
GROUP_REPLICATES = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How a case is followed: the rules of the fold, the jump that is a change, the seed that chance starts from."""

    misses: int = 2
    unlisted_days: int = 7
    jump: float = JUMP
    seed: int = 1

    def __post_init__(self) -> None:
        if self.misses < 1 or self.unlisted_days < 1:
            raise AskError(
                "nothing can be absent after no scan and no day", remedy="give --misses and --unlisted 1 or more"
            )
        if self.seed < 0:
            raise AskError(f"chance cannot start from {self.seed}", remedy="give --seed 0 or more")
        if not self.jump > 0:
            raise AskError(f"a jump of {self.jump} would make every scan a change", remedy="give --jump above 0")

    @property
    def options(self) -> str:
        """The options that say so on the command line; nothing where all are the defaults."""
        plain = Manner()
        named = {"misses": "--misses", "unlisted_days": "--unlisted", "jump": "--jump", "seed": "--seed"}
        return "".join(
            f" {option} {getattr(self, name)}"
            for name, option in named.items()
            if getattr(self, name) != getattr(plain, name)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """A case followed up to a day: its view, its subject, and a figure from which every other takes its frame."""

    view: View
    case: Case
    subject: Subject
    template: Figure
    seed: int

    def draws(self, replicates: int, about: str) -> Draws:
        """Chance for one course: the same for the same question, whatever else was asked before."""
        return Draws(replicates=replicates, rng=np.random.default_rng([self.seed, crc32(about.encode())]))


def open_follow(
    workspace: Workspace,
    case_id: str,
    *,
    as_of: date | None,
    known_at: datetime | None,
    manner: Manner,
    command: str,
    tell: Callable[[int, int], None],
) -> Followed:
    """Follows ``case_id`` up to ``as_of`` (default: the last day reported on), as far as ``known_at`` knew.

    ``command`` is what the figures name as their source, without day and manner. Raises ``AskError`` when it cannot be
    answered as asked.
    """
    view = open_view(workspace, case_id, as_of=as_of, known_at=known_at, window_days=WHOLE_HISTORY)
    case = active_cases(workspace)[case_id]
    origin = origin_of(case)
    panel, dated = _panel(view, tell), _overrides(view)
    changes = (*_declared(view, panel), *detect_changes(panel, jump=manner.jump))
    panel = replace(panel, marks=mark_over(panel.rows, panel.marks, [look.day for look in panel.looks], dated))
    lives = live(panel, load_parents(view.desk, known_at=known_at), changes)
    day = view.selection.as_of
    owners = [
        each.override for each in dated if each.override.what == "assignment" and each.begins <= day <= each.expires
    ]
    lives = replace(lives, services=lay_over(lives.services, owners))
    subject = follow(
        lives,
        read_traces(view.lake, view.selection),
        origin,
        Rules(misses=manner.misses, unlisted_days=manner.unlisted_days),
        changes,
        load_bodies(view.desk, known_at=known_at),
    )
    template = _template(view, origin, manner, command)
    return Followed(view=view, case=case, subject=subject, template=template, seed=manner.seed)


def origin_of(case: Case) -> Origin:
    """The day of the case's first patch, and the branches that had a build before. Raises ``AskError`` without one."""
    patches = sorted((event.on, event.what) for event in case.timeline if event.kind == "patch")
    if not patches:
        raise AskError(
            f"the case {case.id} states no day of a patch, from which exposure could be counted",
            remedy="add an event of kind 'patch' to the time line of its pack",
        )
    day, what = patches[0]
    old = {branch.id for branch in case.branches if any(build.released_from < day for build in branch.builds)}
    return Origin(day=day, what=what, old_branches=old or None)


def _panel(view: View, tell: Callable[[int, int], None]) -> Panel:
    chosen = view.selection
    judged = relevant_batches(judged_batches(view.desk, chosen.case_id, known_at=chosen.known_at))
    parents = load_parents(view.desk, known_at=chosen.known_at)
    if chosen.known_at is None:
        panel = load_panel(view.lake, chosen.case_id, judged, parents, tell=tell)
    else:
        panel = fold_panel(view.lake, judged, parents, tell=tell)
    return panel.until(chosen.as_of)


def _declared(view: View, panel: Panel) -> Sequence[Change]:
    sources = {look.source for look in panel.looks}
    return [
        Change(day=date.fromisoformat(note.on_day), source=note.source, text=f"{note.text}", is_declared=True)
        for note in notes_in_force(view.desk, known_at=view.selection.known_at)
        if note.source in sources and date.fromisoformat(note.on_day) <= view.selection.as_of
    ]


def _overrides(view: View) -> list[DatedOverride]:
    chosen = view.selection
    return [
        DatedOverride(
            override=entry.override,
            begins=date.fromisoformat(entry.begins_on),
            expires=date.fromisoformat(entry.expires_on),
        )
        for entry in overrides_ever(view.desk, chosen.case_id, known_at=chosen.known_at)
    ]


def _template(view: View, origin: Origin, manner: Manner, command: str) -> Figure:
    chosen = view.selection
    sources = sorted({f"{each.batch.source} ({each.batch.coverage})" for each in chosen.history})
    moment = f" --known-at {chosen.known_at.isoformat()}" if chosen.known_at else ""
    return Figure(
        id="",
        low=0,
        high=0,
        unit="",
        state="",
        place="",
        as_of=chosen.as_of,
        known_at=chosen.known_at,
        method=_method(sources, origin, manner),
        denominator=None,
        source=Query(command=f"{command} --to {chosen.as_of}{moment}{manner.options}", versions=view.versions()),
    )


def _method(sources: Sequence[str], origin: Origin, manner: Manner) -> str:
    return (
        f"Every service followed from look to look of {', '.join(sources)}, under its confirmed name where it moved; "
        f"exposure counted from {origin.day:%-d %B %Y} ({origin.what}). It ends with the first look that shows the "
        f"service fixed or mitigated; one missed by {manner.misses} complete scans that would have shown it is unseen, "
        f"one off every list for {manner.unlisted_days} days no longer listed, neither of them fixed. Ends lie between "
        "two looks: shares and times are nonparametric maximum likelihood (Turnbull), 95% intervals by drawing "
        "organisations anew, outer bounds with the undetermined, and what went out of sight, taken as affected "
        "to the end and as fixed."
    )
