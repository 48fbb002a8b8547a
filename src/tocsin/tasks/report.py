"""Writes the report on one case: a page, its charts, its figures, and a brief of two pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from tocsin.errors import WorkspaceError
from tocsin.labels import Label
from tocsin.reports.brief import write_brief
from tocsin.reports.dossier import Dossier, every_figure
from tocsin.reports.plots import Picture, draw, png
from tocsin.reports.sheet import figures_csv, figures_json, write_sheet
from tocsin.reports.suppress import for_label
from tocsin.store.files import written_whole
from tocsin.store.workspace import Workspace
from tocsin.tasks._report_dossier import gather
from tocsin.tasks.following import Manner, open_follow

PAGE = "report.html"
_FILES = (PAGE, "brief.pdf", "figures.json", "figures.csv")
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

    ``note`` is said first. What is labelled for the public has no small counts and no names. Raises ``AskError`` when
    the case cannot be followed, ``WorkspaceError`` for a folder that holds something else or cannot be written.
    """
    _claim(out)
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
    files = []
    for name, content in _files(dossier, draw(dossier)):
        with written_whole(out / name) as file:
            file.write(content)
        files.append(name)
    return Written(folder=out, files=tuple(files), as_of=dossier.as_of, withheld=len(dossier.withheld))


def _claim(out: Path) -> None:
    """Makes the folder, and empties it of the report that was there."""
    try:
        if out.exists() and any(out.iterdir()) and not (out / PAGE).is_file():
            raise WorkspaceError(f"{out} holds something else", remedy="name a new folder for the report")
        for old in [*(out / "charts").glob("*.svg"), *(out / "charts").glob("*.png"), *map(out.joinpath, _FILES)]:
            old.unlink(missing_ok=True)  # it may have been for other eyes
        (out / "charts").mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise WorkspaceError(
            f"{out} cannot be made: {fault.strerror}", remedy="choose a folder that you may write"
        ) from fault


def _files(dossier: Dossier, pictures: tuple[Picture, ...]) -> Iterator[tuple[str, bytes]]:
    """Name and content of each file, the page first: while it is missing, the folder holds no report."""
    yield PAGE, write_sheet(dossier, pictures).encode()
    yield "brief.pdf", write_brief(dossier)
    yield "figures.json", figures_json(dossier).encode()
    yield "figures.csv", figures_csv(every_figure(dossier), dossier.label).encode()
    for picture in pictures:
        yield f"charts/{picture.plot.name}.svg", picture.wide.encode()
        yield f"charts/{picture.plot.name}.png", png(picture.wide)
