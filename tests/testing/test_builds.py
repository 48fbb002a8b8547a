from __future__ import annotations

from datetime import date

import numpy as np

from tocsin.testing.builds import KnownBuild, survey


def by_name(builds: tuple[KnownBuild, ...]) -> dict[str, KnownBuild]:
    return {known.build: known for known in builds}


def test_the_truth_of_a_build_is_what_its_own_row_says(builds: tuple[KnownBuild, ...]) -> None:
    known = by_name(builds)
    assert known["15.1.2106.13"].state == "fixed"
    assert known["15.1.2176.4"].state == "affected"
    assert known["14.3.513.0"].state == known["14.3.509.0"].state == "not_affected"


def test_nobody_runs_a_disputed_build(builds: tuple[KnownBuild, ...]) -> None:
    assert "15.1.1415.8" not in by_name(builds)


def test_a_branch_is_mended_in_place_and_only_once_its_update_is_out(builds: tuple[KnownBuild, ...]) -> None:
    landscape = survey(builds, start=date(2021, 3, 4))
    names = [known.build for known in landscape.builds]
    old = names.index("15.1.1415.7")
    target = landscape.in_place[old]
    assert names[target] == "15.1.1415.10"
    assert landscape.ready[target] == 7
    assert names[landscape.newest[old]] == "15.1.2176.9"
    assert names[landscape.next_newest[old]] == "15.1.2242.4"


def test_at_the_start_only_builds_from_before_the_patch_run(builds: tuple[KnownBuild, ...]) -> None:
    landscape = survey(builds, start=date(2021, 3, 4))
    assert np.isclose(landscape.share.sum(), 1)
    running = {landscape.builds[index].build for index in np.flatnonzero(landscape.share)}
    assert running == {known.build for known in builds if known.released < date(2021, 3, 1)}
