"""`ask`: one question, or one on each line of standard input; each stands alone."""

import json
import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from bot.answering.assistant import Assistant
from bot.answering.memory import LiveIndex
from bot.cli import complain
from bot.cli.terminal import BLANK, answer_page, open_console, opened, show, typed_lines
from bot.domain.answer import Answer, Rendered, State
from bot.domain.errors import RolecallError
from bot.domain.facts import Fact
from bot.domain.person import EVERYONE, Asker
from bot.domain.posting import Posting
from bot.domain.query import Query, Question
from bot.presentation.chat_service import open_for_answers
from bot.presentation.failures import describe
from bot.questions.commands import MOST_COMPARED, OPTIONS, PROFILE_FIELDS, read_profile, write_command
from bot.questions.message import Message, read_message
from bot.questions.model import find_language
from bot.questions.read_question import read_question
from bot.topics import TOPICS
from bot.topics.apply import APPLY, DateKind, dates_in
from bot.topics.experience import EXPERIENCE
from bot.topics.topic import Topic


def run_ask(arguments: Namespace) -> int:
    """Answer the question that was typed, or each line of standard input."""
    if arguments.question:
        return answer_each([(Question(text=" ".join(arguments.question)), Asker())], arguments)
    if sys.stdin.isatty() and not arguments.json:
        complain('there is no question; write it behind ask, as in: ask "what does Flex pay?" (or talk with: chat)')
        return 2
    return answer_each(((Question(text=line), Asker()) for line in typed_lines()), arguments)


def answer_each(asked: Iterable[tuple[Question, Asker]], arguments: Namespace) -> int:
    """Print the answer to each question, and return 1 if one could not be answered, which does not end the others."""
    status = 0
    with opened(open_for_answers(arguments.database, may_create=arguments.may_create)) as ((_, assistant), runner):
        console, assistant.names_all = open_console(), arguments.json
        for number, (question, asker) in enumerate(asked):
            answer, failed = runner.run(_answer_one(assistant, question, asker=asker))
            status |= failed
            if arguments.json:
                print(answer_as_json(answer), flush=True)  # noqa: T201
            else:
                show(console, [*([BLANK] if number else []), *answer_page(answer)])
    return status


def run_search(arguments: Namespace) -> int:
    """List the postings that fit what is asked, a page of them."""
    options = {name: getattr(arguments, name) for name in OPTIONS if getattr(arguments, name, None)}
    if arguments.skill:
        options["skills"] = ", ".join(arguments.skill)
    options |= {name: "yes" for name in ("visa", "closed") if getattr(arguments, name)}
    text = write_command("search", options or {"sort": "newest"})
    return answer_each([(Question(text=text, page=arguments.page - 1, is_silent=arguments.silent), Asker())], arguments)


def run_compare(arguments: Namespace) -> int:
    """Put postings side by side."""
    if len(arguments.companies) > MOST_COMPARED:
        told = f"{MOST_COMPARED} postings at most are set side by side, and {len(arguments.companies)} were named; leave some out"
        raise RolecallError(told)
    return answer_each([(Question(text=write_command("compare", arguments.companies)), Asker())], arguments)


def run_fit(arguments: Namespace) -> int:
    """Say which of a posting's requirements somebody meets."""
    given = {name: value for name in PROFILE_FIELDS if (value := getattr(arguments, name, None))}
    if arguments.skill:
        given["skills"] = ", ".join(arguments.skill)
    profile = read_profile(given)
    return answer_each([(Question(text=write_command("fit", [" ".join(arguments.company)]), profile=profile), Asker())], arguments)


def run_show(arguments: Namespace) -> int:
    """Print a posting's whole text."""
    return answer_each([(Question(text=write_command("show", [" ".join(arguments.company)])), Asker())], arguments)


async def _answer_one(assistant: Assistant, question: Question, *, asker: Asker) -> tuple[Answer, bool]:
    """Answer a question, and tell whether that failed: then the answer says why, and those behind it are answered still."""
    try:
        return await assistant.answer(question, asker), False
    except Exception as error:  # noqa: BLE001 - the outermost handler of a question
        return Answer(question=question.text, state=State.NOT_UNDERSTOOD, rendered=Rendered(sentence=describe(error))), True


# Postings and answers as JSON for other programs: one object a line, with fixed names.


def posting_as_json(posting: Posting) -> str:
    """Return what was read in a posting as one line: its head, then a key for each topic."""
    head = {
        "source": posting.source,
        "title": posting.title,
        "company": posting.company,
        "apply_url": posting.link,
        "location": posting.location,
        **_dates_as_json(posting),
    }
    return _to_line(head | {topic.key or topic.name: _facts_as_json(topic, _asked_in(topic, posting)) for topic in TOPICS})


