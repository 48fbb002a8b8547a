"""One service's story in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import cast

Row = Mapping[str, object]


def tell(story: Row) -> Iterator[str]:
    """The story (``tasks.explain.Story.as_json``) line by line. Not escaped: the caller knows where it is shown."""
    port = f" port {story['port']}" if story["port"] else ""
    yield f"{story['address']}{port} under {story['case']}, as of {story['as_of']}"
    yield from _state(cast("Row | None", story["state"]))
    yield ""
    yield "What was seen, and what it meant"
    for row in cast("list[Row]", story["observations"]):
        yield from _observation(row)
    yield ""
    yield "What changed"
    yield from (f"  {change}" for change in cast("list[str]", story["changes"]) or ["nothing"])
    yield ""
    yield "Whose it is, by its last observation and the registry of today"
    yield from _assignment(cast("Row | None", story["assignment"]))
    for override in cast("list[Row]", story["overrides"]):
        yield f"  an officer's override of the {override['what']}: {override['says']}"


def _state(state: Row | None) -> Iterator[str]:
    if state is None:
        yield "  not seen within the window; its state on that day is not known"
        return
    sure = "beyond doubt" if state["is_sure"] else "not beyond doubt"
    yield f"  {state['status']}, {sure}; compromise {state['compromise']}; {_owner(state)}"


def _owner(row: Row) -> str:
    return f"{row['certainty']}: {row['constituent']}" if row["constituent"] else "nobody's in the registry"


def _observation(row: Row) -> Iterator[str]:
    name = f", {row['hostname']} (name from {row['hostname_from']})" if row["hostname"] else ""
    yield f"  {str(row['seen_at'])[:19]}  {row['source']}:{row['line']}  port {row['port']}/{row['transport']}{name}"
    build = row["version"] or "without a build"
    yield f"      seen: {row['product'] or 'product not said'} {build}; tags {row['tags'] or 'none'}"
    reason = f" ({row['reason']})" if row["reason"] else ""
    yield f"      {row['status']}{reason}: {row['basis']}"
    if row["candidates"]:
        yield f"      could be: {row['candidates']}"
    yield f"      {row['cves']}"
    if row["compromise"] != "none_known":
        yield f"      compromise: {row['compromise']}"
    holding = f" by {row['holding']}" if row["holding"] else ""
    yield f"      {_owner(row)}{holding}"
    if row["considered"]:
        yield f"      considered: {row['considered']}"


def _assignment(answer: Row | None) -> Iterator[str]:
    if answer is None:
        yield "  nobody's in the registry"
        return
    holding = f" by {answer['holding']}" if answer.get("holding") else ""
    yield f"  {_owner(answer)}{holding}"
    if answer.get("considered"):
        yield f"  considered: {answer['considered']}"
