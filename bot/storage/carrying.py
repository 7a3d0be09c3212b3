"""What people put right in one revision, carried on to the next."""

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from bot.domain.correction import HeadField
from bot.storage.codec import FactCodec, Knows
from bot.storage.correcting import apply_corrections, says_the_same
from bot.storage.correction_rows import CorrectionRow, identities, to_corrections
from bot.storage.rows import Found, Reading, to_posting, to_reading


class Carried(NamedTuple):
    """A reading with the corrections of the one before it."""

    reading: Reading
    is_corrected: bool
    """Whether it brings corrections of its own that say something else."""


def carry_over(reading: Reading, before: Reading, *, codec: FactCodec) -> Carried:
    """
    Let a reading take over the corrections of the one before it, except for fields that it has its own for.

    Where its own says the same as the one before, that one stays, with who made it. Corrections that this Rolecall cannot read rest.
    """
    if not before.corrections:
        return Carried(reading, is_corrected=bool(reading.corrections))
    old = to_corrections(before.corrections, codec)
    posting = to_posting(reading.posting, Found(reading.facts, reading.corrections), codec=codec)
    own = [one for one in posting.corrections if one.field not in old or not says_the_same(one, old[one.field])]
    repeated = {one.field: one for one in posting.corrections if one not in own}
    kept = [old[field].model_copy(update={"read": one.read, "read_words": one.read_words}) for field, one in repeated.items()]
    corrected = apply_corrections(posting.model_copy(update={"corrections": (*own, *kept)}), old.values())
    return Carried(with_unread(to_reading(corrected, codec), before, codec=codec), is_corrected=bool(own))


def with_link(reading: Reading, before: Reading) -> Reading:
    """
    Return a reading that came without a link under the one that its posting came with before.

    A link may stand beside the text, as the address of a page does; the same text pasted or from a file has none, and goes on to be found
    by it. A link within the same words is left to the reader, who may have become better.
    """
    came = _came_with(before.posting.link, before.corrections)
    is_read_anew = reading.fingerprint == before.fingerprint and came is not None and came in reading.posting.text
    if came is None or is_read_anew or _came_with(reading.posting.link, reading.corrections) is not None:
        return reading
    corrections = tuple(row._replace(read_words=came) if row.field == HeadField.LINK else row for row in reading.corrections)
    is_corrected = any(row.field == HeadField.LINK for row in corrections)
    posting = reading.posting if is_corrected else reading.posting.model_copy(update={"link": came})
    return replace(reading, posting=posting, corrections=corrections, identities=identities(posting, corrections))


def _came_with(link: str | None, corrections: Iterable[CorrectionRow]) -> str | None:
    """Return the link that a posting came with, whatever a person put in its place."""
    return next((row.read_words for row in corrections if row.field == HeadField.LINK), link)


def with_unread(reading: Reading, before: Reading, *, codec: FactCodec) -> Reading:
    """Return a reading with the corrections of the one before it that this Rolecall cannot read, as they stand."""
    known = to_corrections(before.corrections, codec).keys() | {row.field for row in reading.corrections}
    unread = [row for row in before.corrections if row.field not in known]
    return replace(reading, corrections=tuple(sorted((*reading.corrections, *unread), key=lambda row: row.field))) if unread else reading


def only_known(reading: Reading, knows: Knows) -> Reading:
    """Return a reading without the facts and keys of topics that this Rolecall does not know: they are neither compared nor written."""
    facts = tuple(row for row in reading.facts if knows(row.topic))
    return replace(reading, facts=facts, keys=tuple(key for key in reading.keys if knows(key.topic)))


def with_unknown(reading: Reading, before: Reading, *, codec: FactCodec) -> Reading:
    """Return a reading of the same words with the facts and keys of topics that this Rolecall does not know."""
    facts = tuple(row for row in before.facts if not codec.knows(row.topic))
    keys = tuple(key for key in before.keys if not codec.knows(key.topic))
    return replace(reading, facts=(*reading.facts, *facts), keys=(*reading.keys, *keys))
