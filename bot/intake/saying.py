"""What a person says of a posting beside its text: whose it is, where it stands, what it is called."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.actor import Actor
from bot.domain.correction import Correction, HeadField
from bot.domain.errors import UnreadablePosting
from bot.domain.posting import Posting
from bot.intake.source import to_label
from bot.storage.correcting import apply_corrections
from bot.text.clean import fold_space
from bot.text.links import to_link


@dataclass(frozen=True, slots=True)
class Said:
    """What was typed beside a posting's text; None or blank for what was left out."""

    title: str | None = None
    company: str | None = None
    link: str | None = None
    location: str | None = None


def with_said(posting: Posting, said: Said, *, by: Actor, at: datetime) -> Posting:
    """
    Return the posting as somebody says that it is: their words go before the text's, as corrections of theirs.

    What they say just as the text does corrects nothing. UnreadablePosting for a link that is none.
    """
    for field in HeadField:
        if words := fold_space(getattr(said, field.attribute) or ""):
            posting = _say(posting, field, correction=Correction(field=field, words=_check(field, words), by=by, at=at))
    return posting


def _check(field: HeadField, words: str) -> str:
    if field is not HeadField.LINK:
        return words
    link = to_link(words)
    if link is None:
        raise UnreadablePosting(f"“{to_label(words, 100)}” is no web address; give the posting's link as the browser shows it")
    return link


def _say(posting: Posting, field: HeadField, *, correction: Correction) -> Posting:
    """Put words in the place of what is read, and of what had been put there before."""
    if getattr(posting, field.attribute) == correction.words:
        return posting
    before = next((each for each in posting.corrections if each.field == field), None)
    if before is not None:
        others = tuple(each for each in posting.corrections if each is not before)
        posting = posting.model_copy(update={field.attribute: before.read_words, "corrections": others})
    return posting if getattr(posting, field.attribute) == correction.words else apply_corrections(posting, [correction])
