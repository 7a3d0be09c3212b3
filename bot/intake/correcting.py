"""
A posting put right by a person: its fields as forms that they edit, and what they send as a posting again.

What holds stands on the posting with who said so; what is typed is checked as what is read is.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.domain.actor import Actor
from bot.domain.correction import Correction
from bot.domain.errors import Uncorrectable
from bot.domain.fact import Fact
from bot.domain.posting import Posting
from bot.intake.form_groups import FORM_GROUPS, HEAD_LABELS, FormGroup
from bot.intake.form_text import FormField, form_pages, write_field
from bot.intake.read_before import facts_before, words_before
from bot.intake.typed_facts import MOST_COMPLAINTS
from bot.intake.typed_form import TypedForm
from bot.topics import TOPICS

__all__ = ["FORM_GROUPS", "FormField", "FormGroup", "correct", "form_pages", "write_field"]


def correct(posting: Posting, typed: Mapping[str, str], *, by: Actor, at: datetime) -> Posting:
    """
    Return the posting with what a person typed in the place of what was there, and who corrected it; `at` is in UTC.

    `typed` has the text of each box by its id (see `form_pages`), or of a whole field by its name; what it lacks, and what was left
    as shown, stays as it is. A field that is typed back to what was read has no correction any more.

    Raises Uncorrectable with all that is wrong, and then nothing is corrected.
    """
    form = TypedForm(posting)
    for box, text in typed.items():
        form.add(box, text)
    head, topics = form.read_head(), form.read_topics()
    if form.complaints:
        raise Uncorrectable(_bound(form.complaints))
    head = {field: words for field, words in head.items() if words != getattr(posting, field.attribute)}
    topics = {name: facts for name, facts in topics.items() if facts != tuple(posting.facts.get(name, ()))}
    corrections = [
        Correction(field=field, words=words, read_words=words_before(posting, field), by=by, at=at) for field, words in head.items()
    ]
    corrections += [Correction(field=name, facts=facts, read=facts_before(posting, name), by=by, at=at) for name, facts in topics.items()]
    return posting.model_copy(
        update={
            **{field.attribute: words for field, words in head.items()},
            "facts": _replace_facts(posting, topics),
            "corrections": _replace_corrections(posting.corrections, corrections),
        }
    )


def _bound(complaints: list[str]) -> list[str]:
    return complaints if len(complaints) <= MOST_COMPLAINTS else [*complaints[:MOST_COMPLAINTS], "... and more"]


def _replace_facts(posting: Posting, topics: Mapping[str, tuple[Fact[Any], ...]]) -> dict[str, tuple[Fact[Any], ...]]:
    """Return the posting's facts with those of some topics replaced, in the order of the topics."""
    facts = {**posting.facts, **topics}
    order = dict.fromkeys([*(topic.name for topic in TOPICS if topic.name in facts), *facts])
    return {name: tuple(facts[name]) for name in order if facts[name]}


def _replace_corrections(before: Iterable[Correction], new: Sequence[Correction]) -> tuple[Correction, ...]:
    """Return the corrections with new ones in the place of those of the same field, and none that says what was read."""
    corrections = {one.field: one for one in (*before, *new)}
    for one in new:
        if (one.words if one.field in HEAD_LABELS else one.facts) == (one.read_words if one.field in HEAD_LABELS else one.read):
            del corrections[one.field]
    return tuple(corrections.values())
