"""What the words around a company's name, or its own words, say against it or for it."""

from collections.abc import Collection

from bot.matching.company_index import CompanyIndex
from bot.matching.company_key import company_key, company_words, generic_words, telling_generic_words
from bot.matching.company_match import Found
from bot.matching.name_forms import FormKind
from bot.matching.role_words import read_role_words, role_nouns
from bot.matching.stretch import Stretch, is_role
from bot.matching.vocabulary import WordKind, is_mistyped, question_words

_STEM = 4


def stands_by_title(stretch: Stretch, match: Found) -> bool:
    """Tell whether a word of one of the company's titles stands right beside the name, or a comma or bracket behind it."""
    if stretch.before and stretch.before.word in question_words("determiners"):
        return False
    if stretch.gap_behind.strip():
        return True
    titles = [read_role_words(entry.title) for entry in match.entries]
    return any(words.own_terms & title.own_terms or words.ranks & title.ranks for words in stretch.neighbours for title in titles)


def goes_on(stretch: Stretch, match: Found, *, is_whole: bool) -> bool:
    """
    Tell whether the name goes on with a word that neither the company's name nor its titles have: "Nomad List" is not Nomad Health.

    A name that is only shortened does not stand beside another name's word either.
    """
    question, first, following = stretch.question, stretch.first, stretch.last + 1
    own = {word for entry in match.entries for word in company_words(f"{entry.company} {entry.title}")}
    if not is_whole and (_is_foreign(stretch, first - 1, own, joint=first) or _is_foreign(stretch, following, own, joint=following)):
        return True
    if stretch.behind is None or stretch.gap_behind != " ":
        return False
    word = stretch.behind.word
    if word in own or (word not in generic_words() and question.kind(following) < WordKind.ORDINARY):
        return False
    begins_role = following + 1 < len(question.tokens) and is_role(question.tokens[following + 1])
    return question.stands_out(following) or (word in telling_generic_words() and not begins_role)


def _is_foreign(stretch: Stretch, number: int, own: Collection[str], *, joint: int) -> bool:
    """Tell whether a neighbour is a name's word, but none of this company's; `joint` is the later of the two tokens."""
    question = stretch.question
    if not 0 <= number < len(question.tokens) or question.kind(number) is not WordKind.UNKNOWN or question.gap(joint) != " ":
        return False
    word = question.tokens[number].word
    return not is_mistyped(word) and not any(part.startswith(word[:_STEM]) for part in own)


def follows_name(stretch: Stretch) -> bool:
    """Tell whether "and" and a name stand before: "Abercrombie and Fitch" is not Fetch."""
    question, first = stretch.question, stretch.first
    if stretch.before is None or stretch.before.word != "and" or first == 1 or not question.is_joined(first):
        return False
    return question.kind(first - 2) is WordKind.UNKNOWN


def swallows_topic(stretch: Stretch, match: Found) -> bool:
    """Tell whether the likeness came about by taking in what is asked for: "verta pay" for Versapay."""
    ends = {stretch.question.tokens[number].word for number in (stretch.first, stretch.last) if _is_topical(stretch, number)}
    return stretch.further_words > 0 and not ends <= {word for entry in match.entries for word in company_words(entry.company)}


def _is_topical(stretch: Stretch, number: int) -> bool:
    return stretch.question.kind(number) is WordKind.TOPICAL


def is_nearly_spelt(stretch: Stretch, match: Found) -> bool:
    """Tell whether the words are the company's, one by one, but for the mistyped one: "Grafane Labs"."""
    own, words = company_words(match.name), [token.word for token in stretch.tokens]
    return len(words) == len(own) > 1 and sum(word != right for word, right in zip(words, own, strict=True)) == 1


def begins_role(stretch: Stretch, index: CompanyIndex, *, scopes: Collection[str]) -> bool:
    """Tell whether the last word rather begins a role: "outlier ai developer", where there are Outlier and Outlier AI."""
    last = stretch.tokens[-1]
    if stretch.behind is None or last.is_capital or not stretch.question.is_joined(stretch.last + 1):
        return False
    if not role_nouns().issuperset((last.word, stretch.behind.word)):
        return False
    shorter = index.holding(company_key(stretch.question.slice(stretch.first, stretch.last - 1)), scopes)
    return bool(shorter) and shorter[0].kind <= FormKind.ALIAS
