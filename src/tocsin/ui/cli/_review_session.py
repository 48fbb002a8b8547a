"""The queue of assertions in the terminal: one at a time, answered with one key."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tocsin.ui.cli.shell import say, show

if TYPE_CHECKING:
    from tocsin.record.review import Act
    from tocsin.store.workspace import Workspace
    from tocsin.tasks.record_review import Card

KEYS = "a accept · c correct · r reject · s split · m merge · k code · n next · q quit · ? help"
HELP = """\
a  the document says so, and it is read right
c  it says so, but a field is read wrong: write field=value, such as level=state-organ accused=organ:FR-example
r  the document does not say so: write why
s  it is several claims: write the span of each, such as 10-50 60-90
m  it is one with others: write their ids
k  it is a way of answering a crisis: deny, diminish, rebuild or bolster
n  leave it for later
q  stop; all that was answered is kept"""
SHOWN = (
    "claimants chain polarity level relation accused actors probability_words band confidence value unit comparator"
    " modality state place what measure standing strategy incident date_begins date_ends date_precision"
).split()


def session(place: Workspace, *, by: str, documents: list[str]) -> None:
    """Shows what waits for ``by``, one after the other, until there is no more, or no more answers."""
    from tocsin.tasks.record_review import waiting

    cards = waiting(place, by=by, documents=documents)
    done = 0
    for number, card in enumerate(cards, 1):
        show(f"\n{number:,} of {len(cards):,}")
        tell(card)
        answer = _answered(place, card, by)
        if answer is None:
            break
        done += answer
    say(f"{done:,} reviewed, {len(cards) - done:,} left")


def tell(card: Card) -> None:
    """An assertion with its words in their paragraph and what was read in them."""
    from tocsin.reports import terminal
    from tocsin.sharing.filed import fields_of
    from tocsin.sharing.sheet import cell

    assertion = card.item.assertion
    show(terminal(f"{assertion.kind} {assertion.id} · {card.item.word} · {assertion.rule}"))
    show(terminal(f"{card.filed.name} · {card.filed.document.published or 'no date'} · {assertion.span.begins}"))
    show(terminal(f"  {card.before}▶{card.words}◀{card.after}".replace("\n", " ")))
    fields = fields_of(assertion, card.filed.document.text)
    told = [f"{name} {cell(fields[name])}" for name in SHOWN if fields.get(name) not in (None, [], "")]
    show(terminal("  " + " · ".join(told)))


def _answered(place: Workspace, card: Card, by: str) -> bool | None:
    """Whether the assertion was reviewed; ``None`` to stop."""
    from tocsin.errors import TocsinError
    from tocsin.reports import terminal
    from tocsin.tasks.record_review import review

    while True:
        key = _asked(KEYS)
        if key is None or key == "q":
            return None
        if key == "n":
            return False
        try:
            act = _act(key, card)
            if act is None:
                show(HELP)
                continue
            review(place, card.item.assertion.document, act, by=by, now=datetime.now(UTC))
            return True
        except TocsinError as fault:
            say(terminal(fault.what) + "\n  → " + terminal(fault.remedy))


def _act(key: str, card: Card) -> Act | None:
    from tocsin.record.review import Accept, Coding, Correct, Merge, Reject, Split, span_of
    from tocsin.ui.cli.record_review import values_of

    name = card.item.assertion.id
    answers: dict[str, tuple[str, Callable[[str], Act]]] = {
        "a": ("", lambda _: Accept(assertion=name)),
        "c": ("field=value", lambda text: Correct(assertion=name, values=values_of(text.split()))),
        "r": ("why", lambda text: Reject(assertion=name, reason=text)),
        "s": ("spans", lambda text: Split(assertion=name, spans=tuple(map(span_of, text.split())))),
        "m": ("ids", lambda text: Merge(assertions=(name, *text.split()))),
        "k": ("strategy", lambda text: Coding(assertion=name, strategy=text)),
    }
    if key not in answers:
        return None
    question, made = answers[key]
    return made((_asked(question) or "") if question else "")


def _asked(question: str) -> str | None:
    """The answer without blanks around it; ``None`` when there are no more."""
    try:
        return input(f"{question}: ").strip()
    except EOFError:
        return None
