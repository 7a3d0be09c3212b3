"""`explain`: how a message is understood: its words, what was recognised in it, what the model makes of it, and the Query."""

from argparse import Namespace
from collections.abc import Iterator, Mapping

from bot.answering.live_index import Directory
from bot.cli.options import opened
from bot.domain.posting import EVERYONE
from bot.domain.query import Query
from bot.presentation.opening import open_for_answers
from bot.questions.message import Message, find_language, read_message
from bot.questions.read_question import read_question

_MOST_SCORES = 4


def run_explain(arguments: Namespace) -> int:
    """Explain each message, each with those before it in mind."""
    with opened(open_for_answers(arguments.database)) as ((store, _), runner):
        index = runner.run(Directory(store).index_for({EVERYONE}))
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
