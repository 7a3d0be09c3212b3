"""
Everything that can go wrong for a person, in one tree.

RolecallError            what happened and what to do about it, in one line
├── UnreadablePosting    a text, file or link that cannot be read as a posting
├── StorageError         the database cannot be used
│   └── NewerSchema      it was written by a newer Rolecall
├── ServiceError         another service, such as Discord, cannot be used
└── SettingsError        a setting is missing or makes no sense
"""


class RolecallError(Exception):
    """The message is one line for a person: what happened, and what to do about it."""


class UnreadablePosting(RolecallError):
    """A text, file or link that cannot be read as a posting."""


class StorageError(RolecallError):
    """The database cannot be used."""


class NewerSchema(StorageError):
    """The database was written by a newer Rolecall."""


class ServiceError(RolecallError):
    """Another service, such as Discord, cannot be used."""


class SettingsError(RolecallError):
    """A setting is missing or makes no sense."""
