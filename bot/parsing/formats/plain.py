"""Plain text and markdown of no known layout; takes any text."""

from bot.parsing.formats import Format
from bot.parsing.head import read_head
from bot.text.document import Document
from bot.text.lines import read_lines


def read_plain(text: str) -> Document:
    r"""
    Read any text: what stands at its top is read as a head, in whichever of the usual ways.

    >>> document = read_plain("Data Engineer\nCompany: Acme\nLocation: Oslo\n\nWe need SQL.")
    >>> document.title, document.company, document.location
    ('Data Engineer', 'Acme', 'Oslo')
    """
    head = read_head(read_lines(text))
    return Document(title=head.title, company=head.company, link=head.link, location=head.location, lines=head.lines)


PLAIN = Format(name="plain text", read=read_plain)
