"""The buttons below an answer: the next questions, further pages, what may have been meant."""

from collections import Counter
from dataclasses import replace

from bot.domain.answer import Answer, PostingReference, State
from bot.interfaces.chat.card import LONGEST_LABEL, Control, Row, in_rows, turning_row
from bot.interfaces.chat.escaping import cut, readable, showable_link
from bot.interfaces.chat.presses import Press, Verb
from bot.topics import BY_NAME, TOPICS
from bot.topics.apply import APPLY

_FIRST = ("pay", "requirements", "countries")
"""What most people ask next."""


def posting_of(answer: Answer) -> PostingReference | None:
    """Return the posting that an answer is about; None where it is about none, or about several companies'."""
    is_told = answer.state in (State.ANSWERED, State.NOT_STATED) and len({posting.company for posting in answer.postings}) == 1
    return answer.postings[0] if is_told else None


def topic_rows(answer: Answer, about: PostingReference, *, owner: int, is_open: bool) -> tuple[Row, ...]:
    """Return the topics that are asked about most, and with `is_open` all the others in rows of their own."""
    current = answer.topic if not answer.question and answer.country is None else None
    first = [_topic_control(about, name, owner, current=current) for name in _FIRST]
    more = Press(Verb.MORE, posting=about.id, topic=answer.topic, country=answer.country, owner=owner)
    first.append(Control("More", press=more, is_current=is_open))
    if link := showable_link(about.link):
        first.append(Control("Apply ↗", link=link))
    else:
        first.append(_topic_control(about, APPLY.name, owner, current=current))
    shown = _FIRST if link else (*_FIRST, APPLY.name)
    others = [_topic_control(about, topic.name, owner, current=current) for topic in TOPICS if topic.name not in shown]
    return (tuple(first), *(in_rows(others) if is_open else ()))


def page_row(answer: Answer, number: int, *, pages: int, owner: int) -> tuple[Row, ...]:
    """Return the row that turns pages, where there are several."""
    about = posting_of(answer)
    shown = Press(Verb.PAGE, posting=about.id if about else 0, topic=answer.topic, country=answer.country, owner=owner)
    return turning_row(number, pages, press_to=lambda to: replace(shown, page=to))


def choice_rows(answer: Answer, owner: int) -> tuple[Row, ...]:
    """Return a button for each posting that may have been meant, which answers in place, or that was found, which answers beside."""
    verb, topic = (Verb.ASK, None) if answer.state is State.ANSWERED else (Verb.PICK, answer.topic)
    choices = answer.postings or answer.suggested
    labels = [_choice_label(answer, posting) for posting in choices]
    repeated = Counter(labels)
    controls = [
        Control(
            label if repeated[label] == 1 else f"{cut(label, LONGEST_LABEL - 22)} #{posting.id}",
            press=Press(verb, posting=posting.id, topic=topic, country=answer.country, owner=owner),
        )
        for label, posting in zip(labels, choices, strict=True)
    ]
    return in_rows(controls)


def _choice_label(answer: Answer, posting: PostingReference) -> str:
    """Name the company where companies are to choose from, and the role where it takes one to tell postings apart."""
    company, title = readable(posting.company or ""), readable(posting.title or "")
    own = [other for other in answer.postings or answer.suggested if other.company == posting.company]
    are_companies = bool(answer.nearest) or answer.state is State.ANSWERED
    words = [company] if are_companies and len(own) == 1 else [company, title] if are_companies else [title]
    return cut(": ".join(filter(None, words)) or "A posting without a title", LONGEST_LABEL)


def _topic_control(about: PostingReference, name: str, owner: int, *, current: str | None) -> Control:
    press = Press(Verb.ASK, posting=about.id, topic=name, owner=owner)
    return Control(BY_NAME[name].label, press=press, is_current=name == current)
