"""What is said where no posting answers: several fit, none is known, nothing was understood."""

from collections.abc import Sequence

from bot.domain.answer import Telling
from bot.domain.posting import Posting

EXAMPLES = ("what does {} pay?", "requirements at {}", "can I apply to {} from Kenya?")

POSTING_IS_GONE = Telling(sentence="This posting is no longer here; ask for its company again.")


def tell_which_company(typed: str, names: Sequence[str]) -> Telling:
    """Ask back which of several companies is meant."""
    if len(names) == 1:
        return Telling(sentence=f"Do you mean {names[0]}?")
    return Telling(sentence=f'"{typed}" may be one of {len(names)} companies. Which do you mean?', items=tuple(names))


def tell_no_such_company(typed: str, nearest: Sequence[str]) -> Telling:
    """Say that there is no posting of a company, with the nearest names."""
    if not nearest:
        return Telling(sentence=f'There is no posting from "{typed}" here.')
    return Telling(sentence=f'There is no posting from "{typed}" here. The nearest names are:', items=tuple(nearest))


def tell_which_posting(company: str | None, choices: Sequence[tuple[Posting, str]]) -> Telling:
    """Say what each of the postings that fit states, so that one can be chosen; `company` is the one that they all are of."""
    if company is None:
        names = (" · ".join(name for name in (posting.company, posting.title) if name) or posting.source for posting, _ in choices)
        sentence = "Do you mean this posting?" if len(choices) == 1 else f"{len(choices)} postings fit. Which do you mean?"
        return Telling(sentence=sentence, items=tuple(f"{name}: {said}" for name, (_, said) in zip(names, choices, strict=True)))
    items = tuple(f"{posting.title or posting.source}: {said}" for posting, said in choices)
    if len(choices) == 1:
        return Telling(sentence=f"Do you mean {company}?", items=items)
    return Telling(sentence=f"{company} has {len(choices)} postings that fit. Which do you mean?", items=items)


def tell_what_to_ask(company: str | None) -> Telling:
    """Say with examples what can be asked."""
    if company is None:
        return Telling(sentence="No postings are here yet, so there is nothing to answer from. Add some first.")
    items = tuple(example.format(company) for example in EXAMPLES)
    return Telling(
        sentence="I answer questions about the job postings that I have read. Name a company and what you want to know:", items=items
    )


def tell_to_name_company(company: str | None) -> Telling:
    """Say that a company must be named."""
    if company is None:
        return tell_what_to_ask(company)
    return Telling(sentence=f"Which company do you mean? Name it in the question, for example: {EXAMPLES[0].format(company)}")
