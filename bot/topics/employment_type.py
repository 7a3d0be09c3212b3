"""Full time, part time, contract, internship or temporary, as stated for this job."""

from collections.abc import Sequence

from bot.domain.answer import Telling
from bot.domain.fact import Fact, Quote
from bot.domain.search import SearchKey
from bot.text.document import Document
from bot.topics.employment_reading import MOST_TELLING, EmploymentType, read_employment
from bot.topics.topic import Topic


def find_employment_type(document: Document) -> Sequence[Fact[EmploymentType]]:
    """
    Return the kind of employment stated for this job: in its title, a label, a short line or a sentence about the job.

    Not stated by benefits "for full-time employees", nor by smart contracts.

    >>> from bot.text.lines import read_lines
    >>> def read(text: str) -> list[str]:
    ...     found = find_employment_type(Document(title=None, company=None, link=None, location=None, lines=read_lines(text)))
    ...     return [fact.value.value for fact in found]
    >>> read("This is a full-time position."), read("We offer a 6-month contract.")
    (['full_time'], ['contract'])
    >>> read("Full-time employees get dental insurance. You audit smart contracts.")
    []
    """
    best: tuple[int, EmploymentType, Quote] | None = None
    for kind, quote in read_employment(document):
        rank = MOST_TELLING.index(kind)
        if best is None or rank < best[0]:
            best = rank, kind, quote
        if rank == 0:
            break
    return () if best is None else (Fact(value=best[1], quote=best[2]),)


def tell_employment_type(facts: Sequence[Fact[EmploymentType]]) -> Telling:
    """
    Say what kind of employment it is.

    >>> tell_employment_type([Fact(value=EmploymentType.FULL_TIME, quote=Quote(text="Full-time"))]).sentence
    'Full time'
    """
    return Telling(sentence=facts[0].value.value.replace("_", " ").capitalize())


def find_employment_keys(kind: EmploymentType) -> tuple[SearchKey, ...]:
    """Return the value itself."""
    return (SearchKey(kind.value),)


EMPLOYMENT_TYPE: Topic[EmploymentType] = Topic(
    name="employment_type",
    command="contract",
    label="Contract",
    description="Full time, part time, contract, internship or temporary",
    asked_as=(
        "employment type",
        "full time",
        "fulltime",
        "part time",
        "contract or permanent",
        "is it a contract",
        "permanent",
        "contractor",
        "freelance",
        "internship",
        "temporary",
        "contract type",
        "contract",
        "clt",
        "pj",
        "clt or pj",
        "cdi",
        "cdd",
        "w2",
        "1099",
        "c2c",
        "b2b",
        "permanent job",
        "contract gig",
        "contract role",
        "a contract",
        "fte",
        "full time or part time",
        "hours a week",
    ),
    value_type=EmploymentType,
    find=find_employment_type,
    tell=tell_employment_type,
    keys=find_employment_keys,
    silence="The posting does not say what kind of contract it is.",
)
