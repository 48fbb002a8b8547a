"""Party by level by words, and what was left unsaid."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from tests.reports.stating import BACKED, NEWS_READ, STATEMENT, accept, both, read

from tocsin.record import Level, Polarity
from tocsin.reports.stated import statements
from tocsin.reports.who_says import WhoSays, who_says, who_says_html, who_says_table


def mail() -> WhoSays:
    (found,) = who_says(both())
    return found


def test_every_party_that_spoke_is_there_the_gravest_accuser_first() -> None:
    assert [each.party for each in mail().speakers] == ["org:sample-labs", "gov:GB", "gov:FR"]
    assert mail().levels == (Level.STATE, Level.STATE_AFFILIATED)


def test_the_words_stand_with_their_band() -> None:
    (said,) = mail().speakers[1].said[Level.STATE_AFFILIATED]
    assert said.likelihood == "“very likely” (PHIA highly likely, 80% to 90%)"
    assert said.accused == "Example Panda, France"


def test_what_others_said_and_a_party_did_not_is_named() -> None:
    avoided = {each.party: dict(each.avoided) for each in mail().speakers}
    assert avoided["gov:GB"] == {Level.STATE: ("org:sample-labs",)}
    assert avoided["org:sample-labs"] == {Level.STATE_AFFILIATED: ("gov:GB",)}
    assert set(avoided["gov:FR"]) == {Level.STATE, Level.STATE_AFFILIATED}


def test_what_nobody_asserted_is_avoided_by_nobody() -> None:
    asked = read("statement", STATEMENT, date(2021, 7, 19), [replace(BACKED, polarity=Polarity.QUESTIONED)])
    (found,) = who_says(statements([asked, NEWS_READ]))
    avoided = {each.party: set(each.avoided) for each in found.speakers}
    assert avoided["org:sample-labs"] == set()


def test_a_state_level_claim_needs_two_persons_to_count_as_reviewed() -> None:
    state = replace(BACKED, body=replace(BACKED.body, level=Level.STATE))  # type: ignore[type-var]
    first, second = accept("backed", "A. Example"), accept("backed", "B. Sample", 1)
    once = read("statement", STATEMENT, date(2021, 7, 19), [state], first)
    twice = read("statement", STATEMENT, date(2021, 7, 19), [state], first, second)
    assert who_says(statements([once]))[0].counts == "0 reviewed, 1 machine-read"
    assert who_says(statements([twice]))[0].counts == "1 reviewed, 0 machine-read"


def test_the_table_has_a_denial_and_the_document() -> None:
    table = who_says_table(mail())
    assert table.columns == ("party", "state", "state-affiliated", "denied or declined", "did not say")
    assert table.rows[2][3] == "responsibility denial: “We had no hand in it”"
    assert "2021-07-19 [2], machine-read" in table.rows[1][2]
    assert table.title.endswith("[1] news.txt; [2] statement.txt")


def test_two_documents_of_one_name_have_two_numbers() -> None:
    same = replace(NEWS_READ, document=replace(NEWS_READ.document, source="statement.txt", title=None))
    own = read("statement", STATEMENT, date(2021, 7, 19), [BACKED])
    assert own.name == same.name
    (found,) = who_says(statements([own, same]))
    table = who_says_table(found)
    numbers = {number for row in table.rows for cell in row for number in re.findall(r"\[(\d)\]", cell)}
    assert numbers == {"1", "2"}
    first, second = same.document.sha256[:12], own.document.sha256[:12]
    assert table.title.endswith(f"[1] statement.txt ({first}); [2] statement.txt ({second})")


def test_what_is_only_presupposed_is_told_so_and_comes_after_what_is_said() -> None:
    hint = replace(BACKED, id="hint", body=replace(BACKED.body, explicit=False))  # type: ignore[type-var]
    (found,) = who_says(statements([read("statement", STATEMENT, date(2021, 7, 19), [hint, BACKED])]))
    cell = who_says_table(found).rows[0][1]
    assert cell.index("Example Panda, France") < cell.index("presupposed: Example Panda")


def test_the_page_is_escaped() -> None:
    evil = replace(NEWS_READ, document=replace(NEWS_READ.document, title="<script>x</script>\u202e"))
    shown = who_says_html(who_says(statements([evil])), "TLP:AMBER")
    assert "<script" not in shown
    assert "\u202e" not in shown


def test_json_has_everything() -> None:
    data = mail().as_json()
    parties = {each["party"]: each for each in data["parties"]}  # type: ignore[attr-defined]
    assert parties["gov:GB"]["did_not_say"] == {"state": ["org:sample-labs"]}
    likelihood = parties["gov:GB"]["levels"]["state-affiliated"][0]["likelihood"]
    assert (likelihood["words"], likelihood["band"]) == ("very likely", "highly_likely")
