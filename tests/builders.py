"""Builds documents for tests."""

from bot.parsing.head import read_plain
from bot.text.document import Document
from bot.text.lines import read_lines


def document(body: str, *, title: str | None = None, salary: str | None = None, location: str | None = None) -> Document:
    """A document with this body, and a head of these words."""
    if title is None and salary is None and location is None:
        return Document(title=None, company=None, link=None, location=None, lines=read_lines(body))
    labels = {"Title": title, "Salary": salary, "Location": location}
    head = "\n".join(f"{label}: {words}" for label, words in labels.items() if words)
    return read_plain(f"{head}\n\n{body}")