def _asked_in(topic: Topic[Any], posting: Posting) -> Sequence[Fact[Any]]:
    """Return a topic's facts; that no experience is required asks for no number of years."""
    facts = topic.facts_in(posting)
    return [fact for fact in facts if fact.value.years] if topic is EXPERIENCE else facts


def _dates_as_json(posting: Posting) -> dict[str, str | None]:
    days = dates_in(words for fact in APPLY.facts_in(posting) for words in (fact.value, fact.quote.text))
    return {kind.value: days[kind].isoformat() if kind in days else None for kind in DateKind}


def answer_as_json(answer: Answer) -> str:
    """Return an answer as one line."""
    return _to_line(
        {
            "question": answer.question,
            "state": answer.state,
            "topic": answer.topic,
            "topics": list(answer.topics),
            "verdict": answer.verdict,
            "postings": [posting.source for posting in (*answer.postings, *(answer.listing.others if answer.listing else ()))],
            "openness": [posting.sighting.openness for posting in answer.postings],
            "company": answer.company,
            "country": answer.country,
            "eligible": answer.eligible,
            "quotes": [quote.text for quote in answer.quotes],
            "text": answer.text,
        }
    )


def error_as_json(source: str, reason: str) -> str:
    """Return what is wrong with a source as one line."""
    return _to_line({"source": source, "error": reason})


def _facts_as_json(topic: Topic[Any], facts: Sequence[Fact[Any]]) -> Any:
    if topic.many:
        return [_fact_as_json(topic, fact) for fact in facts]
    return _fact_as_json(topic, facts[0]) if facts else topic.unstated


def _fact_as_json(topic: Topic[Any], fact: Fact[Any]) -> Any:
    value = topic.adapter.dump_python(fact.value, mode="json")
    return value | {"quote": fact.quote.text} if isinstance(value, dict) else value


def _to_line(record: dict[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False)


# `explain`: how a message is understood: its words, what was recognised in it, what the model makes of it, and the Query.

_MOST_SCORES = 4


def run_explain(arguments: Namespace) -> int:
    """Explain each message, each with those before it in mind."""
    with opened(open_for_answers(arguments.database, may_create=arguments.may_create)) as ((store, _), runner):
        index = runner.run(LiveIndex(store).index_for({EVERYONE}))
        last: Query | None = None
        for text in arguments.messages:
            language = find_language(text, locale=arguments.locale)
            message = read_message(text, index, scopes={EVERYONE}, language=language)
            last = read_question(text, index, scopes={EVERYONE}, last=last, locale=arguments.locale)
            print("\n".join([*explain_message(message), *explain_query(last)]), flush=True)  # noqa: T201
    return 0


def explain_message(message: Message) -> Iterator[str]:
    """Yield lines on a message's words, on what was recognised in it, and on what the model makes of it."""
    yield message.text
    yield f"  words     {' | '.join(f'{token.word} {token.kind.name.lower()}' for token in message.question.tokens)}"
    for name in message.names:
        found = getattr(name.match, "name", "") or ", ".join(getattr(name.match, "names", getattr(name.match, "nearest", ())))
        yield f"  company   {message.text[name.start : name.end]!r}: {type(name.match).__name__} {found} ({name.score:+.1f})"
    for place in message.places:
        yield f"  place     {message.text[place.start : place.end]!r}: {_told(place.place.model_dump(exclude_defaults=True))}"
    for value in message.values:
        yield f"  {value.kind:10}{message.text[value.start : value.end]!r}: {value.value}"
    yield f"  masked    {message.masked}"
    yield f"  signs     {' '.join(message.signs)}"
    yield f"  language  {message.language}"
    for head in ("topics", "reach", "form", "talk"):
        yield f"  {head:10}{_best(getattr(message.scores, head))}"
    yield f"  follows   {message.scores.follows:.2f}"


def explain_query(query: Query) -> Iterator[str]:
    """Yield lines on a Query, without what is as it mostly is."""
    told = query.model_dump(mode="json", exclude_defaults=True, exclude={"text", "targets", "asks"})
    yield f"  Query     {_told(told) or 'nothing beside'}"
    for target in query.targets:
        yield f"    target  {_told(target.model_dump(mode='json', exclude_defaults=True))}"
    for ask in query.asks:
        yield f"    ask     {_told(ask.model_dump(mode='json', exclude_defaults=True))}"


def _told(values: Mapping[str, object]) -> str:
    return ", ".join(f"{key}={value!r}" for key, value in values.items())


def _best(scores: Mapping[str, float]) -> str:
    best = sorted(scores.items(), key=lambda item: -item[1])[:_MOST_SCORES]
    return "  ".join(f"{label} {score:.2f}" for label, score in best)
