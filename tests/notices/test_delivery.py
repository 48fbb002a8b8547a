"""What a server's answer means, and when to try again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tocsin.notices.delivery import LONGEST_TEXT, Outcome, Stage, back_off, is_mailbox, meaning, next_try

NOW = datetime(2021, 3, 14, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("stage", "code", "outcome"),
    [
        (Stage.HANDED, 250, Outcome.ACCEPTED),
        (Stage.HANDED, 451, Outcome.TEMPORARY),
        (Stage.HANDED, 421, Outcome.TEMPORARY),
        (Stage.HANDED, 554, Outcome.PERMANENT),
        (Stage.HANDED, None, Outcome.UNCERTAIN),
        (Stage.HANDED, 354, Outcome.UNCERTAIN),
        (Stage.HANDED, -1, Outcome.UNCERTAIN),
        (Stage.DATA, None, Outcome.TEMPORARY),
        (Stage.DATA, 554, Outcome.PERMANENT),
        (Stage.RECIPIENT, 550, Outcome.PERMANENT),
        (Stage.RECIPIENT, 450, Outcome.TEMPORARY),
        (Stage.RECIPIENT, None, Outcome.TEMPORARY),
        (Stage.RECIPIENT, 530, Outcome.NO_WAY),
        (Stage.RECIPIENT, 421, Outcome.NO_WAY),
        (Stage.SENDER, 550, Outcome.NO_WAY),
        (Stage.GREETING, 535, Outcome.NO_WAY),
        (Stage.GREETING, None, Outcome.NO_WAY),
    ],
)
def test_what_an_answer_means(stage: Stage, code: int | None, outcome: Outcome) -> None:
    assert meaning(stage, code, "").outcome is outcome


def test_only_after_the_last_dot_is_anything_uncertain() -> None:
    early = [stage for stage in Stage if stage is not Stage.HANDED]
    codes = [None, -1, *range(200, 600)]
    assert Outcome.UNCERTAIN not in {meaning(stage, code, "").outcome for stage in early for code in codes}
    assert Outcome.ACCEPTED not in {meaning(stage, code, "").outcome for stage in early for code in codes}


def test_what_a_server_says_is_kept_short_and_printable() -> None:
    said = meaning(Stage.RECIPIENT, 550, "no\x1b[31m such\r\nuser" + "x" * 10_000).text
    assert said.startswith("no [31m such user")
    assert len(said) == LONGEST_TEXT


def test_waits_grow_and_stay_within_a_fifth() -> None:
    waits = [back_off(attempt, 0.5) for attempt in range(1, 10)]
    assert waits == sorted(waits)
    assert waits[0] == timedelta(minutes=5)
    assert back_off(1, 0.0) == timedelta(minutes=4)
    assert back_off(1, 1.0) == timedelta(minutes=6)
    assert back_off(500, 0.5) == timedelta(hours=4)


def test_beyond_the_deadline_there_is_no_next_try() -> None:
    assert next_try(1, deadline=NOW + timedelta(minutes=5), now=NOW, chance=0.5) == NOW + timedelta(minutes=5)
    assert next_try(1, deadline=NOW + timedelta(minutes=4), now=NOW, chance=0.5) is None


@pytest.mark.parametrize(
    "address", ["it@council.example", "o'neil+cert@b.c.example", '"two words"@b.example', "jörg@bücher.example", "a@b"]
)
def test_one_mail_address(address: str) -> None:
    assert is_mailbox(address)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "it",
        "@b.example",
        "a@",
        "a@b@c.example",
        "two words@b.example",
        "a@b.example, c@d.example",
        "a@b.example> SIZE=1",
        "<a@b.example>",
        "It <a@b.example>",
        "a@b.example\r\nRCPT TO:<x@y.example>",
        '"a\r\nb"@c.example',
        "a..b@c.example",
        f"{'a' * 250}@b.example",
    ],
)
def test_no_mail_address_or_more_than_one(address: str) -> None:
    assert not is_mailbox(address)
