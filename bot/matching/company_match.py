"""What comes of matching a typed company name: found, too near to another to say, or unknown."""

from bot.domain.model import Model


class Entry(Model):
    """One posting as the index knows it."""

    id: int
    scope: str
    """Who may see it: a Discord server's id, or the scope of everyone."""

    company: str
    """As the posting spells it; empty where it names none."""

    title: str = ""


class Found(Model):
    """The name is one company's, without reasonable doubt."""

    key: str
    name: str
    """As its newest posting spells it."""

    entries: tuple[Entry, ...]
    """Its postings that may be seen, newest first."""


class NearTie(Model):
    """The name fits several companies equally, or one not well enough: it is asked back."""

    typed: str
    names: tuple[str, ...]
    """What it may have meant, best first; at least one."""


class Unknown(Model):
    """No company goes by that name."""

    typed: str
    nearest: tuple[str, ...] = ()
    """Names that look like it, best first."""


CompanyMatch = Found | NearTie | Unknown
