"""A person's questions wait for each other and not for anybody else's, and are bounded."""

import asyncio

from builders_clock import Clock

from bot.presentation.members import QUESTIONS_A_MINUTE, Turns


def test_a_person_asks_no_more_than_the_bound_in_a_minute() -> None:
    clock = Clock()
    turns = Turns(clock=clock)
    assert all(turns.admit(7) for _ in range(QUESTIONS_A_MINUTE))
    assert not turns.admit(7)
    assert turns.admit(8)
    clock.now += 61
    assert turns.admit(7)


def test_nobody_is_remembered_who_asked_long_ago() -> None:
    clock = Clock()
    turns = Turns(clock=clock)
    for person in range(50):
        turns.admit(person)
    clock.now += 61
    turns.admit(50)
    assert len(turns._asking) == 1  # noqa: SLF001 -- nothing public says how much is held


async def test_one_question_of_a_person_waits_for_the_other_and_nobody_else_waits() -> None:
    turns = Turns()
    order = []

    async def ask(person: int, name: str) -> None:
        assert turns.admit(person)
        async with turns.turn_of(person):
            order.append(f"{name} begins")
            await asyncio.sleep(0)
            order.append(f"{name} ends")

    await asyncio.gather(ask(7, "first"), ask(7, "second"), ask(8, "other"))
    assert order.index("first ends") < order.index("second begins")
    assert order.index("other begins") < order.index("first ends")
