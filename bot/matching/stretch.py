"""A stretch of a question's words, with what they and the words around them say."""

from dataclasses import dataclass
from functools import cached_property

from bot.matching.cues import Cue, find_cue
from bot.matching.question_tokens import Token, TokenisedQuestion
from bot.matching.role_words import RoleWords, read_role_words, role_nouns
from bot.matching.vocabulary import WordKind, question_words, word_kind


@dataclass(frozen=True)
class Stretch:
    """The words from one token to another, both included."""

    question: TokenisedQuestion
    first: int
    last: int

    @cached_property
    def text(self) -> str:
        """The words as written."""
        return self.question.slice(self.first, self.last)

    @property
    def tokens(self) -> tuple[Token, ...]:
        """The words' tokens."""
        return self.question.tokens[self.first : self.last + 1]

    @property
    def further_words(self) -> int:
        """How many words there are beside the first."""
        return self.last - self.first

    @cached_property
    def cue(self) -> Cue:
        """How strongly the words around say that this is a name."""
        return find_cue(self.question, self.first, last=self.last)

    @cached_property
    def kind(self) -> WordKind:
        """The kind of the readiest word; "platforms" alone is as topical as "platform"."""
        kind = max(self.question.kind(number) for number in range(self.first, self.last + 1))
        is_topical = self.first == self.last and word_kind(self.tokens[0].word.removesuffix("s")) <= WordKind.TOPICAL
        return min(kind, WordKind.TOPICAL) if is_topical else kind

    @cached_property
    def asked_beside(self) -> RoleWords:
        """What the rest of the question says of a role."""
        text, tokens = self.question.text, self.tokens
        return read_role_words(f"{text[: tokens[0].start]} {text[tokens[-1].end :]}")

    @property
    def before(self) -> Token | None:
        """The token before; None at the start."""
        return self.question.tokens[self.first - 1] if self.first else None

    @property
    def behind(self) -> Token | None:
        """The token behind; None at the end."""
        return None if self.ends_question else self.question.tokens[self.last + 1]

    @property
    def ends_question(self) -> bool:
        """Whether these are the last words."""
        return self.last + 1 == len(self.question.tokens)

    @property
    def gap_behind(self) -> str:
        """What stands between these words and the next; empty at the end."""
        return "" if self.ends_question else self.question.gap(self.last + 1)

    @property
    def is_in_small_letters(self) -> bool:
        """Whether it is one word that no capital begins."""
        return self.first == self.last and not self.tokens[0].is_capital

    @property
    def stands_between(self) -> bool:
        """Whether it stands between a role and what is asked for: "software engineer gather pay"."""
        if not is_role(self.before) or self.behind is None:
            return False
        return self.question.kind(self.last + 1) is WordKind.TOPICAL and not is_role(self.behind)

    @property
    def is_rather_common(self) -> bool:
        """Whether it stands for itself in most questions, one word of questions in small letters: "remote", "one"."""
        if not self.is_in_small_letters or self.kind > WordKind.TOPICAL:
            return False
        return self.kind is WordKind.FUNCTION or self.tokens[0].word in question_words("topical")

    @cached_property
    def neighbours(self) -> tuple[RoleWords, ...]:
        """What the words right beside say of a role; only those behind count for a word that may itself be a role's."""
        before = () if self.kind is WordKind.FUNCTION or is_role(self.tokens[0]) else self.question.tokens[: self.first][-2:]
        behind = self.question.tokens[self.last + 1 :][:1]
        return tuple(read_role_words(" ".join(token.word for token in side)) for side in (before, behind) if side)


def is_role(token: Token | None) -> bool:
    """Tell whether a token is a word of roles."""
    return token is not None and token.word in role_nouns()
