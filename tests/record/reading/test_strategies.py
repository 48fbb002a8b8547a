from __future__ import annotations

import pytest
from tests.record.reading.pages import running_text

from tocsin.record.assertions import Code
from tocsin.record.reading.denials import read_denials
from tocsin.record.reading.responses import read_responses
from tocsin.record.reading.strategies import suggest_strategies


def codes(text: str) -> list[str]:
    return [one.body.strategy for one in suggest_strategies(running_text(text)) if isinstance(one.body, Code)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Iran denied any role in the attack.", "deny"),
        ("Our systems were not compromised.", "deny"),
        ("Only a small number of customers lost data.", "diminish"),
        ("We fell victim to a highly sophisticated attack.", "diminish"),
        ("We apologise to all our customers.", "rebuild"),
        ("The company will offer two years of free credit monitoring.", "rebuild"),
        ("Example Corp released a security update.", "rebuild"),
        ("Our world-leading centre works day and night.", "bolster"),
        ("We thank the staff who worked through the night.", "bolster"),
    ],
)
def test_each_strategy_has_its_words(text: str, code: str) -> None:
    assert codes(text) == [code]


@pytest.mark.parametrize(
    "text",
    [
        "My Lords, we thank my noble friend for that question.",
        "My Lords, I apologise to the noble Baroness.",
        "The company declined to comment.",
        "Will the company apologise?",
        "The group stole designs.",
    ],
)
def test_courtesies_and_mere_facts_suggest_none(text: str) -> None:
    assert codes(text) == []


def test_a_suggestion_has_no_tag_and_its_rule_says_what_it_is() -> None:
    (one,) = suggest_strategies(running_text("Iran denied any role in the attack."))
    assert isinstance(one.body, Code)
    assert one.body.tag is None
    assert one.rule == "strategy.deny.responsibility_denial"


def test_deeds_read_already_are_not_read_again() -> None:
    page = running_text("Iran denied any role in the attack. Example Corp released a security update.")
    known = (*read_denials(page), *read_responses(page))
    assert suggest_strategies(page, known=known) == suggest_strategies(page)
    assert suggest_strategies(page, known=()) == ()
