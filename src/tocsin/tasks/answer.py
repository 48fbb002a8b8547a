"""Answers for it: the questions that are put in public, each with figures, what is not known, and how to ask again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from tocsin.errors import AskError
from tocsin.labels import Label
from tocsin.reports.answered import Answers
from tocsin.reports.answering import compose
from tocsin.reports.earlier import Earlier, read_earlier
from tocsin.reports.material import for_public
from tocsin.reports.questions import Question, choose, needs_of, of_record
from tocsin.store.workspace import Workspace
from tocsin.tasks._answer_material import Scope, Tell, gather

_CHANGED = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is asked, and for whom: which questions (none: all), up to which day, at which label, with names or not.

    ``since`` is the name and the bytes of an earlier answer, from which the changes are told.
    """

    label: Label
    questions: tuple[str, ...] = ()
    as_of: date | None = None
    known_at: datetime | None = None
    since: tuple[str, bytes] | None = None
    names: bool = False

    def __post_init__(self) -> None:
        if self.names and self.label is Label.CLEAR:
            raise AskError(
                f"no organisation is named in what is labelled {Label.CLEAR}",
                remedy="leave --names out, or label the answer TLP:GREEN or above",
            )

    @property
    def chosen(self) -> tuple[Question, ...]:
        """The questions to answer; whoever gives an earlier answer asks what has changed."""
        asked = (*self.questions, _CHANGED) if self.questions and self.since else self.questions
        return choose(asked)


def answer(workspace: Workspace, case_id: str, wish: Wish, *, tell: Tell) -> Answers:
    """What can be answered of ``case_id``. ``tell`` hears of the reports being folded in.

    Where it cannot be told what came of it over time, the answers that rest on one day are given all the same. Raises
    ``AskError`` when nothing can be answered as asked.
    """
    chosen = wish.chosen
    counting = [question for question in chosen if question.id != _CHANGED or wish.since]
    scope = Scope(
        case_id=case_id,
        as_of=wish.as_of,
        known_at=wish.known_at,
        needs=needs_of(counting),
        names=frozenset(question.id for question in chosen) if wish.names else frozenset(),
        is_of_record=all(question in of_record() for question in chosen),
    )
    material = gather(workspace, scope, tell=tell)
    earlier = _earlier(wish, case_id, material.as_of)
    shown = for_public(material) if wish.label is Label.CLEAR else material
    return compose(shown, chosen, earlier, names=wish.names)


def _earlier(wish: Wish, case_id: str, as_of: date) -> Earlier | None:
    if wish.since is None:
        return None
    name, data = wish.since
    found = read_earlier(data, name=name, case_id=case_id, as_of=as_of)
    if found.label > wish.label:
        raise AskError(
            f"the earlier answer is labelled {found.label}, above {wish.label}",
            remedy=f"label this one {found.label} with --label, or give an earlier one written at {wish.label}",
        )
    return found
