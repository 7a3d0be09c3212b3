"""What the head of a posting leaves out, found in its text: the company's name."""

import re
from collections import Counter

from bot.text.document import Document
from bot.text.links import find_links

_NAME = r"(?P<name>(?:[A-Z][\w&.'’-]{0,30}|[a-z]{1,3}[A-Z][\w.-]{1,30})(?:\s(?:[A-Z0-9][\w&.'’-]{0,30}|of|and|&|for|de|la)){0,4}?)"
_PATTERNS = (
    re.compile(rf"\bAt\s{_NAME},\s(?:we|our|you|I)\b"),
    re.compile(rf"^(?:About|Join|Über|Sobre|À propos d[e']|Acerca de)\s(?:the\s)?{_NAME}\s*[:!]?$"),
    re.compile(rf"^{_NAME}\s(?:is|are)\s(?:seeking|looking|hiring|searching|recruiting|currently)\b"),
    re.compile(rf"^{_NAME}\s(?:is|are)\s(?:an?|the|on a|one of|building|redefining|transforming)\b"),
    re.compile(rf"\b(?:[Jj]oin|working at|career at|team at|here at|life at|opportunity at)\s(?:the\s)?{_NAME}(?=[\s,.!’'])"),
    re.compile(rf"\b{_NAME}(?:'s|’s)\s(?:mission|team|platform|culture|products?|customers?|values)\b"),
)
"""Wordings that name the employer, the surest first; each hit counts, the surer ones more."""

_NOT_NAMES = frozenset(
    {"We", "The", "This", "You", "Us", "Our", "It", "Job", "Role", "Team", "Company", "Position", "Description", "They", "There", "He", "She", "If", "Who", "What"}
    | {"Candidate", "Candidates", "Experience", "Remote", "Here", "Work", "In", "As", "For", "That", "Your", "Applicants", "Engineer", "Engineering", "Python"}
    | {"Machine", "Senior", "Data", "Software", "Staff", "Please", "Each", "All", "Compensation", "Salary", "Knowledge", "These", "Those", "One", "Everyone"}
)


def find_company_name(document: Document) -> str | None:
    """Return the employer's name that the text gives most surely, or None if none of the wordings occurs."""
    votes: Counter[str] = Counter()
    for line in document.body:
        for weight, pattern in zip(range(len(_PATTERNS), 0, -1), _PATTERNS, strict=True):
            for sentence in line.sentences:
                votes.update({name: weight for match in pattern.finditer(sentence.text) if (name := _to_name(match["name"]))})
    return max(votes, key=lambda name: votes[name]) if votes else None


def find_link(document: Document) -> str | None:
    """Return the first address in the body, or None."""
    return next((link for line in document.body for link in find_links(line.marked.raw)), None)


def _to_name(written: str) -> str | None:
    name = written.strip(" .,’'")
    return None if name.split()[0] in _NOT_NAMES or len(name) < 2 else name  # noqa: PLR2004
