"""What a posting is about at a glance: said when somebody names a company and asks nothing in particular."""

from bot.answering.subject import Reply
from bot.domain.answer import State, Telling
from bot.domain.posting import Posting
from bot.topics import BY_NAME

_AT_A_GLANCE = ("pay", "countries", "workplace", "employment_type", "experience", "education", "visa")


def give_overview(posting: Posting, locale: str = "en") -> Reply:
    """Tell the first statement on each of the topics that people ask for most; what the posting does not state is said too."""
    stated = [(BY_NAME[name], BY_NAME[name].facts_in(posting)) for name in _AT_A_GLANCE]
    items = tuple(
        f"{topic.label}: {' '.join([told.sentence, ', '.join(told.items)]).strip()}"
        for topic, facts in stated
        if facts
        for told in (topic.tell_in(locale, facts),)
    )
    silent = ", ".join(topic.label.lower() for topic, facts in stated if not facts)
    title = posting.title or posting.source
    ending = (f"Not stated: {silent}.",) if silent else ()
    quotes = tuple(facts[0].quote for _, facts in stated if facts)
    return Reply(State.ANSWERED, Telling(sentence=f"{title}:", items=items + ending), quotes, topic="company")
