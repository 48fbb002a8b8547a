"""Tries the letters of a pack: every language, every kind of notice, open and encrypted, on made-up findings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path

from tocsin.cases import Case, Compromise, Status
from tocsin.cases.advice import Adviser
from tocsin.errors import PackError
from tocsin.notices import Item, Kind, Notice, Recipient
from tocsin.notices.evidence import tell
from tocsin.notices.letter import Links
from tocsin.notices.settings import Sender
from tocsin.provenance import Fault, Pointer
from tocsin.tasks.composing import letter_writer

_SENDER = Sender(
    organisation="Example CERT", address="notices@cert.example", phone="+44 20 7946 0000", page="https://cert.example"
)
_LINKS = Links(
    check="https://cert.example/n/a",
    answers={
        name: f"https://cert.example/a/{name}" for name in ("fixed", "not_ours", "wrong_contact", "need_help", "stop")
    },
    unsubscribe="https://cert.example/u/a",
)
_NUMBER = "k3v7qm2rtx5ybn4wc6dzhjf2ae"


def letter_faults(pack: Path, case: Case) -> tuple[Fault, ...]:
    """What is wrong with the letters of the pack in a folder; each fault once. Nothing for a pack without letters."""
    if not (pack / "letters").is_dir():
        return ()
    try:
        writer = letter_writer(pack)
    except PackError as error:
        return (_fault(error, pack),)
    adviser, found = Adviser(case), dict[str, Fault]()
    for language in writer.languages():
        for notice in _samples(case, language):
            for sealed in (False, True):
                for links in (_LINKS, Links()):
                    traces = {(item.address, item.port, item.transport): "/a/b.aspx" for item in notice.items}
                    told = tell(notice, adviser, traces=traces, is_encrypted=sealed)
                    try:
                        writer.write(told, _SENDER, links, fingerprint="0" * 40 if sealed else "", rows_in_body=2)
                    except PackError as error:
                        fault = _fault(error, pack)
                        found.setdefault(str(fault), fault)
    return tuple(found.values())


def _samples(case: Case, language: str) -> Iterator[Notice]:
    day = max((build.released_to for branch in case.branches for build in branch.builds), default=date(2021, 1, 1))
    seen = datetime.combine(day, time(10), UTC)
    items = tuple(_items(case, seen))
    first = Notice(
        number=_NUMBER,
        plan="check",
        case_id=case.id,
        kind=Kind.FIRST,
        recipient=Recipient(
            constituent="example",
            name="Example Council",
            sector="",
            country="GB",
            is_public=True,
            contact="",
            channel="mail",
            address="security@council.example",
            language=language,
            key=None,
        ),
        items=items,
        as_of=day,
        not_before=seen,
        due_on=day,
        message_id=f"<{_NUMBER}@cert.example>",
        why="check",
    )
    yield first
    yield replace(first, kind=Kind.REMINDER, items=items[:1])
    yield replace(first, kind=Kind.CORRECTION, corrects=_NUMBER, why="It was not theirs.")


def _items(case: Case, seen: datetime) -> Iterator[Item]:
    """One service of the oldest build of each product, one without a build, one fixed and broken into."""
    oldest = {branch.product: branch for branch in reversed(case.branches) if branch.builds}
    builds = [(Status.AFFECTED, branch.builds[0].text, branch.id) for branch in oldest.values()]
    told = [*builds, (Status.UNDETERMINED, "", ""), (Status.FIXED, "", "")]
    for number, (status, build, branch) in enumerate(told, 1):
        yield Item(
            address=f"192.0.2.{number}",
            port=443,
            transport="tcp",
            hostname=f"mail{number}.council.example",
            status=status,
            reason="",
            basis="an example",
            build=build,
            branch=branch,
            cves=case.deciding,
            compromise=Compromise.CONFIRMED if status is Status.FIXED else Compromise.NONE_KNOWN,
            first_seen=seen,
            last_seen=seen,
            source="example.csv",
            line=number,
        )


def _fault(error: PackError, pack: Path) -> Fault:
    return Fault(pointer=error.where or Pointer(source=str(pack / "letters")), what=error.what)
