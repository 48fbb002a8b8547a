"""What an answer means."""

from __future__ import annotations

import pytest

from tocsin.notices.answers import MEANINGS, QUEUED, WORDS_LIMIT, Answer, is_open, own_words


def test_every_answer_has_a_meaning() -> None:
    assert set(MEANINGS) == set(Answer)


def test_only_stop_suppresses_and_only_what_a_person_must_mend_is_queued() -> None:
    assert [answer for answer in Answer if MEANINGS[answer].suppresses] == [Answer.STOP]
    assert set(QUEUED) == {Answer.NOT_OURS, Answer.WRONG_CONTACT, Answer.NEED_HELP}


@pytest.mark.parametrize(
    ("events", "waits"), [([], True), (["settled"], False), (["settled", "reopened"], True), (["reopened"], True)]
)
def test_the_newest_event_counts(events: list[str], waits: bool) -> None:
    assert is_open(Answer.NOT_OURS, events) is waits
    assert not is_open(Answer.FIXED, events)


def test_a_strangers_words_keep_their_lines_and_lose_what_a_terminal_obeys() -> None:
    assert own_words("  ask\r\nit@council.example\x1b[31m\u202e\x00 ") == "ask\nit@council.example[31m"
    assert len(own_words("x" * (WORDS_LIMIT + 5))) == WORDS_LIMIT
