from __future__ import annotations

import numpy as np

from tocsin.testing import World


def test_about_92_percent_of_addresses_are_patched_at_the_end(world: World) -> None:
    course, state = world.course, world.landscape.state
    servers = np.arange(len(course.before))
    concerned = state[course.before] == 0
    last = course.build_at(servers, np.full(len(servers), float(world.days)))
    assert 0.90 < (state[last] == 1)[concerned].mean() < 0.94


def test_nobody_runs_an_update_before_it_is_out(world: World) -> None:
    course, landscape = world.course, world.landscape
    updated = course.patched < world.days
    assert (landscape.ready[course.after[updated]] <= np.ceil(course.patched[updated])).all()


def test_old_branches_are_patched_in_place(world: World) -> None:
    builds = np.array([known.build for known in world.landscape.builds])
    after = builds[world.course.after[world.course.patched < world.days]]
    assert (after == "15.1.2106.13").sum() > 10


def test_web_shells_outlive_the_patch(world: World) -> None:
    course = world.course
    left = (course.planted < course.patched) & (course.cleaned > course.patched) & (course.patched < world.days)
    assert left.sum() > 50
    servers = np.flatnonzero(left)
    assert course.has_shell_at(servers, course.patched[servers]).all()
