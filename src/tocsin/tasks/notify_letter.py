"""Shows a notice before it goes, puts notices down as files for a person to carry, and takes a wrong one back."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import secrets
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path

from tocsin.errors import AskError, WorkspaceError
from tocsin.notices import Kind, Notice, Plan, Recipient
from tocsin.notices.evidence import xarf_faults
from tocsin.notices.gather import gather
from tocsin.notices.numbers import message_id, notice_number, parse_number, plan_id
from tocsin.notices.state import LEFT, Standing
from tocsin.persons import checked_name
from tocsin.reports import csv_cell
from tocsin.store import audit
from tocsin.store.desk import open_desk
from tocsin.store.notices import Filed, append_events, load_notice, load_notices
from tocsin.store.notify_settings import load_settings
from tocsin.store.plans import is_as_planned, load_plan, save_correction
from tocsin.store.registered import load_parties
from tocsin.store.workspace import Workspace
from tocsin.tasks._notify_holds import ALTERED, outdated
from tocsin.tasks.composing import NOBODY, Composed, Composer
from tocsin.tasks.findings import list_findings

INDEX = "index.csv"
_COLUMNS = ("folder", "name", "country", "channel", "address", "number", "kind", "findings", "compromised", "due_on")
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
_STOPPED = (Standing.CANCELLED, Standing.RETRACTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """What was put down: a folder for each notice; ``before`` counts those that were put down already."""

    folder: Path
    numbers: tuple[str, ...]
    before: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Retracted:
    """The notice that was wrong, and the plan of one with the correction, which waits to be approved."""

    number: str
    plan: str
    correction: str


def preview(workspace: Workspace, number: str, *, now: datetime) -> Composed:
    """The notice of that number as it would go now. Nothing leaves and nothing is noted. Raises ``AskError``."""
    return _checked(Composer(workspace, now=now).compose(_filed(workspace, number).notice, now=now))


def preview_findings(
    workspace: Workspace, case_id: str, constituent: str, *, as_of: date | None, language: str, now: datetime
) -> Composed:
    """A notice about the open findings of a constituent, without a plan: to read a letter before anything is planned.

    Its number is made up. Raises ``AskError`` when the constituent has nothing that may be told.
    """
    findings = list_findings(workspace, case_id, as_of=as_of, constituent=constituent, to_outsiders=True)
    found = gather(findings).items.get(constituent)
    if not found:
        raise AskError(
            f"{constituent} has no open finding that is proven to be its own",
            remedy=f"see 'tocsin findings {case_id} --constituent {constituent}'",
        )
    settings = load_settings(workspace)
    party = load_parties(open_desk(workspace.desk_url))[0][constituent]
    sender, number = settings.sender or NOBODY, notice_number(secrets.token_bytes)
    day = as_of or max(item.last_seen for item in found).date()
    notice = Notice(
        number=number,
        plan="preview",
        case_id=case_id,
        kind=Kind.FIRST,
        recipient=Recipient(
            constituent=constituent,
            name=party.name,
            sector="",
            country="",
            is_public=False,
            contact="",
            channel="mail",
            address=sender.address,
            language=language,
            key=None,
        ),
        items=found,
        as_of=day,
        not_before=now,
        due_on=now.date() + timedelta(days=settings.policy.deadline_days),
        message_id=message_id(number, sender.domain),
        why="preview",
    )
    return _checked(Composer(workspace, now=now, settings=settings).compose(notice, now=now))


def drop(workspace: Workspace, plan: str, out: Path, *, everything: bool, by: str, now: datetime) -> Dropped:
    """Writes the notices of an approved plan that no mail carries (or all) to a folder each below ``out``.

    Each holds the letter as text and as a page, and the table; INDEX lists them for whoever phones or posts. The event
    ``written`` is noted for each. All or nothing: a folder that is there already is refused. Raises ``AskError``.
    """
    author = checked_name(by, need="a drop needs the name of whoever carries it", option="--by")
    desk = open_desk(workspace.desk_url)
    filed = load_plan(desk, plan)
    if filed is None:
        raise AskError(f"there is no plan {plan!r}", remedy="'tocsin notify list' shows them")
    if filed.state != "approved":
        raise AskError(f"plan {plan} is {filed.state}, not approved", remedy="'tocsin notify approve' comes first")
    if not is_as_planned(desk, plan):
        raise AskError(f"plan {plan} {ALTERED[0]}", remedy=ALTERED[1])
    if out.exists():
        raise AskError(f"{out} is there already", remedy="name a new folder")
    known = [each for each in load_notices(desk, plan=plan) if everything or each.notice.recipient.channel != "mail"]
    lost = outdated(workspace, plan)
    wanted = [each for each in known if each.standing(now.date()) not in _STOPPED and each.notice.number not in lost]
    fresh = [each.notice for each in wanted if not any(event.what == "written" for event in each.events)]
    if not fresh:
        raise AskError(
            f"plan {plan} has no notice to put down that was not before",
            remedy="add --everything for those that go by mail too",
        )
    composer = Composer(workspace, now=now)
    _write(out, [composer.compose(each, now=now, to_file=True) for each in fresh])
    numbers = [each.number for each in fresh]
    with desk.begin() as connection:
        audit.hold(connection)
        append_events(connection, numbers, "written", f"to {out.name}", author, now)
        audit.note(connection, author, "written", f"plan:{plan}", {"notices": len(numbers), "to": out.name}, now)
    return Dropped(folder=out, numbers=tuple(numbers), before=len(wanted) - len(fresh))


def retract(workspace: Workspace, number: str, *, reason: str, by: str, now: datetime) -> Retracted:
    """Takes a notice back: a plan of one correction that says what was wrong, and the event ``retracted``.

    The correction goes to the same contact once the plan is approved. Raises ``AskError`` for a notice that has not
    left, was retracted before, or is a correction itself, and without a reason.
    """
    author = checked_name(by, need="a correction needs the name of whoever decides it", option="--by")
    words = " ".join(reason.split())
    if not words or len(words) > 1000:
        raise AskError("a correction says what was wrong", remedy="give --reason in 1 to 1000 characters")
    desk = open_desk(workspace.desk_url)
    filed = _filed(workspace, number)
    wrong = filed.notice
    _must_be_retractable(filed, now)
    settings = load_settings(workspace)
    domain = wrong.message_id.rpartition("@")[2].rstrip(">")
    fresh = notice_number(secrets.token_bytes)
    plan = plan_id(now, secrets.token_bytes)
    correction = Notice(
        number=fresh,
        plan=plan,
        case_id=wrong.case_id,
        kind=Kind.CORRECTION,
        recipient=wrong.recipient,
        items=wrong.items,
        as_of=wrong.as_of,
        not_before=now,
        due_on=wrong.due_on,
        message_id=message_id(fresh, domain),
        why=words,
        corrects=wrong.number,
    )
    before = load_plan(desk, wrong.plan)
    made = Plan(
        id=plan,
        case_id=wrong.case_id,
        as_of=wrong.as_of,
        made_at=now,
        made_by=author,
        notices=(correction,),
        withheld=(),
        versions=before.versions if before else (),
    )
    if not save_correction(desk, made, policy=settings.policy, reason=words):
        _must_be_retractable(_filed(workspace, number), now)
    return Retracted(number=wrong.number, plan=plan, correction=fresh)


def _checked(composed: Composed) -> Composed:
    """With a remark for each XARF report that the standard's own validation refuses: somebody's program would too."""
    reports = [each for each in composed.draft.attachments if each.kind == "application/json"]
    faults = [f"{each.name}: {fault}" for each in reports for fault in xarf_faults(json.loads(each.content))]
    return replace(composed, remarks=(*composed.remarks, *faults))


def _filed(workspace: Workspace, text: str) -> Filed:
    number = parse_number(text)
    filed = load_notice(open_desk(workspace.desk_url), number) if number else None
    if filed is None:
        raise AskError(f"there is no notice {text!r}", remedy="'tocsin notify show PLAN' lists the numbers of a plan")
    return filed


def _must_be_retractable(filed: Filed, now: datetime) -> None:
    number = filed.notice.number
    befell = {event.what for event in filed.events}
    if filed.notice.kind is Kind.CORRECTION:
        raise AskError(f"{number} is a correction itself", remedy="write to the recipient in your own words")
    if "retracted" in befell:
        raise AskError(f"{number} was retracted before", remedy="'tocsin notify show PLAN' shows its correction's plan")
    if not befell & (LEFT | {"written"}):
        raise AskError(
            f"{number} has not left; it stands as {filed.standing(now.date())}", remedy="cancel its plan instead"
        )


def _write(out: Path, composed: Sequence[Composed]) -> None:
    """Everything into a folder beside, which then gets its name: half a drop is never taken for a whole one."""
    part = out.with_name(f".{out.name}.part")
    try:
        if part.exists():
            shutil.rmtree(part)
        part.mkdir(mode=0o700, parents=True)
        index = [_put(part, each) for each in sorted(composed, key=lambda each: each.notice.recipient.constituent)]
        _save(part / INDEX, _table(index))
        part.rename(out)
    except OSError as fault:
        raise WorkspaceError(f"{out} cannot be written: {fault.strerror}", remedy="choose another folder") from fault


def _put(folder: Path, composed: Composed) -> dict[str, str]:
    notice = composed.notice
    to = notice.recipient
    name = _UNSAFE.sub("_", to.constituent).strip(".")[:80] or "constituent"
    name = f"{name}-{notice.number[:6]}"
    (folder / name).mkdir(mode=0o700)
    letter = composed.draft.letter
    _save(folder / name / "letter.txt", f"{letter.subject}\n\n{letter.text}".encode())
    _save(folder / name / "letter.html", letter.html.encode())
    table = composed.draft.attachments[0]
    _save(folder / name / table.name, table.content)
    rows = composed.draft.told.rows
    return {
        "folder": name,
        "name": to.name,
        "country": to.country,
        "channel": to.channel,
        "address": to.address,
        "number": notice.number,
        "kind": notice.kind,
        "findings": str(len(rows)),
        "compromised": "yes" if any(row.is_compromised for row in rows) else "no",
        "due_on": notice.due_on.isoformat(),
    }


def _table(rows: Sequence[dict[str, str]]) -> bytes:
    page = io.StringIO()
    writer = csv.writer(page, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    writer.writerows([csv_cell(row[name]) for name in _COLUMNS] for row in rows)
    return page.getvalue().encode()


def _save(path: Path, data: bytes) -> None:
    with open(path, "xb", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
        file.write(data)
