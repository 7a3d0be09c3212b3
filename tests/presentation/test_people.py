"""What Discord said of who is where counts for a quarter of an hour; and whose turn it is."""

import asyncio

import pytest
from builders_clock import Clock

from bot.presentation import people as module
from bot.presentation.people import REMEMBERED_FOR, SEEN_FOR, Memberships, RateLimit, Turns

MIA, ADA = 1, 2
BAKERS, SMITHS, WEAVERS = 10, 20, 30
SERVERS = (BAKERS, SMITHS, WEAVERS)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def memberships(clock: Clock) -> Memberships:
    return Memberships(clock)


def test_nobody_is_known_before_discord_said_anything(memberships: Memberships) -> None:
    assert memberships.status_of(MIA, SERVERS) == module.MembershipStatus(frozenset(), SERVERS)
    assert not memberships.knows(MIA)


def test_both_members_and_those_who_are_none_are_remembered_for_a_quarter_of_an_hour(memberships: Memberships, clock: Clock) -> None:
    memberships.remember(MIA, BAKERS, is_member=True)
    memberships.remember(MIA, SMITHS, is_member=False)
    clock.now = REMEMBERED_FOR - 1
    assert memberships.status_of(MIA, SERVERS) == module.MembershipStatus(frozenset({BAKERS}), (WEAVERS,))
    clock.now = REMEMBERED_FOR
    assert memberships.status_of(MIA, SERVERS) == module.MembershipStatus(frozenset(), SERVERS)


def test_one_persons_servers_are_not_anothers(memberships: Memberships) -> None:
    memberships.remember(MIA, BAKERS, is_member=True)
    assert memberships.status_of(ADA, SERVERS).member_of == frozenset()


def test_only_the_servers_that_are_asked_about_are_told(memberships: Memberships) -> None:
    memberships.remember(MIA, BAKERS, is_member=True)
    assert memberships.status_of(MIA, {SMITHS}) == module.MembershipStatus(frozenset(), (SMITHS,))


def test_what_was_said_last_counts(memberships: Memberships) -> None:
    memberships.remember(MIA, BAKERS, is_member=True)
    memberships.remember(MIA, BAKERS, is_member=False)
    assert memberships.status_of(MIA, {BAKERS}) == module.MembershipStatus(frozenset(), ())


def test_who_uses_the_bot_in_a_server_is_a_member_of_it(memberships: Memberships) -> None:
    memberships.see(MIA, BAKERS)
    assert memberships.status_of(MIA, {BAKERS}).member_of == {BAKERS}


def test_servers_where_the_bot_was_used_last_are_asked_about_first(memberships: Memberships, clock: Clock) -> None:
    for clock.now, server in ((1, BAKERS), (2, WEAVERS), (3, SMITHS)):
        memberships.see(MIA, server)
    clock.now = REMEMBERED_FOR + 3
    assert memberships.status_of(MIA, (*SERVERS, 5)).unknown == (SMITHS, WEAVERS, BAKERS, 5)
    clock.now = SEEN_FOR + 2.5
    assert memberships.status_of(MIA, SERVERS).unknown == (SMITHS, BAKERS, WEAVERS)


def test_a_server_or_a_person_can_be_forgotten(memberships: Memberships) -> None:
    for person in (MIA, ADA):
        for server in (BAKERS, SMITHS):
            memberships.see(person, server)
    memberships.forget_server(BAKERS)
    assert memberships.status_of(MIA, SERVERS).member_of == {SMITHS}
    memberships.forget_person(MIA)
    assert not memberships.knows(MIA)
    assert memberships.status_of(MIA, SERVERS).member_of == frozenset()
    assert memberships.status_of(ADA, SERVERS).member_of == {SMITHS}
    memberships.forget_person(MIA)
    memberships.forget_server(BAKERS)


def test_the_people_who_were_away_longest_make_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MOST", 4)
    memberships = Memberships(Clock())
    for person in (MIA, ADA, 3):
        for server in (BAKERS, SMITHS):
            memberships.remember(person, server, is_member=True)
            memberships.remember(person, server, is_member=True)
    assert [memberships.knows(person) for person in (MIA, ADA, 3)] == [False, True, True]
    for server in range(9):
        memberships.remember(ADA, server, is_member=True)
    assert [memberships.knows(person) for person in (ADA, 3)] == [True, False]


def test_what_is_an_hour_old_counts_no_more_and_the_rest_does() -> None:
    clock = Clock()
    limit = RateLimit(2, 3600.0, clock)
    for clock.now in (0.0, 1800.0):
        assert not limit.count(1)
    clock.now = 3599.0
    assert limit.count(1) == 1.0
    assert not limit.count(2)
    clock.now = 3600.0
    assert not limit.count(1)
    assert limit.count(1) == 1800.0


# A person's questions wait for each other and not for anybody else's, and those that wait are bounded.


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
