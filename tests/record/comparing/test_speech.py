"""What is told as another's words beside that other's own, and one utterance quoted twice."""

from __future__ import annotations

from tests.record.comparing.told import Paper, claims

from tocsin.record import Assessment, Attribution, Genre, Level, Modality, Party, Quantity, Relation, SegmentKind, Span
from tocsin.record.comparing import Between, Family, Verdict
from tocsin.record.comparing.speech import compare_relays, compare_wordings


def _firms(state: str, modality: Modality = Modality.ASSERTED) -> Quantity:
    return Quantity(number=Span(0, 1), value=3000, unit="firms", state=state, modality=modality)


def _debate() -> tuple[Paper, str, str]:
    asked = "I heard that 3,000 firms may have been open to it."
    answered = "My friend is right in saying that 3,000 firms were hit."
    turns = [
        (asked, SegmentKind.TURN, "person:lord-example", None),
        (answered, SegmentKind.TURN, "person:lord-sample", None),
    ]
    return Paper(f"{asked}\n\n{answered}", genre=Genre.DEBATE, parts=turns), asked, answered


def test_a_minister_who_hardens_what_he_repeats() -> None:
    paper, asked, answered = _debate()
    own = paper.says(asked, _firms("vulnerable", Modality.POSSIBLE), by="person:lord-example")
    told = paper.says(
        answered, _firms("hit"), by="person:lord-example", chain=("person:lord-sample", "person:lord-example")
    )
    [found] = compare_relays(claims(paper))
    assert (found.left, found.right, found.between) == (own, told, Between.SPEAKERS)
    assert {part.name for part in found.parts} == {"state", "modality"}
    assert "as Lord Sample tells it" in found.explanation


def test_what_is_repeated_as_it_was_said_is_the_same() -> None:
    paper, asked, answered = _debate()
    paper.says(asked, _firms("hit"), by="person:lord-example")
    paper.says(answered, _firms("hit"), by="person:lord-example", chain=("person:lord-sample", "person:lord-example"))
    assert [each.verdict for each in compare_relays(claims(paper))] == [Verdict.SAME]


def test_a_statement_is_the_own_word_of_whoever_it_is_by_and_a_newspaper_of_nobody() -> None:
    blame = Attribution(accused=(Party(canonical="gov:RU"),), level=Level.STATE_AFFILIATED, relation=Relation.BACKED_BY)
    harder = Attribution(accused=(Party(canonical="gov:RU"),), level=Level.STATE, relation=Relation.RESPONSIBLE_FOR)
    told = Paper("According to the newspaper the UK blamed Russia.")
    told.says("the UK blamed Russia", harder, by="gov:GB", chain=("org:the-example", "gov:GB"))
    for genre, number in ((Genre.STATEMENT, 1), (Genre.NEWS, 0)):
        own = Paper("Actors backed by Russia did it.", genre=genre)
        own.says("Actors backed by Russia did it", blame, by="gov:GB")
        assert len(list(compare_relays(claims(own, told)))) == number


def test_one_utterance_in_two_documents_with_other_words_around() -> None:
    news = Paper('It was "a careless but well known kind of conduct".')
    record = Paper("It was careless, but sadly a well known kind of conduct.")
    one = news.says("a careless but well known kind of conduct", Assessment(what="condemnation"), by="gov:GB")
    other = record.says(
        "careless, but sadly a well known kind of conduct", Assessment(what="condemnation"), by="role:GB-minister"
    )
    [found] = compare_wordings(claims(news, record))
    assert {found.left, found.right} == {one, other}
    assert (found.family, found.verdict) == (Family.WORDING, Verdict.SAME)
    assert "well known kind of conduct" in found.explanation


def test_a_headline_that_hardens_the_verb_of_its_quotation() -> None:
    title = "Russia will be held to answer if it goes on"
    body = "Russia can expect to be held to answer if it goes on, he said."
    paper = Paper(f"{title}\n\n{body}", parts=[(title, SegmentKind.TITLE, None, None)])
    for words in (title, body):
        paper.says(words, Assessment(what="condemnation"), by="role:GB-minister")
    [found] = compare_wordings(claims(paper))
    assert found.verdict is Verdict.DIFFERS
    assert (found.parts[0].left, found.parts[0].right) == ("will", "can")


def test_the_name_of_a_ministry_is_nobodys_utterance() -> None:
    one, other = Paper("The Federal Ministry of Sample Affairs did it."), Paper("Federal Ministry of Sample Affairs!")
    one.says("The Federal Ministry of Sample Affairs did it", Assessment(what="intent"), by="gov:GB")
    other.says("Federal Ministry of Sample Affairs", Assessment(what="intent"), by="gov:FR")
    assert list(compare_wordings(claims(one, other))) == []


def test_a_form_of_words_that_many_use_is_nobodys_utterance() -> None:
    papers = [Paper(f"We take the security of our citizens seriously, says number {number}.") for number in range(30)]
    for paper in papers:
        paper.says(paper.text, Assessment(what="purpose"), by="gov:GB")
    assert list(compare_wordings(claims(*papers))) == []


def test_a_list_of_names_is_nobodys_utterance() -> None:
    one = Paper("With the European Union, the United Kingdom and Sampleland we act.")
    other = Paper("The European Union, the United Kingdom and Sampleland join us.")
    one.says(one.text, Assessment(what="purpose"), by="gov:US")
    other.says(other.text, Assessment(what="purpose"), by="gov:US")
    assert list(compare_wordings(claims(one, other))) == []


def test_a_hyphen_in_cyber_hides_no_utterance_and_a_short_run_before_it_neither() -> None:
    one = Paper(
        'She called on it to "end this relentless cyber-sabotage" and said it "must expect to be named for it all".'
    )
    other = Paper("It has to end this relentless cybersabotage or must expect to be named for it all.")
    one.says(one.text, Assessment(what="condemnation"), by="person:sample-minister")
    other.says(other.text, Assessment(what="condemnation"), by="role:GB-sample", incident="pattern:IR")
    [found] = compare_wordings(claims(one, other))
    assert "must expect to be named for it all" in found.explanation
