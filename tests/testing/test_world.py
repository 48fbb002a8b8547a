from __future__ import annotations

import pytest

from tocsin.testing import KnownBuild, World, make_world, scan_files


def first_file(world: World) -> bytes:
    return next(scan_files(world)).data


def test_the_same_seed_gives_the_same_world_and_another_seed_another(builds: tuple[KnownBuild, ...]) -> None:
    one, same, other = (make_world(builds, scale=400, seed=seed) for seed in (1, 1, 2))
    assert first_file(one) == first_file(same) != first_file(other)
    assert one.organisations == same.organisations


def test_organisations_grow_with_the_servers_up_to_3000(builds: tuple[KnownBuild, ...]) -> None:
    small = make_world(builds, scale=4_000)
    assert sum(not org.provider for org in small.organisations) == 300


@pytest.mark.parametrize(("scale", "days"), [(100, 28), (300_000, 28), (4_000, 0), (4_000, 29)])
def test_a_world_out_of_bounds_is_refused(builds: tuple[KnownBuild, ...], scale: int, days: int) -> None:
    with pytest.raises(ValueError, match="scale must lie between 200 and 250000"):
        make_world(builds, scale=scale, days=days)
