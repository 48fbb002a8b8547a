"""Levels of blame beside each other: between claimants, of one party, headline and body, said and not said."""

from __future__ import annotations

from dataclasses import replace

from tests.record.comparing.told import Paper, claims, placed

from tocsin.record import Attribution, Level, Party, Polarity, Relation, SegmentKind
from tocsin.record.comparing import Between, Family, Verdict
from tocsin.record.comparing.blame import compare_blame


def _blame(level: Level, accused: str = "gov:RU") -> Attribution:
    return Attribution(accused=(Party(canonical=accused),), level=level, relation=Relation.RESPONSIBLE_FOR)


def test_two_bodies_at_two_levels_of_one_incident() -> None:
    paper = Paper("The UK blamed actors backed by Russia. The EU spoke of the territory of Russia.")
    one = paper.says("The UK blamed actors backed by Russia", _blame(Level.STATE_AFFILIATED), by="gov:GB")
    other = paper.says("The EU spoke of the territory of Russia", _blame(Level.TERRITORY), by="org:EU")
    [found] = compare_blame(claims(paper))
    assert (found.left, found.right) == (other, one)
    assert (found.family, found.verdict, found.between) == (Family.LEVEL, Verdict.DIFFERS, Between.CLAIMANTS)
    assert [(part.name, part.left, part.right) for part in found.parts] == [("level", "territory", "state-affiliated")]
    assert "only a territory is named" in found.explanation


def test_one_party_at_two_levels_in_two_documents() -> None:
    news = Paper("The EU named a territory.")
    record = Paper("The EU and Japan named the state.")
    news.says("The EU named a territory", _blame(Level.TERRITORY), by="org:EU")
    record.says("The EU and Japan named the state", _blame(Level.STATE), by=("org:EU", "gov:JP"))
    found = [each for each in compare_blame(claims(news, record)) if each.between is Between.DOCUMENTS]
    assert len(found) == 1
    assert found[0].parts[0].right == "state"


def test_what_one_document_says_was_said_and_another_that_it_was_not() -> None:
    record, news = Paper("The EU blamed Russia."), Paper("The EU did not blame Russia.")
    said = record.says("The EU blamed Russia", _blame(Level.STATE), by="org:EU")
    unsaid = news.says("The EU did not blame Russia", _blame(Level.STATE), by="org:EU", polarity=Polarity.NEGATED)
    [found] = compare_blame(claims(record, news))
    assert (found.left, found.right) == (said, unsaid)
    assert "it is not said" in found.explanation


def test_an_organ_that_one_names_and_the_other_does_not() -> None:
    paper = Paper("The GRU did it. A group backed by Russia did it.")
    paper.says("The GRU did it", _blame(Level.STATE_ORGAN, "organ:RU-GRU"), by="gov:GB")
    paper.says("A group backed by Russia did it", _blame(Level.STATE_AFFILIATED), by="org:sample")
    assert [each.family for each in compare_blame(claims(paper))] == [Family.ORGAN]


def test_two_organs_are_told_apart_and_a_part_of_one_is_not() -> None:
    paper = Paper("The GRU did it. The SVR did it. Unit 7 did it.")
    paper.says("The GRU did it", _blame(Level.STATE_ORGAN, "organ:RU-GRU"), by="gov:GB")
    paper.says("The SVR did it", _blame(Level.STATE_ORGAN, "organ:RU-SVR"), by="gov:US")
    paper.says("Unit 7 did it", _blame(Level.STATE_ORGAN, "organ:RU-GRU-7"), by="gov:FR")
    pairs = [
        (part.left, part.right) for each in compare_blame(claims(paper)) for part in each.parts if part.name == "organ"
    ]
    assert pairs == [("organ:RU-GRU-7", "organ:RU-SVR")]


def test_another_state_accused_weighs_most() -> None:
    paper = Paper("Iran hit Sample Mail. Russia hit Sample Mail.")
    paper.says("Iran hit Sample Mail", _blame(Level.STATE, "gov:IR"), by="gov:GB")
    paper.says("Russia hit Sample Mail", _blame(Level.STATE, "gov:RU"), by="gov:US")
    [found] = compare_blame(claims(paper))
    assert [part.name for part in found.parts] == ["state"]
    assert found.weight >= 0.9


