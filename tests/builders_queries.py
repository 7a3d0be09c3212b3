"""What is essential of a Query, in a few words, for tables of messages."""

from company_rows import HERE, index_of

from bot.domain.query import Ask, Query, Reach, Target, TargetKind
from bot.questions.company_index import CompanyIndex
from bot.questions.message import read_message
from bot.questions.model import find_language
from bot.questions.names import Name
from bot.questions.read_question import read_question

WORLD = index_of(
    "Hopper: Data Engineer",
    "Hopper: QA Engineer",
    "Flex: Staff Machine Learning Engineer",
    "Nomad Health: Senior Backend Engineer",
    "Simple: Senior iOS Developer",
    "Wikimedia Foundation: Site Reliability Engineer",
    "Pachama: Product Designer",
    "Lime: Firmware Engineer",
    ": Night Porter",
)

ALL_OF_IT = tuple(range(1, 10))


def read(*messages: str, locale: str = "en") -> Query:
    """The Query of the last of these messages, the others before it in the same conversation."""
    last: Query | None = None
    for message in messages:
        last = read_question(message, WORLD, scopes=HERE, last=last if last is None or last.talk is None else None, locale=locale)
        if last.reach is Reach.ALL and not last.within and message is not messages[-1]:
            last = last.model_copy(update={"within": ALL_OF_IT})
    assert last is not None
    return last


def essentials(query: Query) -> str:
    """Such as "one Flex: pay(US-TX)", "all list: skills(python)", "talk thanks"."""
    if query.talk is not None:
        return f"talk {query.talk.value}"
    names = ", ".join(map(_name, query.targets)) or ("those" if query.within else "")
    form = query.form.value if query.reach.value != "one" or query.form.value == "summary" else ""
    head = " ".join(part for part in (query.reach.value, form, names) if part)
    role = f" role={query.role}" if query.role else ""
    role += f" of={','.join(query.fields)}" if query.fields else ""
    asks = "; ".join(map(_ask, query.asks)) or "nothing"
    return f"{head}{role}: {asks}"


def _name(target: Target) -> str:
    name = target.company or target.typed
    return name if target.kind is TargetKind.FOUND else f"{target.kind.value} {target.typed}"


def _ask(ask: Ask) -> str:
    details = [*ask.about, *ask.values]
    if ask.place:
        details.append("-".join(part for part in (ask.place.country, ask.place.state, ask.place.city, ask.place.area) if part))
    if ask.amount:
        per = f"/{ask.amount.per}" if ask.amount.per else ""
        details.append(f"{ask.amount.side.value} {ask.amount.value:g} {ask.amount.currency or ''}{per}".strip())
    if ask.years:
        details.append(f"{'own ' if ask.years.is_own else ''}{ask.years.side.value} {ask.years.value:g}y")
    if ask.level:
        details.append(ask.level.value)
    flags = [name for name, is_set in (("not", ask.is_denied), ("only", ask.is_only), ("must", ask.is_must)) if is_set]
    return f"{ask.topic}{'(' + ', '.join([*flags, *details]) + ')' if details or flags else ''}"


def named(question: str, index: CompanyIndex) -> Name | None:
    """The company that a message names most surely, None where it names none."""
    message = read_message(question, index, scopes=HERE, language=find_language(question))
    return max(message.names, key=lambda name: name.score, default=None)
