"""What the topics that are lists of items share: finding the items, and telling them."""

from collections.abc import Sequence

from bot.domain.answer import Telling
from bot.domain.fact import Fact
from bot.text.clean import fold_space
from bot.text.document import Document
from bot.text.items import items_of
from bot.text.section_kind import SectionKind

_TextFact = Fact[str]
"""Made once: to look the type up costs as much as the fact."""


def find_listed(document: Document, kind: SectionKind) -> tuple[Fact[str], ...]:
    """Return a document's items of one kind: the value is the item without marks, the quote the item as it stands."""
    return tuple(_TextFact(value=fold_space(line.text), quote=line.quote()) for line in items_of(document, kind))


def tell_listed(facts: Sequence[Fact[str]], *, one: str, many: str) -> Telling:
    """
    Say how many items there are, and list them.

    >>> from bot.domain.fact import Quote
    >>> tell_listed([Fact[str](value="Go", quote=Quote(text="Go"))], one="requirement", many="requirements").sentence
    '1 requirement:'
    """
    return Telling(sentence=f"{len(facts)} {one if len(facts) == 1 else many}:", items=tuple(fact.value for fact in facts))
