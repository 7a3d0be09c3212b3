"""What a person sent with a form: which fields they changed, and to what."""

from collections import defaultdict
from typing import Any

from bot.domain.correction import HeadField
from bot.domain.fact import Fact
from bot.domain.posting import Posting
from bot.intake.form_groups import HEAD_LABELS
from bot.intake.form_text import HEAD_LONGEST, FieldId, digest_lines, label_of, read_field_id, split_parts, write_head, write_lines
from bot.intake.own_words import OwnWords
from bot.intake.read_before import words_before
from bot.intake.source import to_label
from bot.intake.typed_text import TypedLine, read_typed_lines, to_key
from bot.intake.typed_topic import TypedTopic
from bot.text.links import to_link
from bot.topics import BY_NAME

_SHOWN = 80


class TypedForm:
    """Takes the boxes of a form one by one; what is wrong with them gathers in `complaints`."""

    def __init__(self, posting: Posting) -> None:
        self.complaints: list[str] = []
        self._posting = posting
        self._own_words = OwnWords(posting.text)
        self._typed: dict[str, dict[int | None, list[TypedLine]]] = defaultdict(dict)

    def add(self, box: str, text: str) -> None:
        """Take what was typed in a box; one that was left as it was shown says nothing."""
        where = read_field_id(box)
        if where is None:
            self.complaints.append("This form is from another version of Rolecall. Open it again.")
            return
        lines = read_typed_lines(text)
        if where.part is not None:
            if digest_lines(line.text for line in lines) == where.digest:
                return
            if not self._is_as_shown(where):
                self.complaints.append(
                    f"{label_of(where.field)}: it was changed meanwhile. Open the form again and correct what it says now."
                )
                return
        self._typed[where.field][where.part] = lines

    def _is_as_shown(self, where: FieldId) -> bool:
        """Tell whether a part still says what it did when its box was shown."""
        lines = write_lines(self._posting, where.field)
        parts = split_parts(lines)
        return where.part is not None and where.part < len(parts) and digest_lines(lines[at] for at in parts[where.part]) == where.digest

    def read_head(self) -> dict[HeadField, str | None]:
        """Return the words of the head fields that were typed."""
        return {HeadField(field): self._read_words(HeadField(field)) for field in self._typed if field in HEAD_LABELS}

    def read_topics(self) -> dict[str, tuple[Fact[Any], ...]]:
        """Return the facts of the topics that were typed."""
        found: dict[str, tuple[Fact[Any], ...]] = {}
        for name in filter(BY_NAME.__contains__, self._typed):
            topic = TypedTopic(self._posting, BY_NAME[name], own_words=self._own_words)
            found[name] = topic.read(self._typed[name])
            self.complaints += topic.complaints
        return found

    def _read_words(self, field: HeadField) -> str | None:
        """Return what was typed for a head field: what is there or was read, where it is written so, else the words as they are."""
        words = " ".join(line.text for lines in self._typed[field].values() for line in lines)
        for held in (getattr(self._posting, field.attribute), words_before(self._posting, field)):
            if held and to_key(words) == to_key(write_head(field, held)):
                return str(held)
        if len(words) > HEAD_LONGEST[field]:
            self.complaints.append(f"{HEAD_LABELS[field]}: it is longer than {HEAD_LONGEST[field]:,} characters. Make it shorter.")
        elif words and field is HeadField.LINK and to_link(words) is None:
            self.complaints.append(
                f'{HEAD_LABELS[field]}: "{to_label(words, _SHOWN)}" is no web address. Write it so: https://jobs.example/1'
            )
        return words or None
