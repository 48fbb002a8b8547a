"""Plans as text: totals first, then what would be sent, then what would not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

from tocsin.ui.cli.shell import PAGE, show, show_table

if TYPE_CHECKING:
    from tocsin.labels import Label
    from tocsin.tasks.notify_show import PlanView

_COMPROMISE = {"confirmed": "compromised", "possible": "maybe compromised"}
_COLUMNS = ("number", "to", "findings", "kind", "goes (UTC)", "why")


def show_plan(view: PlanView, label: Label) -> None:
    """The whole plan on stdout."""
    from tocsin.reports import terminal

    filed, totals = view.filed, view.totals()
    show(f"{label}  plan {filed.id}: {terminal(filed.case_id)}, as of {filed.as_of}")
    show(terminal(f"made by {filed.made_by} at {filed.made_at[:16].replace('T', ' ')} UTC; {_state(view)}"))
    if filed.waves is not None:
        waves = filed.waves
        show(terminal(f"{waves['count']} waves over {waves['days']} days, for which {waves['approver']} answers"))
    show("")
    show(f"{'would be sent' if filed.state == 'planned' else 'notices'}: {_sent_words(totals)}")
    _show_notices(view.rows())
    show("")
    left_out = _number(totals, "withheld_findings", "finding"), _number(totals, "withheld_constituents", "constituent")
    show(f"would not be sent: {' of '.join(left_out)}")
    if not filed.withheld:
        return
    by_code = totals["withheld"]
    assert isinstance(by_code, Mapping)
    _show_left_out(by_code, view.left_out())


def counted(number: int, noun: str) -> str:
    """``1 notice``, ``2 notices``."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _show_notices(rows: list[dict[str, object]]) -> None:
    """A line a notice, and below them each reason once: thousands of notices have a handful of reasons."""
    if not rows:
        return
    reasons = Counter(str(row["why"]) for row in rows)
    keys = {why: key for key, why in enumerate(reasons, start=1)}
    days = sorted({str(row["due_on"]) for row in rows})
    show(f"each asks to be fixed by {' or '.join(days) if len(days) < 3 else f'{days[0]} to {days[-1]}'}")
    cells = ([*_cells(row), keys[str(row["why"])]] for row in rows)
    show_table(_COLUMNS, cells, right=("findings", "why"), whole=("number", "goes (UTC)"), width=PAGE)
    show("")
    told = ([keys[why], number, why] for why, number in reasons.items())
    show_table(("why", "notices", "means"), told, right=("why", "notices"), width=PAGE)


def _show_left_out(by_code: Mapping[str, Mapping[str, object]], rows: list[dict[str, object]]) -> None:
    """Each reason with its words, where all have the same; below them who, with the words that differ."""
    words = {code: {str(row["why"]) for row in rows if row["code"] == code} for code in by_code}
    same = {code: next(iter(said)) for code, said in words.items() if len(said) == 1}
    counts = (
        [code, each["constituents"], each["findings"], same.get(code, "see below")] for code, each in by_code.items()
    )
    heads = ("reason", "constituents", "findings", "means")
    show_table(heads, counts, right=("constituents", "findings"), width=PAGE)
    show("")
    names = ("constituent", "code", "findings", "until")
    left = ([*(row[name] for name in names), "" if row["code"] in same else row["why"]] for row in rows)
    show_table(("constituent", "reason", "findings", "until", "why"), left, right=("findings",), width=PAGE)


def _sent_words(totals: Mapping[str, object]) -> str:
    said = f"{_number(totals, 'notices', 'notice')} about {_number(totals, 'findings', 'finding')}"
    parts = {"public_bodies": "to public bodies", "persons": "to persons", "compromised": "with traces of compromise"}
    some = [f"{totals[name]:,} {words}" for name, words in parts.items() if totals[name]]
    return f"{said}; {', '.join(some)}" if some else said


def _number(totals: Mapping[str, object], name: str, noun: str) -> str:
    count = totals[name]
    assert isinstance(count, int)
    return counted(count, noun)


def _state(view: PlanView) -> str:
    if not view.filed.events:
        return "nothing has been sent"
    told = (
        (f"{each.what} by {each.author} at {each.at[:16].replace('T', ' ')} UTC", each.reason)
        for each in view.filed.events
    )
    return "; ".join(f"{what}: {why}" if why else what for what, why in told)


def _cells(row: Mapping[str, object]) -> list[object]:
    compromise = _COMPROMISE.get(str(row["compromise"]), "")
    wave = "" if row["wave"] is None else f"wave {row['wave']}"
    standing = "" if row["standing"] == "planned" else str(row["standing"]).replace("_", " ")
    kind = ", ".join(filter(None, (str(row["kind"]), compromise, wave, standing)))
    to = f"{row['name']}, {row['address'] or row['channel']}"
    return [row["number"], to, row["findings"], kind, str(row["not_before"])[:16].replace("T", " ")]
