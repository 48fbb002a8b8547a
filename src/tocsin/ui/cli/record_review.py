"""``tocsin record review``."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from tocsin.errors import AskError
from tocsin.ui.cli.shell import JsonOption, WorkspaceOption, running, say, show, show_json, show_table, workspace_at

if TYPE_CHECKING:
    from tocsin.record.review import Act
    from tocsin.store.workspace import Workspace
    from tocsin.tasks.record_review import Done

ID, DOC = "ID", "DOC"


def _filled(context: typer.Context, parameter: typer.CallbackParam, value: str) -> str:
    """Refuses an empty id: whoever passes an unset variable would believe that it was done."""
    source = context.get_parameter_source(parameter.name or "")
    if value == "" and source is not None and source.name == "COMMANDLINE":
        raise typer.BadParameter("it is empty")
    return value


def register(group: typer.Typer) -> None:
    """Adds ``review`` to the commands of ``tocsin record``."""
    group.command("review")(review)


def review(
    by: Annotated[str, typer.Option("--as", metavar="NAME", help="Who reviews.")] = "",
    accept: Annotated[str, typer.Option(callback=_filled, metavar=ID, help="It is there, and read right.")] = "",
    reject: Annotated[str, typer.Option(callback=_filled, metavar=ID, help="It is not there; needs --reason.")] = "",
    reason: Annotated[str, typer.Option(help="Why it is rejected.")] = "",
    correct: Annotated[str, typer.Option(callback=_filled, metavar=ID, help="Read wrongly; needs --set.")] = "",
    values: Annotated[list[str] | None, typer.Option("--set", metavar="FIELD=VALUE", help="May be repeated.")] = None,
    split: Annotated[str, typer.Option(callback=_filled, metavar=ID, help="It is several, one at each --span.")] = "",
    span: Annotated[list[str] | None, typer.Option(metavar="10-50", help="Code points; may be repeated.")] = None,
    merge: Annotated[list[str] | None, typer.Option(metavar=ID, help="They are one, the first; repeat it.")] = None,
    add: Annotated[str, typer.Option(callback=_filled, metavar=DOC, help="Missed; needs --span and --kind.")] = "",
    kind: Annotated[str, typer.Option(help="What was missed: attribution, quantity, denial …")] = "",
    code: Annotated[
        tuple[str, str], typer.Option(metavar="ID STRATEGY", help="It is to deny, diminish, rebuild or bolster.")
    ] = ("", ""),
    contradicts: Annotated[str, typer.Option(callback=_filled, metavar=ID, help="This comparison is one.")] = "",
    complete: Annotated[str, typer.Option(callback=_filled, metavar=DOC, help="The document is fully reviewed.")] = "",
    queue: Annotated[bool, typer.Option("--queue", help="Only list what waits.")] = False,
    rules: Annotated[bool, typer.Option("--rules", help="Show how often each rule was right.")] = False,
    doc: Annotated[list[str] | None, typer.Option(metavar=DOC, help="Only this document; may be repeated.")] = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Review what was read, one assertion at a time, the weightiest first; or do one thing by its option.

    A claim against a state or its organ, and a contradiction, need two persons. All is kept with name and time.

    Example: tocsin record review --as "A. Example"

    Example: tocsin record review --correct 1f0c --set level=state-organ --as "A. Example"
    """
    with running(as_json=as_json):
        place = workspace_at(workspace)
        wish = _Wish(accept, reject, reason, correct, values or [], split, span or [], merge or [], add, kind, *code)
        asked = wish.asked() + [name for name in (contradicts, complete) if name]
        if len(asked) > 1:
            raise AskError("one thing at a time", remedy="give one of --accept, --reject, --correct and so on")
        if rules:
            _show_rules(place, as_json=as_json)
        elif queue:
            _show_queue(place, by, doc or [], as_json=as_json)
        elif asked:
            _told(_done(place, wish, contradicts, complete, by), as_json=as_json)
        else:
            _session(place, by, doc or [], as_json=as_json)


