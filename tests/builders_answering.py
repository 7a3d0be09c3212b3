"""Builds a Store with postings and an Assistant that answers from it."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path

from cachetools import LRUCache

from bot.answering.assistant import Assistant
from bot.domain.answer import Answer
from bot.domain.person import EVERYONE, Asker
from bot.domain.query import Ask, Form, Query, Question, Reach, Target, TargetKind
from bot.parsing.parse import parse_posting
from bot.presentation.chat_service import open_store
from bot.storage.store import Store
from bot.text.lexicon import data_directory

_MADE: LRUCache[tuple[object, ...], bytes] = LRUCache(maxsize=16)


@cache
def read_bundled() -> dict[str, str]:
    """The bundled postings' texts by file name."""
    return {path.name: path.read_text("utf-8") for path in sorted((data_directory() / "postings").iterdir())}


def posting_text(company: str, title: str = "Data Engineer", body: str = "We build pipelines for shops and warehouses every day.") -> str:
    """A posting of the job-board layout."""
    link = f"https://jobs.example/{company}/{title}".lower().replace(" ", "-")
    return f"# [{title}]({link})\n### {company}\n\n{body}\n"


def posting_texts(bodies: Mapping[str, tuple[str, str]]) -> dict[str, str]:
    """The postings of companies by source, each made of its title and body."""
    return {f"{company.lower()}.md": posting_text(company, title, body) for company, (title, body) in bodies.items()}


@asynccontextmanager
async def open_assistant(folder: Path, texts: dict[str, str], *, scope: str = EVERYONE) -> AsyncIterator[tuple[Store, Assistant]]:
    """A Store in a folder, holding these texts by source, with its Assistant."""
    async with open_store(await make_database(folder / "test.db", texts, scope=scope)) as store:
        assistant = Assistant(store)
        yield store, assistant
        await assistant.settle()  # as a bot does: what it writes beside its answers is no longer under way when the Store is closed


async def make_database(file: Path, texts: dict[str, str] | None = None, *, scope: str = EVERYONE) -> str:
    """
    Make a database that holds these texts by source, or nothing, and return its URL.

    It is a copy if one was made before: to build the tables and to read the texts takes longer than most tests.
    """
    made, url = (scope, *(texts or {}).items()), f"sqlite+aiosqlite:///{file}"
    if made not in _MADE:
        if texts:
            await make_database(file)
        async with open_store(url) as store:
            await store.keep([parse_posting(text, source) for source, text in (texts or {}).items()], scope=scope)
        _MADE[made] = file.read_bytes()  # noqa: ASYNC240 -- nobody else waits
    file.write_bytes(_MADE[made])  # noqa: ASYNC240 -- as above
    return url


async def ask(assistant: Assistant, text: str, *, conversation: str | None = None, scopes: Sequence[str] = (EVERYONE,)) -> Answer:
    """Ask in free words."""
    return await assistant.answer(Question(text=text), Asker(scopes=frozenset(scopes), conversation=conversation))


async def target(assistant: Assistant, name: str) -> Target:
    """The company or posting of a name, as a message's Query has it; one that is not here is unknown."""
    found = await assistant.postings_like(name, Asker())
    kind = TargetKind.FOUND if found else TargetKind.UNKNOWN
    return Target(kind=kind, typed=name, company=found[0].posting.company if found else None, postings=tuple(one.id for one in found))


async def answer_to(assistant: Assistant, *asks: Ask, about: Sequence[str] = (), form: Form = Form.WHAT, language: str = "en") -> Answer:
    """The answer to what is asked of some companies, or of all postings where none is named."""
    targets = [await target(assistant, name) for name in about]
    reach = Reach.ALL if not about else Reach.ONE if len(about) == 1 else Reach.SEVERAL
    query = Query(text="?", asks=asks, targets=tuple(targets), form=form, reach=reach, language=language)
    return (await assistant.answer_query(query, Asker(locale=language))).answer
