"""What was learned of questions: topics, reach, form, language and talk of a message, and which words are a company's name."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from bot.questions.cues import find_language_signs
from bot.text.lexicon import data_directory
from bot.text.linear_model import LinearModel, read_model

COMPANY_MASK = "xcompany"
"""What stands for a company's name in what the model reads."""

MASKS = {"country": "xcountry", "city": "xcity", "skill": "xskill", "amount": "xamount", "role": "posting"}
"""What stands for values that are recognised, by their kinds; what they are called tells nothing of what is asked."""

OPEN, NOTHING = "open", "nothing"
"""The labels of a message that leaves its topic or form open, and of one that asks about no topic."""


@dataclass(frozen=True, slots=True)
class Scores:
    """What the model makes of a text, each head's labels with scores between 0 and 1."""

    topics: Mapping[str, float]
    reach: Mapping[str, float]
    form: Mapping[str, float]
    talk: Mapping[str, float]
    follows: float

    def best(self, head: str) -> str:
        """Return the label of a head with the highest score."""
        scores: Mapping[str, float] = getattr(self, head)
        return max(scores, key=lambda label: scores[label])


@cache
def question_model() -> LinearModel:
    """Return the model, read once."""
    return read_model(data_directory() / "models" / "questions.model")


def read_scores(masked: str, extras: Mapping[str, float]) -> Scores:
    """Return what the model makes of a masked text; `extras` say what was recognised in it."""
    model = question_model()
    read = model.read_text(masked)
    return Scores(
        topics=model.scores("topics", read, extras=extras),
        reach=model.scores("reach", read, extras=extras),
        form=model.scores("form", read, extras=extras),
        talk=model.scores("talk", read, extras=extras),
        follows=model.scores("follows", read, extras=extras)["follows"],
    )


def read_topics(masked: str, extras: Mapping[str, float]) -> Mapping[str, float]:
    """Return the scores of the topics of a part of a message."""
    return question_model().scores("topics", masked, extras=extras)


def read_language(text: str) -> Mapping[str, float]:
    """Return the scores of the languages that a text may be in."""
    return question_model().scores("language", text, extras=find_language_signs(text))


def name_bias() -> float:
    """Return the log-odds that any words are a company's name, before anything is known of them."""
    return question_model().heads["name"].bias[0]


def name_weight(features: Iterable[str]) -> float:
    """Return what features add to the log-odds that words are a company's name."""
    known = question_model().heads["name"].extras
    return sum([known[feature][0] for feature in features if feature in known])


def is_known_word(word: str) -> bool:
    """Tell whether a folded word was learned as a word of questions, in whichever language."""
    return f"is={word}" in question_model().heads["name"].extras


def mask(text: str, spans: Iterable[tuple[int, int, str]]) -> str:
    """
    Return a text with the spans (start, end, kind) replaced by their masks; kinds without a mask stay as they are.

    >>> mask("does Flex use rust?", [(5, 9, "company"), (14, 18, "skill")])
    'does xcompany use xskill?'
    """
    parts, at = [], 0
    for start, end, kind in sorted(spans):
        word = COMPANY_MASK if kind == "company" else MASKS.get(kind)
        if word and start >= at:
            parts += [text[at:start], word]
            at = end
    return "".join([*parts, text[at:]])


def extras_of(spans: Iterable[tuple[int, int, str]]) -> dict[str, float]:
    """
    Return what was recognised, as features: how many companies, which kinds of values.

    >>> extras_of([(5, 9, "company"), (14, 18, "skill")])
    {'has=skill': 1.0, 'companies=1': 1.0}
    """
    kinds = [kind for _, _, kind in spans]
    extras = {f"has={kind}": 1.0 for kind in kinds if kind != "company"}
    extras[f"companies={min(kinds.count('company'), 3)}"] = 1.0
    return extras
