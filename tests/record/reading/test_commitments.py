from __future__ import annotations

import pytest
from tests.record.reading.pages import running_text

from tocsin.record.assertions import Commitment
from tocsin.record.reading.commitments import read_commitments
from tocsin.record.reading.page import Candidate


def read(text: str) -> list[tuple[Candidate, Commitment]]:
    return [(one, one.body) for one in read_commitments(running_text(text)) if isinstance(one.body, Commitment)]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("We will continue to work with our allies.", "future"),
        ("We will publish a review in the spring.", "future"),
        ("The prime minister pledged to strengthen the defences of ports.", "future"),
        ("The Government will not tolerate such attacks.", "future"),
        ("We continue to support those affected.", "continuing"),
        ("The Government are committed to protecting hospitals.", "continuing"),
        ("China broke the commitment made in 2015 not to steal trade secrets.", "past"),
        ("Russia can expect to be held to account if it goes on.", "conditional"),
        ("We must close this gap.", "aspiration"),
        ("The ministry said it would consider its options.", "non_committal"),
        ("All designations are kept under constant review.", "non_committal"),
        ("China will take all necessary measures.", "future"),
        ("I will see to it that they write to her.", "future"),
        ("Russian authorities would do everything possible to stop it, he said.", "future"),
        ("The NCSC will by March offer free scans.", "future"),
        ("The Union stands ready to use every instrument.", "future"),
        ("Ministers said that two firms would be added to the list.", "future"),
        ("NATO affirmed that allies would support each other.", "future"),
        ("We will go on exposing it.", "continuing"),
        ("They will find that there is a price.", "conditional"),
    ],
)
def test_each_promise_has_its_kind(text: str, what: str) -> None:
    assert [body.what for _, body in read(text)] == [what]


@pytest.mark.parametrize(
    "text",
    [
        "Hackers continue to target hospitals.",
        "The malware will continue to spread.",
        "Will the Minister continue to support them?",
        "I shall take his lecture with good grace.",
        "Our partners will publish their findings.",
        "Two firms would be added to the list.",
        "The prime minister called on Iran to reaffirm its pledge.",
    ],
)
def test_what_attackers_and_things_go_on_doing_is_no_promise(text: str) -> None:
    assert [body.what for _, body in read(text) if body.what != "past"] == []


def test_the_holder_is_named_and_so_is_whom_it_is_made_to() -> None:
    ((_, body),) = read("Canada pledged to help Ukraine.")
    assert [party.canonical for party in body.holders] == ["gov:CA"]
    assert [party.canonical for party in body.towards] == ["state:UA"]


def test_a_speaker_who_promises_for_himself_is_not_named() -> None:
    ((one, body),) = read("We will continue to help Ukraine.")
    assert body.holders == ()
    assert one.rule == "commitment.future.will_continue"
