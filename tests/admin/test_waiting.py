"""What waits in memory is forgotten in time, by weight, and belongs to one scope."""

from builders_clock import Clock

from bot.admin.context import PendingCache


def test_a_value_is_found_in_its_scope_for_a_quarter_of_an_hour() -> None:
    clock = Clock()
    waiting = PendingCache[str](most=10, ticks=clock)
    name = waiting.put("bread", scope="1")
    clock.now = 15 * 60 - 1
    assert waiting.get(name, scope="1") == "bread"
    assert waiting.get(name, scope="2") is None
    clock.now += 1
    assert waiting.get(name, scope="1") is None


def test_the_oldest_are_forgotten_where_there_is_too_much() -> None:
    waiting = PendingCache[str](most=10, weigh=len)
    names = [waiting.put(letter * 4, scope="1") for letter in "abc"]
    assert [waiting.get(name, scope="1") for name in names] == [None, "bbbb", "cccc"]
    assert waiting.get(waiting.put("much too long", scope="1"), scope="1") is None


def test_a_name_is_given_again_and_dropped() -> None:
    waiting = PendingCache[str](most=10)
    waiting.put("old", scope="1", name="draft")
    assert waiting.put("new", scope="1", name="draft") == "draft"
    assert waiting.get("draft", scope="1") == "new"
    waiting.drop("draft", scope="1")
    waiting.drop("draft", scope="1")
    assert waiting.get("draft", scope="1") is None


def test_names_fit_into_buttons_and_are_not_alike() -> None:
    waiting = PendingCache[int](most=1000)
    names = {waiting.put(number, scope="1") for number in range(100)}
    assert len(names) == 100
    assert {len(name) for name in names} == {12}


def test_where_there_is_too_much_the_scope_that_has_most_gives_way() -> None:
    waiting = PendingCache[str](most=10, weigh=len)
    quiet = waiting.put("abc", scope="1")
    loud = [waiting.put(letter * 3, scope="2") for letter in "abcdef"]
    assert waiting.get(quiet, scope="1") == "abc"
    assert [waiting.get(name, scope="2") for name in loud] == [None, None, None, None, "eee", "fff"]
    waiting.put("", scope="2", name=loud[4])
    assert waiting.get(waiting.put("gggg", scope="1"), scope="1") == "gggg"
    assert [waiting.get(name, scope="2") for name in loud[4:]] == ["", "fff"]
