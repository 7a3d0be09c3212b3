"""
Everything that can go wrong for a person, in one tree.

RolecallError            what happened and what to do about it, in one line
├── UnreadablePosting    a text, file or link that cannot be read as a posting
├── Uncorrectable        what was typed to correct a posting cannot be taken
├── QuotaReached          a server may keep no more
├── StorageError         the database cannot be used
│   └── NewerSchema      it was written by a newer Rolecall
├── ServiceError         another service, such as Discord, cannot be used
└── SettingsError        a setting is missing or makes no sense
"""

from collections.abc import Iterable


class RolecallError(Exception):
    """
    The message is one line for a person: what happened, and what to do about it.

    >>> error = RolecallError("I know no country called “{country}”", country="Narnia")
    >>> str(error), error.message
    ('I know no country called “Narnia”', 'I know no country called “{country}”')
    """

    def __init__(self, message: str = "", /, **values: object) -> None:
        self.message, self.values = message, values
        """The sentence with its blanks, as it is looked up in other languages, and what stands in them."""

        super().__init__(message.format_map(values) if values else message)


class UnreadablePosting(RolecallError):
    """A text, file or link that cannot be read as a posting."""


class Uncorrectable(RolecallError):
    """What was typed to correct a posting cannot be taken; each complaint is one line that says where and what to do."""

    def __init__(self, complaints: Iterable[str]) -> None:
        self.complaints = tuple(complaints)
        super().__init__("\n".join(self.complaints))


class QuotaReached(RolecallError):
    """A server may keep no more; what was to be kept with it is not."""


class StorageError(RolecallError):
    """The database cannot be used."""


class NewerSchema(StorageError):
    """The database was written by a newer Rolecall."""


class ServiceError(RolecallError):
    """Another service, such as Discord, cannot be used."""


class SettingsError(RolecallError):
    """A setting is missing or makes no sense."""