@dataclass(frozen=True, slots=True)
class _Wish:
    """What the options ask for."""

    accept: str
    reject: str
    reason: str
    correct: str
    values: list[str]
    split: str
    span: list[str]
    merge: list[str]
    add: str
    kind: str
    code: str
    strategy: str

    def asked(self) -> list[str]:
        """What is to be acted on: an assertion, or for ``--add`` a document."""
        alone = (self.accept, self.reject, self.correct, self.split, self.code, self.add)
        return [name for name in (*alone, *self.merge[:1]) if name]

    def act(self, name: str, others: tuple[str, ...]) -> Act:
        """The act, with the assertion's whole id (and those of ``others`` for a merge)."""
        from tocsin.record import review as acts

        spans = tuple(map(acts.span_of, self.span))
        if self.add:
            if len(spans) != 1:
                raise AskError("what was missed has one place", remedy="give one --span, such as 10-50")
            return acts.Add(span=spans[0], kind=self.kind, values=values_of(self.values))
        if self.reject:
            return acts.Reject(assertion=name, reason=self.reason)
        if self.correct:
            return acts.Correct(assertion=name, values=values_of(self.values))
        if self.split:
            return acts.Split(assertion=name, spans=spans)
        if self.code:
            return acts.Coding(assertion=name, strategy=self.strategy)
        return acts.Merge(assertions=(name, *others)) if self.merge else acts.Accept(assertion=name)


def values_of(texts: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """``level=state`` and so on as fields with values. Raises ``AskError`` for one without ``=``."""
    pairs = [text.partition("=") for text in texts]
    for name, sign, _ in pairs:
        if not sign:
            raise AskError(f"{name[:40]!r} gives no value", remedy="write field=value, such as level=state-organ")
    return tuple((name.strip(), value) for name, _, value in pairs)


def _done(place: Workspace, wish: _Wish, contradicts: str, complete: str, by: str) -> Done:
    from tocsin.record.review import Complete, Contradict
    from tocsin.tasks.record_review import document_of, find
    from tocsin.tasks.record_review import review as do

    now = datetime.now(UTC)
    if contradicts:
        return do(place, document_of(place, contradicts), Contradict(comparison=contradicts), by=by, now=now)
    if complete:
        return do(place, complete, Complete(), by=by, now=now)
    (name,) = wish.asked()
    if wish.add:
        return do(place, name, wish.act(name, ()), by=by, now=now)
    found = find(place, name).item.assertion
    others = tuple(find(place, other).item.assertion.id for other in wish.merge[1:])
    return do(place, found.document, wish.act(found.id, others), by=by, now=now)


def _told(done: Done, *, as_json: bool) -> None:
    from tocsin.reports import terminal

    if as_json:
        show_json(done.as_json())
        return
    show(terminal(f"{done.word}: kept as review {done.number}"))
    for item in done.items:
        show(terminal(f"  {item.assertion.kind} {item.assertion.id}: {item.word}"))
    if done.persons == 1:
        show("  it is a contradiction when a second person says so")


def _session(place: Workspace, by: str, documents: list[str], *, as_json: bool) -> None:
    from tocsin.ui.cli._review_session import session

    if as_json or not by.strip():
        what = "the queue is answered in words" if as_json else "a review needs the name of a person"
        raise AskError(what, remedy="use --queue --json" if as_json else "say who with --as")
    session(place, by=by, documents=documents)


def _show_queue(place: Workspace, by: str, documents: list[str], *, as_json: bool) -> None:
    from tocsin.reports import terminal
    from tocsin.tasks.record_review import unheeded, waiting
    from tocsin.ui.cli._review_session import tell

    cards, lost = waiting(place, by=by or None, documents=documents), unheeded(place)
    if as_json:
        told = [{"did": each.action.word, "by": each.action.by, "why": each.why} for each in lost]
        show_json({"waiting": [card.as_json() for card in cards], "unheeded": told}, place.label)
        return
    show(str(place.label))
    for card in cards:
        tell(card)
    for each in lost:
        say(terminal(f"{each.action.word} by {each.action.by} counts no more: {each.why}"))
    say(f"{len(cards):,} wait for a person")


def _show_rules(place: Workspace, *, as_json: bool) -> None:
    from tocsin.tasks.record_review import scores

    found = scores(place)
    rules = [
        (each.rule, each.accepted, each.corrected, each.rejected, each.open, each.precision) for each in found.rules
    ]
    kinds = [(each.kind, each.found, each.missed, each.recall) for each in found.kinds]
    heads = ("rule", "accepted", "corrected", "rejected", "open", "precision"), ("kind", "found", "missed", "recall")
    if as_json:
        by_rule = [dict(zip(heads[0], row, strict=True)) for row in rules]
        by_kind = [dict(zip(heads[1], row, strict=True)) for row in kinds]
        show_json({"rules": by_rule, "kinds": by_kind, "fully_reviewed": found.complete}, place.label)
        return
    show(str(place.label))
    show_table(heads[0], ([*row[:-1], _share(row[-1])] for row in rules), right=heads[0][1:])
    show(f"\nfully reviewed documents: {found.complete}")
    show_table(heads[1], ([*row[:-1], _share(row[-1])] for row in kinds), right=heads[1][1:])
    sys.stdout.flush()


def _share(share: float | None) -> str:
    return "" if share is None else f"{share:.2f}"
