"""Reviews the record: what waits for a person, what a person does to it, and how the rules have proved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tocsin.errors import AskError
from tocsin.persons import checked_name, same_person
from tocsin.record import Span
from tocsin.record.review import (
    Act,
    Action,
    Add,
    Contradict,
    Correct,
    Item,
    KindScore,
    Reject,
    Reviewed,
    RuleScore,
    Split,
    Unheeded,
    contradictions,
    fold,
    precision_by_rule,
    queue,
    recall_by_kind,
    spans_in,
)
from tocsin.sharing.filed import Filed, fields_of, review_of
from tocsin.store.desk import open_desk
from tocsin.store.lake import disk_errors
from tocsin.store.reviews import actions_on, save_action
from tocsin.store.workspace import Workspace
from tocsin.tasks._record_filed import load_filed, load_one
from tocsin.tasks.record_compare import compare_record
from tocsin.tasks.record_list import SHORTEST_PREFIX

AROUND = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One assertion before a reviewer: the words with those ``before`` and ``after`` them in the same paragraph."""

    item: Item
    filed: Filed
    before: str
    words: str
    after: str

    def as_json(self) -> dict[str, object]:
        """The assertion's fields, its state of review, its words in context, and where it stands."""
        assertion = self.item.assertion
        return {
            "id": assertion.id,
            "document": assertion.document,
            "title": self.filed.name,
            "rule": assertion.rule,
            "begins": assertion.span.begins,
            "ends": assertion.span.ends,
            **review_of(self.item),
            **fields_of(assertion, self.filed.document.text),
            "before": self.before,
            "after": self.after,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What became of an act: the document's ``items`` that it bore on, and how many of it still wait."""

    number: int
    word: str
    document: str
    items: tuple[Item, ...]
    persons: int

    def as_json(self) -> dict[str, object]:
        items = [{"id": item.assertion.id, **review_of(item)} for item in self.items]
        return {"review": self.number, "did": self.word, "document": self.document, "assertions": items}


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """How the rules proved, how many of each kind were found, and how many documents that rests on."""

    rules: tuple[RuleScore, ...]
    kinds: tuple[KindScore, ...]
    complete: int


def waiting(workspace: Workspace, *, by: str | None = None, documents: Sequence[str] = ()) -> list[Card]:
    """What waits for a person, the weightiest first; without what waits for a second when ``by`` is the first."""
    filed = load_filed(workspace)
    scores = precision_by_rule(each.reviewed for each in filed)
    chosen = {each.document.sha256: each for each in (load_filed(workspace, documents) if documents else filed)}
    waits = queue((each.reviewed for each in chosen.values()), by=by, scores=scores)
    return [_card(item, chosen[item.assertion.document]) for item in waits]


def find(workspace: Workspace, assertion: str) -> Card:
    """The assertion of that id, or the only one with those first digits. Raises ``AskError`` when there is none."""
    wanted = assertion.strip().lower()
    known = [(item, filed) for filed in load_filed(workspace) for item in filed.reviewed.items]
    found = [(item, filed) for item, filed in known if item.assertion.id == wanted]
    if len(wanted) >= SHORTEST_PREFIX:
        found = found or [(item, filed) for item, filed in known if item.assertion.id.startswith(wanted)]
    if len(found) != 1:
        many = f"{len(found)} assertions begin with" if found else "there is no assertion"
        raise AskError(f"{many} {assertion[:40]!r}", remedy="'tocsin record review --queue' shows their ids")
    return _card(*found[0])


def document_of(workspace: Workspace, comparison: str) -> str:
    """The document of a comparison's first side. Raises ``AskError`` when there is no such comparison."""
    for row in compare_record(workspace, copies=True):
        if row.comparison.id == comparison:
            return row.left.document.sha256
    raise AskError(f"there is no comparison {comparison[:40]!r}", remedy="'tocsin record compare' shows their ids")


def review(workspace: Workspace, document: str, act: Act, *, by: str, now: datetime) -> Done:
    """Does one act in the name of ``by`` and keeps it. Raises ``AskError`` when it cannot be done."""
    name = _name(by)
    filed = load_one(workspace, document)
    _check(act, len(filed.document.text))
    desk = open_desk(workspace.desk_url)
    before = actions_on(desk, filed.document.sha256)
    action = Action(document=filed.document.sha256, by=name, at=_after(now, before), act=act)
    reviewed = fold(filed.reviewed.reading, [*before, action])
    for refused in reviewed.unheeded:
        if refused.action == action:
            raise AskError(refused.why, remedy=refused.remedy)
    said = _said(act, name, before)
    if said:
        raise AskError(said[0], remedy="ask a second person")
    with disk_errors(workspace.root):
        number = save_action(desk, action)
    return Done(
        number=number,
        word=action.word,
        document=filed.document.sha256,
        items=tuple(item for item in reviewed.items if action in item.history),
        persons=_persons(act, [*before, action]),
    )


def unheeded(workspace: Workspace) -> list[Unheeded]:
    """What was done and counts no more, as when a newer reader does not find the assertion; with why."""
    return [each for filed in load_filed(workspace) for each in filed.reviewed.unheeded]


def scores(workspace: Workspace) -> Scores:
    """Precision by rule from all reviews, and recall by kind from the documents that are fully reviewed."""
    reviewed: list[Reviewed] = [filed.reviewed for filed in load_filed(workspace)]
    return Scores(
        rules=precision_by_rule(reviewed),
        kinds=recall_by_kind(reviewed),
        complete=sum(each.is_complete for each in reviewed),
    )


def _card(item: Item, filed: Filed) -> Card:
    text, span = filed.document.text, item.assertion.span
    return Card(
        item=item,
        filed=filed,
        before=text[max(0, span.begins - AROUND) : span.begins].rpartition("\n")[2],
        words=span.of(text),
        after=text[span.ends : span.ends + AROUND].partition("\n")[0],
    )


def _name(by: str) -> str:
    return checked_name(by, need="a review needs the name of a person", option="--as")


def _check(act: Act, length: int) -> None:
    for span in _spans(act):
        if span.ends > length:
            raise AskError(
                f"the document ends at {length}, before {span.ends}", remedy="give a span of its text, such as 10-50"
            )
    if isinstance(act, Reject) and not act.reason.strip():
        raise AskError("a rejection needs a reason", remedy="say why with --reason")


def _spans(act: Act) -> tuple[Span, ...]:
    """The places that the act names, those in its values among them."""
    match act:
        case Split(spans=spans):
            return spans
        case Add(span=span, values=values):
            return (span, *spans_in(values))
        case Correct(values=values):
            return spans_in(values)
    return ()


def _after(now: datetime, before: Sequence[Action]) -> datetime:
    """``now``, or the moment of the last act where a clock was set back: what is done later counts later."""
    return max([now, *(action.at for action in before)])


def _said(act: Act, name: str, before: Sequence[Action]) -> list[str]:
    """Why this person cannot call it a contradiction once more."""
    if not isinstance(act, Contradict):
        return []
    known = [action.by for action in before if action.act == act and same_person(action.by, name)]
    return [f"{name} has said so already" + ("" if name == by else f": the name reads as {by}") for by in known[:1]]


def _persons(act: Act, actions: Sequence[Action]) -> int:
    """How many persons have called the comparison a contradiction."""
    if not isinstance(act, Contradict):
        return 0
    return next(len(found.by) for found in contradictions(actions) if found.comparison == act.comparison)
