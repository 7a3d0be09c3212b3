"""Documents, their lines and sentences."""

from builders import document

from bot.text.document import LineKind


def test_a_quote_is_the_words_as_they_stand_with_their_heading() -> None:
    line = document("## Pay\n\nWe pay **well** and _on time_.").statements[0]
    assert line.quote().text == "We pay **well** and _on time_."
    assert line.quote().heading == "Pay"


def test_a_sentence_is_quoted_without_its_neighbours() -> None:
    sentences = list(document("We cook. **We bake** too. Join us!").sentences())
    assert [sentence.text for sentence in sentences] == ["We cook.", "We bake too.", "Join us!"]
    assert sentences[1].quote.text == "**We bake** too."


def test_a_folded_line_is_without_marks_capitals_and_double_spaces() -> None:
    line = document("We  **PAY** well.").statements[0]
    assert [line.folded, line.folded, line.text] == ["we pay well.", "we pay well.", "We  PAY well."]


def test_headings_say_nothing_by_themselves() -> None:
    read = document("## Needs\n\n* Go")
    assert [line.kind for line in read.body] == [LineKind.HEADING, LineKind.BULLET]
    assert [sentence.text for sentence in read.sentences()] == ["Go"]


def test_tags_are_found_by_their_label() -> None:
    read = document("We cook.", title="Cook", location="Oslo")
    assert [line.text for line in read.tags("location")] == ["Location: Oslo"]


def test_a_label_that_marks_set_apart_is_the_heading_of_its_words() -> None:
    quote = document("**Pay:** 20 an hour").statements[0].quote()
    assert (quote.text, quote.heading) == ("20 an hour", "Pay")