def test_two_states_of_which_one_claim_names_no_incident_may_be_of_two_incidents() -> None:
    paper = Paper("Iran hit Sample Mail. On another matter, Russia did it.")
    paper.says("Iran hit Sample Mail", _blame(Level.STATE, "gov:IR"), by="gov:GB")
    paper.says("Russia did it", _blame(Level.STATE, "gov:RU"), by="gov:US")
    [found] = compare_blame(claims(paper))
    assert "see whether it is one incident" in found.explanation
    assert found.weight < 0.5


def test_a_headline_that_has_other_words_for_the_doer_than_the_body() -> None:
    title = "UK blames Russian spies"
    parts = [(title, SegmentKind.TITLE, None, None)]
    paper = Paper(f"{title}\n\nThe UK blamed hackers who work for Russia.", parts=parts)
    spies, hackers = placed(paper, "group:ru-spies", "Russian spies"), placed(paper, "group:ru-hackers", "hackers")
    body = {"level": Level.STATE_AFFILIATED, "relation": Relation.RESPONSIBLE_FOR}
    paper.says(title, Attribution(accused=(spies,), **body), by="gov:GB")
    paper.says("The UK blamed hackers who work for Russia", Attribution(accused=(hackers,), **body), by="gov:GB")
    [found] = compare_blame(claims(paper))
    assert found.between is Between.HEADLINE
    assert (found.parts[0].left, found.parts[0].right) == ("Russian spies", "hackers")


def test_there_is_one_pair_for_two_levels_however_many_say_so() -> None:
    sentences = [f"Party {number} says so." for number in range(60)]
    paper = Paper(" ".join(sentences))
    for number, sentence in enumerate(sentences):
        paper.says(sentence, _blame(Level(1 + number % 2 * 4)), by=f"org:sample-{number}")
    [found] = compare_blame(claims(paper))
    assert len(found.also) == 20


def test_another_incident_is_never_held_beside_it() -> None:
    paper = Paper("It did this. It backed that.")
    paper.says("It did this", _blame(Level.STATE), by="gov:GB")
    paper.says("It backed that", _blame(Level.TERRITORY), by="gov:US", incident="parliament-FI")
    assert list(compare_blame(claims(paper))) == []


def test_what_is_only_presupposed_gives_way_to_what_is_said_outright_and_weighs_less() -> None:
    paper = Paper("A territory was named. Complaints about Iranian hacking. Iran did it, they said.")
    paper.says("A territory was named", _blame(Level.TERRITORY, "territory:IR"), by="org:EU")
    passing = replace(_blame(Level.STATE, "gov:IR"), explicit=False)
    hint = paper.says("Complaints about Iranian hacking", passing, by="person:sample-minister")
    [found] = compare_blame(claims(paper))
    assert "the state itself is blamed, but only presupposed" in found.explanation
    said = paper.says("Iran did it, they said", _blame(Level.STATE, "gov:IR"), by="gov:US")
    [plain] = compare_blame(claims(paper))
    assert (plain.right, plain.also) == (said, (hint,))
    assert plain.weight > found.weight


def test_what_a_firm_leaves_open_stands_beside_those_who_say_it() -> None:
    paper = Paper("The firm named a group and did not say whether Iran was behind it. The UK blamed Iran.")
    firm = paper.says(
        "The firm named a group and did not say whether Iran was behind it",
        _blame(Level.STATE, "state:IR"),
        by="org:sample-firm",
        polarity=Polarity.ABSTAINED,
    )
    said = paper.says("The UK blamed Iran", _blame(Level.STATE_AFFILIATED, "gov:IR"), by="gov:GB")
    [found] = compare_blame(claims(paper))
    assert (found.left, found.right) == (said, firm)
    assert "it is left open" in found.explanation


def test_a_state_by_two_names_is_no_other_doer() -> None:
    title = "UK blames Islamic Republic of Iran"
    paper = Paper(f"{title}\n\nThe UK blamed Iran for it.", parts=[(title, SegmentKind.TITLE, None, None)])
    for words, name in ((title, "Islamic Republic of Iran"), ("The UK blamed Iran for it", "blamed Iran")):
        doer = placed(paper, "state:IR", name)
        blame = Attribution(accused=(doer,), level=Level.STATE, relation=Relation.RESPONSIBLE_FOR)
        paper.says(words, blame, by="gov:GB")
    assert list(compare_blame(claims(paper))) == []
