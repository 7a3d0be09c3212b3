"""What could not be answered is counted by topic, company and reason, and nothing tells who asked."""

from pathlib import Path

from builders_answering import ask, open_assistant, posting_text

from bot.domain.answer import State, UnansweredQuestion


async def test_gaps_are_counted(tmp_path: Path) -> None:
    async with open_assistant(tmp_path, {"a": posting_text("Brightpan")}) as (store, assistant):
        for _ in range(2):
            await ask(assistant, "what does Brightpan pay?", conversation="ann")
        await ask(assistant, "salary at Kettleworks")
        await ask(assistant, "hello")
        await assistant.settle()
        counted = {one.question: one.times for one in await store.gaps.list_gaps(scopes={"everyone"})}
    assert counted == {
        UnansweredQuestion("pay", "brightpan", State.NOT_STATED): 2,
        UnansweredQuestion("pay", "kettleworks", State.NO_SUCH_COMPANY): 1,
    }


async def test_what_is_answered_is_no_gap(tmp_path: Path) -> None:
    text = posting_text("Brightpan", body="The salary is $70,000 a year for this job of ours.")
    async with open_assistant(tmp_path, {"a": text}) as (store, assistant):
        await ask(assistant, "what does Brightpan pay?")
        await assistant.settle()
        assert await store.gaps.list_gaps(scopes={"everyone"}) == []


async def test_a_servers_gaps_are_its_own(tmp_path: Path) -> None:
    async with open_assistant(tmp_path, {"a": posting_text("Brightpan")}) as (store, assistant):
        await ask(assistant, "what does Brightpan pay?", scopes=("everyone", "guild-1"))
        await assistant.settle()
        assert await store.gaps.list_gaps(scopes={"everyone", "guild-2"}) == []
        assert [one.times for one in await store.gaps.list_gaps(scopes={"guild-1"})] == [1]


async def test_one_person_fills_no_list(tmp_path: Path) -> None:
    async with open_assistant(tmp_path, {"a": posting_text("Brightpan")}) as (store, assistant):
        for number in range(25):
            await ask(assistant, f"salary at Kettleworks{number}zq", conversation="lobby:ann")
        await ask(assistant, "salary at Otherworks", conversation="lobby:ben")
        await assistant.settle()
        companies = {one.question.company for one in await store.gaps.list_gaps(scopes={"everyone"})}
    assert len(companies) == 21
    assert "otherworks" in companies


async def test_counting_changes_no_version(tmp_path: Path) -> None:
    async with open_assistant(tmp_path, {"a": posting_text("Brightpan")}) as (store, assistant):
        before = await store.version()
        await ask(assistant, "what does Brightpan pay?")
        await assistant.settle()
        assert await store.version() == before


async def test_who_sees_several_servers_tells_none_of_them_of_anothers_company(tmp_path: Path) -> None:
    async with open_assistant(tmp_path, {"a": posting_text("Brightpan")}, scope="2") as (store, assistant):
        for question in ("what does Brightpan pay?", "salary at Kettleworks"):
            await ask(assistant, question, scopes=("everyone", "1", "2", "3"))
        await assistant.settle()
        counted = {
            scope: [one.question.company for one in await store.gaps.list_gaps(scopes={scope})] for scope in ("everyone", "1", "2", "3")
        }
    assert counted == {"everyone": ["kettleworks"], "1": [], "2": ["brightpan"], "3": []}


async def test_a_company_is_counted_as_it_is_written_and_not_squashed(tmp_path: Path) -> None:
    async with open_assistant(tmp_path, {"a": posting_text("Brightpan")}) as (store, assistant):
        await ask(assistant, "salary at Copper Kettle Works")
        await assistant.settle()
        assert [one.question.company for one in await store.gaps.list_gaps(scopes={"everyone"})] == ["copper kettle works"]
