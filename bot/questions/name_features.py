"""What tells whether the words of a message are a company's name: those around, how they are written, what else they mean."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.questions.company_names import famous_names
from bot.questions.model import name_bias, name_weight
from bot.questions.title_index import RoleWords, read_role_words
from bot.questions.tokens import TokenisedQuestion, WordKind, is_mistyped


@dataclass(frozen=True)
class Stretch:
    """The words of a message from one token to another, both included, with what is known of them."""

    question: TokenisedQuestion
    first: int
    last: int
    values: Sequence[str] = ()
    """For each token of the message the kind of value that it belongs to: "skill", "place", "" for none."""

    language: str = "en"

    @property
    def text(self) -> str:
        """The words as written."""
        return self.question.slice(self.first, self.last)

    def features(self, match: str, *, fit: str = "none") -> Iterator[str]:
        """
        Yield what tells whether the words are a company's name: those around, how they are written, what they are otherwise.

        `match` says what the index knows of them: full, alias, core, acronym, prefix, typo, or none.
        """
        yield from self._features_around()
        yield from self._features_of(match, fit)

    def weight(self, match: str, *, fit: str = "none") -> float:
        """Return the log-odds that the words are a company's name."""
        return self._weight_around + name_weight(self._features_of(match, fit))

    @cached_property
    def _weight_around(self) -> float:
        return name_bias() + name_weight(self._features_around())

    def _features_of(self, match: str, fit: str) -> Iterator[str]:
        kind = self._kind
        yield f"match={match}"
        yield f"match={match} kind={kind}"
        yield f"match={match} size={min(self.last - self.first, 3)}"
        yield f"match={match} lang={self.language}"
        if fit != "none":
            yield f"fit={fit} match={match}"

    @cached_property
    def _kind(self) -> str:
        kind = max(self.question.kind(number) for number in range(self.first, self.last + 1))
        return WordKind(kind).name.lower()

    def _features_around(self) -> list[str]:
        question, first, last = self.question, self.first, self.last
        before, behind = word_at(question, first - 1), word_at(question, last + 1)
        words = [token.word for token in question.tokens[first : last + 1]]
        sign = question.gap(first).strip()[-1:]
        sign_behind = question.text[question.tokens[last].end :].lstrip()[:1]
        sign_behind = sign_behind if sign_behind and not sign_behind.isalnum() else ""
        features = [
            f"before={before}",
            f"before={word_at(question, first - 2)} {before}",
            f"behind={behind}",
            f"behind={behind} {word_at(question, last + 2)}",
            f"around={before} {behind}",
            f"sign={sign}",
            f"sign behind={sign_behind}",
            f"lang={self.language} kind={self._kind}",
            f"lang={self.language} before={before}",
            f"ends={behind == '$'} begins={before == '^'}",
            f"words={min(len(question.tokens), 6)} at={min(first, 4)}",
            f"value={self._value}",
            f"first is={words[0]}",
            f"last is={words[-1]}",
            f"is={' '.join(words)}",
            f"ending={words[-1][-3:]}",
            f"ending={words[-1][-2:]}",
            f"start={words[0][:3]}",
            f"length={min(len(words[0]), 9)}",
        ]
        if "".join(words) in famous_names():
            features += ["famous", f"famous {self._kind}"]
        if question.tokens[last].is_possessive:
            features.append("possessive")
        features.append(f"capital={question.stands_out(first)} {question.tokens[first].is_capital and not question.is_loud}")
        if question.tokens[first].is_capital and self.text.isupper() and len(self.text) > 1 and not question.text.isupper():
            features.append("shouted")
        if self._kind == "unknown" and is_mistyped(words[0]):
            features.append("slip")
        return features

    @property
    def _value(self) -> str:
        kinds = {self.values[number] for number in range(self.first, self.last + 1)} if self.values else {""}
        return "+".join(sorted(kinds))

    @cached_property
    def asked_beside(self) -> RoleWords:
        """What the rest of the message says of a role."""
        text, tokens = self.question.text, self.question.tokens
        return read_role_words(f"{text[: tokens[self.first].start]} {text[tokens[self.last].end :]}")


def word_at(question: TokenisedQuestion, number: int) -> str:
    """Return a token's word, "^" before the first and "$" behind the last."""
    if number < 0:
        return "^"
    return question.tokens[number].word if number < len(question.tokens) else "$"
