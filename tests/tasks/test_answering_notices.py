"""What a recipient may ask and say, and what an officer enters."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from tests.store.noticing import CASE, NOW, NUMBER, OTHER, add_notice, add_to_outbox

from tocsin.errors import AskError
from tocsin.notices.answers import Answer
from tocsin.notices.tokens import Purpose, Token, sign
from tocsin.store.schema import answers, suppressions
from tocsin.store.workspace import Workspace
from tocsin.tasks.answering_notices import (
    Asked,
    Counter,
    Refused,
    ask,
    confirm,
    enter_answer,
    open_counter,
    take,
)

WHO = {"via": "mail", "words": "updated on Sunday", "author": "A. Officer", "now": NOW}


@pytest.fixture
def counter(workspace: Workspace) -> Counter:
    opened = open_counter(workspace)
    add_notice(opened.desk)
    return opened


def link(counter: Counter, answer: Answer = Answer.FIXED, number: str = NUMBER) -> str:
    expires = NOW + timedelta(days=90)
    return sign(Token(purpose=Purpose.ANSWER, answer=answer, number=number, expires=expires), counter.key)


def count(counter: Counter) -> int:
    with counter.desk.connect() as connection:
        return int(connection.scalar(sa.select(sa.func.count()).select_from(answers)) or 0)


@pytest.mark.parametrize("typed", [NUMBER, NUMBER.upper(), f" {NUMBER[:5]}-{NUMBER[5:9]} {NUMBER[9:]}\n"])
def test_a_number_is_found_as_it_is_copied_from_paper(counter: Counter, typed: str) -> None:
    found = confirm(counter, typed)
    assert found is not None
    assert (found.number, found.on, found.title) == (
        NUMBER,
        date(2021, 3, 14),
        "ProxyLogon: Microsoft Exchange Server, March 2021",
    )


@pytest.mark.parametrize("typed", ["", OTHER, "../../etc/passwd", "\x00", "ä" * 26, "a" * 10_000, "%", "' OR 1=1"])
def test_what_is_no_number_of_ours_is_unknown(counter: Counter, typed: str) -> None:
    assert confirm(counter, typed) is None


def test_a_case_whose_pack_is_gone_is_named_by_its_id(counter: Counter) -> None:
    assert counter.title_of("no-such-case") == "no-such-case"
    assert counter.title_of(CASE).startswith("ProxyLogon")


def test_asking_changes_nothing(counter: Counter) -> None:
    for _ in range(3):
        asked = ask(counter, link(counter), purpose=Purpose.ANSWER, now=NOW)
        assert isinstance(asked, Asked)
        assert asked.given_on is None
    assert count(counter) == 0


def test_a_taken_answer_is_told_as_new_once(counter: Counter) -> None:
    first = take(counter, link(counter), purpose=Purpose.ANSWER, words="", now=NOW)
    again = take(counter, link(counter), purpose=Purpose.ANSWER, words="", now=NOW + timedelta(days=2))
    asked = ask(counter, link(counter), purpose=Purpose.ANSWER, now=NOW + timedelta(days=2))
    assert isinstance(first, Asked)
    assert isinstance(again, Asked)
    assert isinstance(asked, Asked)
    assert (first.is_new, again.is_new, asked.is_new) == (True, False, False)
    assert first.given_on == again.given_on == asked.given_on == date(2021, 3, 15)
    assert count(counter) == 1


def test_a_link_for_a_notice_that_is_forgotten_is_not_valid(counter: Counter) -> None:
    done = take(counter, link(counter, number=OTHER), purpose=Purpose.ANSWER, words="", now=NOW)
    assert done is Refused.INVALID


def test_who_reads_a_rehearsal_or_a_preview_cannot_answer_for_the_recipient(counter: Counter) -> None:
    add_notice(counter.desk, OTHER, events=("queued",))
    stop = link(counter, Answer.STOP, OTHER)
    assert ask(counter, stop, purpose=Purpose.ANSWER, now=NOW) is Refused.INVALID
    assert take(counter, stop, purpose=Purpose.ANSWER, words="", now=NOW) is Refused.INVALID
    with counter.desk.connect() as connection:
        assert connection.execute(sa.select(suppressions)).all() == []
    add_to_outbox(counter.desk, OTHER, "handing")
    assert isinstance(take(counter, stop, purpose=Purpose.ANSWER, words="", now=NOW), Asked), "it may have arrived"


@pytest.mark.parametrize("job", ["ask", "take"])
def test_outside_it_is_only_said_that_a_link_is_invalid_or_expired(counter: Counter, job: str) -> None:
    def said(text: str, *, purpose: Purpose = Purpose.ANSWER, days: int = 0) -> object:
        now = NOW + timedelta(days=days)
        if job == "ask":
            return ask(counter, text, purpose=purpose, now=now)
        return take(counter, text, purpose=purpose, words="", now=now)

    assert said("nonsense") is Refused.INVALID
    assert said(link(counter), purpose=Purpose.UNSUBSCRIBE) is Refused.INVALID
    assert said(link(counter), days=91) is Refused.EXPIRED
    assert count(counter) == 0


def test_an_officer_enters_what_was_said(counter: Counter, workspace: Workspace) -> None:
    done = enter_answer(workspace, f"{NUMBER[:5]}-{NUMBER[5:]}".upper(), "stop", **WHO)  # type: ignore[arg-type]
    assert done == {"answer": 1, "notice": NUMBER, "what": "stop", "via": "mail"}
    with counter.desk.connect() as connection:
        assert connection.scalar(sa.select(answers.c.author)) == "A. Officer"
        assert connection.scalar(sa.select(suppressions.c.what)) == "security@council.example"


@pytest.mark.parametrize(
    ("number", "answer", "changes", "says"),
    [
        (OTHER, "fixed", {}, "no notice"),
        (NUMBER, "fixd", {}, "did you mean fixed"),
        (NUMBER, "fixed", {"via": "page"}, "no way 'page'"),
        (NUMBER, "fixed", {"author": " "}, "the name of whoever enters it"),
    ],
)
@pytest.mark.usefixtures("counter")
def test_what_cannot_be_entered(
    workspace: Workspace, number: str, answer: str, changes: dict[str, object], says: str
) -> None:
    with pytest.raises(AskError, match=says):
        enter_answer(workspace, number, answer, **(WHO | changes))  # type: ignore[arg-type]
