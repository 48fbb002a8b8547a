"""What being told first changed: the waves of a case's plans, held beside each other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from tocsin.remediation.effect import CAVEATS, METHOD, Draw, Effect, Watched, effect
from tocsin.remediation.parties import fixed_by_day
from tocsin.store.reach import Waves, load_waves
from tocsin.store.workspace import Workspace
from tocsin.tasks._parties import Tell, day_asked, follow_until, framed, looked_on


@dataclass(frozen=True, slots=True, kw_only=True)
class Effects:
    """What could be compared, what not and why, and what must be said with it."""

    case_id: str
    as_of: date
    looked_on: date
    found: Effect

    def as_json(self) -> dict[str, object]:
        return {
            "case": self.case_id,
            "as_of": self.as_of.isoformat(),
            "looked_on": self.looked_on.isoformat(),
            "method": METHOD,
            "contrasts": [each.as_json() for each in self.found.contrasts],
            "declined": list(self.found.declined),
            "caveats": list(CAVEATS),
        }


def what_telling_changed(
    workspace: Workspace, case_id: str, *, as_of: date | None, now: datetime, tell: Tell
) -> Effects:
    """The effect of each wave up to a day, by default today.

    ``tell`` hears of the reports being folded in. Raises ``AskError``.
    """
    on = day_asked(as_of, now)
    followed = follow_until(workspace, case_id, on=on, known_at=None, tell=tell)
    until = min(now, datetime.combine(on + timedelta(days=1), time(), UTC) - timedelta(microseconds=1))
    draws = [_draw(each) for each in load_waves(followed.view.desk, case_id, until=until)]
    bodies = followed.subject.bodies
    wanted = sorted({name for each in draws for name in each.members})
    names = [name for name in wanted if name in bodies and bodies[name].kind != "person"]
    fixed, gone = fixed_by_day(followed.subject, names)
    watched = Watched(days=followed.subject.lives.days, names=names, fixed=fixed, gone=gone)
    frame = framed(followed, f"tocsin effect {case_id}", METHOD, on)
    return Effects(case_id=case_id, as_of=on, looked_on=looked_on(followed), found=effect(draws, watched, frame))


def _draw(waves: Waves) -> Draw:
    is_random = waves.drawn.get("seed") is not None
    return Draw(plan=waves.plan, is_random=is_random, members=waves.members, left_on=waves.left_on)
