"""Writes the report on one case: a page, its charts, its figures, and a brief of two pages."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from tocsin.errors import WorkspaceError
from tocsin.labels import Label
from tocsin.reports.brief import write_brief
from tocsin.reports.dossier import Dossier, every_figure
from tocsin.reports.plots import Picture, draw, png
from tocsin.reports.sheet import figures_json, write_sheet
from tocsin.reports.suppress import for_label
from tocsin.reports.tables import write_figures
from tocsin.store.files import written_whole
from tocsin.store.workspace import Workspace
from tocsin.tasks._report_dossier import gather
from tocsin.tasks.following import Manner, open_follow

PAGE = "report.html"
_CHARTS = "charts"
_FILES = ("brief.pdf", "figures.json", "figures.csv", PAGE)
_PICTURE = re.compile(r"(?:(?:status|exposure|ends|panels|cohort)-[a-z-]+|countries|reasons)\.(?:svg|png)")
Tell = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What was written, where, and how many figures were withheld from the public."""

    folder: Path
    files: tuple[str, ...]
    as_of: date
    withheld: int

    def as_json(self) -> dict[str, object]:
        return {
            "folder": str(self.folder),
            "as_of": self.as_of.isoformat(),
            "files": list(self.files),
            "withheld": self.withheld,
        }


def write_report(
    workspace: Workspace,
    case_id: str,
    out: Path,
    *,
    as_of: date | None,
    known_at: datetime | None,
    label: Label,
    manner: Manner,
    made_at: datetime,
    tell: Tell,
    note: str = "",
) -> Written:
    """Writes everything below ``out``, each file whole; a report that is there already is written anew.

    Until all of it is made, nothing on the disk is touched. ``note`` is said first. What is labelled for the public has
    no small counts and no names. Raises ``AskError`` when the case cannot be followed, ``WorkspaceError`` for a folder
    that holds something else or cannot be written.
    """
    _replaceable(out)
    followed = open_follow(
        workspace,
        case_id,
        as_of=as_of,
        known_at=known_at,
        manner=manner,
        command=f"tocsin remediation {case_id}",
        tell=tell,
    )
    dossier = for_label(gather(workspace, followed, label, made_at=made_at, note=note))
    made = dict(_files(dossier, draw(dossier)))
    _claim(out)
    for name, content in made.items():
        with written_whole(out / name) as file:
            file.write(content)
    return Written(folder=out, files=tuple(made), as_of=dossier.as_of, withheld=len(dossier.withheld))


def _claim(out: Path) -> None:
    """Makes the folder, and empties it of the report that was there."""
    old = _replaceable(out)
    try:
        for path in old:
            path.unlink()  # it may have been for other eyes
        (out / _CHARTS).mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise _unusable(out, fault) from fault


def _replaceable(out: Path) -> list[Path]:
    """The files of the report that is there, the page last: while it is there, the rest is known to be a report's.

    Raises ``WorkspaceError`` where anything else is there, or a file in the folder's place.
    """
    try:
        found = sorted(out.iterdir()) if out.exists() else []
        charts = sorted(out.joinpath(_CHARTS).iterdir()) if out.joinpath(_CHARTS) in found else []
    except OSError as fault:
        raise _unusable(out, fault) from fault
    ours = {out / name for name in _FILES}
    pictures = [path for path in charts if _PICTURE.fullmatch(path.name) and out / PAGE in found]
    others = [path for path in found if path not in ours and (path.name != _CHARTS or path.is_symlink())]
    others += [path for path in charts if path not in pictures]
    if others or any(path.is_dir() for path in (*ours, *pictures)):
        named = f": {others[0].relative_to(out)}" if others else ""
        raise WorkspaceError(f"{out} holds something else{named}", remedy="name a new folder for the report")
    return [*pictures, *(out / name for name in _FILES if out / name in found)]


def _unusable(out: Path, fault: OSError) -> WorkspaceError:
    return WorkspaceError(f"{out} cannot be made: {fault.strerror}", remedy="choose a folder that you may write")


def _files(dossier: Dossier, pictures: tuple[Picture, ...]) -> Iterator[tuple[str, bytes]]:
    """Name and content of each file, the page first: while it is missing, the folder holds no report."""
    yield PAGE, write_sheet(dossier, pictures).encode()
    yield "brief.pdf", write_brief(dossier)
    yield "figures.json", figures_json(dossier).encode()
    table = io.StringIO()
    write_figures(every_figure(dossier), dossier.label, table)
    yield "figures.csv", table.getvalue().encode()
    for picture in pictures:
        yield f"{_CHARTS}/{picture.plot.name}.svg", picture.wide.encode()
        yield f"{_CHARTS}/{picture.plot.name}.png", png(picture.wide)
