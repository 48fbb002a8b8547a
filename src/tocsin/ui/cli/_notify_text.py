"""Plans as text: totals first, then what would be sent, then what would not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from tocsin.ui.cli.shell import show, show_table

if TYPE_CHECKING:
    from tocsin.labels import Label
    from tocsin.tasks.notify_show import PlanView

_COLUMNS = ("number", "to", "address", "kind", "findings", "compromise", "wave", "goes", "due", "stands", "why")


def show_plan(view: PlanView, label: Label) -> None:
    """The whole plan on stdout."""
    from tocsin.reports import terminal

    filed, totals = view.filed, view.totals()
    show(f"{label}  plan {filed.id}: {terminal(filed.case_id)}, as of {filed.as_of}")
    show(terminal(f"made by {filed.made_by} at {filed.made_at[:16]} UTC; {_state(view)}"))
    if filed.waves is not None:
        waves = filed.waves
        show(terminal(f"{waves['count']} waves over {waves['days']} days, for which {waves['approver']} answers"))
    show("")
    show(f"{'would be sent' if filed.state == 'planned' else 'notices'}: {_sent_words(totals)}")
    show_table(_COLUMNS, (_cells(row) for row in view.rows()), right=("findings",))
    show("")
    left_out = _number(totals, "withheld_findings", "finding"), _number(totals, "withheld_constituents", "constituent")
    show(f"would not be sent: {' of '.join(left_out)}")
    if not filed.withheld:
        return
    by_code = totals["withheld"]
    assert isinstance(by_code, Mapping)
    counts = ([code, each["constituents"], each["findings"]] for code, each in by_code.items())
    show_table(("reason", "constituents", "findings"), counts, right=("constituents", "findings"))
    left = ([row[name] for name in ("constituent", "code", "findings", "until", "why")] for row in view.left_out())
    show_table(("constituent", "reason", "findings", "until", "why"), left, right=("findings",))


def _sent_words(totals: Mapping[str, object]) -> str:
    said = f"{_number(totals, 'notices', 'notice')} about {_number(totals, 'findings', 'finding')}"
    parts = {"public_bodies": "to public bodies", "persons": "to persons", "compromised": "with traces of compromise"}
    some = [f"{totals[name]:,} {words}" for name, words in parts.items() if totals[name]]
    return f"{said}; {', '.join(some)}" if some else said


def _number(totals: Mapping[str, object], name: str, noun: str) -> str:
    count = totals[name]
    assert isinstance(count, int)
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def _state(view: PlanView) -> str:
    if not view.filed.events:
        return "nothing has been sent"
    return "; ".join(
        f"{each.what} by {each.author} at {each.at[:16]} UTC{f': {each.reason}' if each.reason else ''}"
        for each in view.filed.events
    )


def _cells(row: Mapping[str, object]) -> list[object]:
    names = ("number", "name", "address", "kind", "findings", "compromise", "wave")
    compromise = "" if row["compromise"] == "none_known" else row["compromise"]
    cells = [compromise if name == "compromise" else row[name] for name in names]
    return [*cells, str(row["not_before"])[:16], row["due_on"], row["standing"], row["why"]]
