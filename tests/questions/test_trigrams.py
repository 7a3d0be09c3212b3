from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from bot.questions.title_index import TrigramIndex

_WORDS = st.text("abcde", min_size=1, max_size=9)


def test_texts_are_known_by_their_numbers() -> None:
    index = TrigramIndex()
    assert [index.add("flex"), index.add("nixtla")] == [0, 1]
    assert index.text(1) == "nixtla"


@given(st.lists(_WORDS, min_size=1, max_size=20, unique=True), st.data())
def test_a_text_and_what_is_an_edit_away_from_it_is_found(texts: list[str], data: st.DataObject) -> None:
    asked = data.draw(st.sampled_from(texts))
    index = TrigramIndex()
    for text in texts:
        index.add(text)
    near = {index.text(number): edits for number, edits in index.near(asked, most_edits=1)}
    assert all(OSA.distance(asked, text) == edits <= 1 for text, edits in near.items())
    assert near[asked] == 0
    longer = {index.text(number): edits for number, edits in index.near(f"{asked}f", most_edits=1)}
    assert longer[asked] == 1


def test_what_is_not_filed_yet_is_found_as_what_is() -> None:
    index = TrigramIndex()
    for number in range(2000):
        index.add(f"bakery{number:04}")
    found = [index.near("bakery1999x", most_edits=1)]
    while index.catch_up():
        found.append(index.near("bakery1999x", most_edits=1))
    assert len(found) > 2
    assert found == [[(1999, 1)]] * len(found)
