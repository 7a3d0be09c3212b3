"""What is remembered is bounded in number and in weight."""

from hypothesis import given
from hypothesis import strategies as st

from bot.answering.bounded import BoundedCache


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 12))))
def test_it_never_holds_more_than_it_may(puts: list[tuple[int, int]]) -> None:
    cache = BoundedCache[int, int](most=3, heaviest=10)
    for key, weight in puts:
        cache.put(key, weight, weight=weight)
        held = [found for each in range(10) if (found := cache.get(each)) is not None]
        assert len(held) <= 3
        assert sum(held) == cache.weight <= 10
        assert (cache.get(key) == weight) == (weight <= 10)


def test_what_was_used_last_stays() -> None:
    cache = BoundedCache[str, str](most=2, heaviest=10)
    cache.put("a", "first", weight=1)
    cache.put("b", "second", weight=1)
    cache.get("a")
    cache.put("c", "third", weight=1)
    assert [cache.get(key) for key in "abc"] == ["first", None, "third"]
