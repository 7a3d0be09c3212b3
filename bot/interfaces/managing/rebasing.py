"""A proposal set against what is kept now: what people put right there, and what was put right in the preview, both hold."""

from collections.abc import Collection

from bot.domain.correction import Correction, HeadField
from bot.domain.posting import Posting
from bot.storage.correcting import HEAD_FIELDS, apply_corrections


def rebase(proposed: Posting, base: Posting, *, current: Posting) -> Posting:
    """
    Return what to propose in a proposal's place, now that the posting that it revises is no longer the `base` that it was made from.

    Of a posting that was to be corrected only, the words become the current ones.
    """
    carried = {_key(correction) for correction in base.corrections}
    own = [correction for correction in proposed.corrections if _key(correction) not in carried]
    dropped = {correction.field for correction in base.corrections} - {correction.field for correction in proposed.corrections}
    if proposed.text == base.text:
        return apply_corrections(undo(current, dropped | {correction.field for correction in own}), own)
    kept_on = [correction for correction in current.corrections if correction.field not in dropped]
    return apply_corrections(without_carried(proposed, base), kept_on)


def without_carried(proposed: Posting, base: Posting) -> Posting:
    """Return a proposal without the corrections that it took over from the posting that it revises."""
    carried = {_key(correction) for correction in base.corrections}
    return undo(proposed, {correction.field for correction in proposed.corrections if _key(correction) in carried})


def undo(posting: Posting, fields: Collection[str]) -> Posting:
    """Return a posting with what was read in these fields, where somebody had put them right."""
    facts, head = dict(posting.facts), {}
    for correction in posting.corrections:
        if correction.field not in fields:
            continue
        if correction.field in HEAD_FIELDS:
            head[HeadField(correction.field).attribute] = correction.read_words
            continue
        shown = () if correction.facts else facts.get(correction.field, ())
        facts.pop(correction.field, None)
        if read := (*correction.read, *(fact for fact in shown if fact not in correction.read)):
            facts[correction.field] = read
    left = tuple(correction for correction in posting.corrections if correction.field not in fields)
    return posting.model_copy(update={**head, "facts": facts, "corrections": left})


def _key(correction: Correction) -> tuple[object, ...]:
    """Return what tells a correction from others, wherever it was taken over to."""
    return (correction.field, correction.by.id, correction.at)
