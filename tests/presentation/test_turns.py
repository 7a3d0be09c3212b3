"""A person's questions wait for each other and not for anybody else's, and those that wait are bounded."""

import asyncio

from builders_clock import Clock

from bot.presentation.members import Turns


async def test_a_question_that_comes_while_none_is_answered_is_always_admitted_and_not_counted() -> None:
    turns = Turns(2, Clock())
    for _ in range(50):
        turn = turns.take(7)
        assert turn
        async with turn:
            pass
    turn = turns.take(7)
    assert turn
    async with turn:
        assert turns.take(7)


async def test_of_those_that_come_while_one_is_answered_so_many_are_admitted_a_minute() -> None:
    clock = Clock()
    turns = Turns(2, clock)
    turn = turns.take(7)
    assert turn
    async with turn:
        assert [turns.take(7) is not None for _ in range(4)] == [True, True, False, False]
        assert turns.take(8)
        clock.now += 59
        assert not turns.take(7)
        clock.now += 2
        assert [turns.take(7) is not None for _ in range(3)] == [True, True, False]
    assert turns.take(7)


async def test_nobody_is_remembered_whose_questions_are_answered() -> None:
    turns = Turns(2)
    for person in range(50):
        turn = turns.take(person)
        assert turn
        async with turn:
            pass
    del turn
    assert len(turns._turns) == 0  # noqa: SLF001 -- nothing public says how much is held


async def test_one_question_of_a_person_waits_for_the_other_and_nobody_else_waits() -> None:
    turns = Turns(30)
    order = []

    async def ask(person: int, name: str) -> None:
        turn = turns.take(person)
        assert turn
        async with turn:
            order.append(f"{name} begins")
            await asyncio.sleep(0)
            order.append(f"{name} ends")

    await asyncio.gather(ask(7, "first"), ask(7, "second"), ask(8, "other"))
    assert order.index("first ends") < order.index("second begins")
    assert order.index("other begins") < order.index("first ends")
