from __future__ import annotations

from datetime import date

from tests.reports.dossiers import figure, large, share, small

from tocsin.figures import Period
from tocsin.reports.dossier import Course, every_figure, group_name, last_day, with_denominators


def test_every_figure_is_there_once_with_its_denominator() -> None:
    found = every_figure(small())
    assert len(found) == len(set(found))
    assert {one.denominator for one in found if one.denominator} <= set(found)


def test_the_headline_comes_first() -> None:
    dossier = large(3)
    assert every_figure(dossier)[:3] == dossier.headline[:3]


def test_a_figure_leads_to_its_denominator_and_no_further() -> None:
    whole = figure("ever seen affected", 40)
    part = share("fixed", 0.5, spread=0.1, open_=0.1, whole=whole)
    assert list(with_denominators(part)) == [part, whole]


def test_a_period_ends_on_its_last_day() -> None:
    period = Period(begins=date(2021, 3, 1), ends=date(2021, 3, 9))
    assert last_day(figure("affected", 1, day=period)) == date(2021, 3, 9)  # type: ignore[arg-type]  # a period


def test_a_group_is_named_without_its_kind() -> None:
    assert group_name(figure("affected", 1, group="country=GB")) == "GB"
    assert group_name(figure("affected", 1)) == ""


def test_a_change_on_the_time_line_breaks_every_course() -> None:
    changed = date(2021, 3, 19)
    assert large().breaks(Course(unit="organisations")) == (changed,)
    assert large().breaks(Course(unit="services", breaks=(date(2021, 3, 9), changed))) == (date(2021, 3, 9), changed)
