"""What the applicant must hold already: a citizenship, a security clearance, a right to work."""

import re
from collections.abc import Collection, Iterator, Sequence
from enum import StrEnum
from functools import cache

from bot.domain.answer import Rendered
from bot.domain.facts import Fact, Model
from bot.domain.query import Ask, Form, SearchKey, Verdict, turn
from bot.text.clean import fold_space
from bot.text.document import HEADING, TAG, TITLE, Document, Line, Sentence, is_denied
from bot.text.headings import SectionKind, read_line_kind
from bot.text.lexicon import compile_later, one_of, pattern_of, read_lexicon
from bot.text.places import find_places
from bot.text.prefilter import by_beginning, read_whole, to_lower
from bot.text.translations import say
from bot.text.words import OR, small_words
from bot.topics.eligible_places import countries_of
from bot.topics.topic import Topic
from bot.topics.visa import offers_sponsorship
from bot.topics.written import Miswritten, Spell, WrittenForm


class AuthorizationKind(StrEnum):
    """What is to be held."""

    CITIZENSHIP = "citizenship"
    CLEARANCE = "clearance"
    RIGHT_TO_WORK = "right_to_work"


class Authorization(Model):
    """One thing that the applicant must hold."""

    kind: AuthorizationKind
    text: str
    """The posting's own words, without marks."""


_LEXICON = read_lexicon("authorization_words")
_PIECES = by_beginning(_LEXICON["signs"]["pieces"])
_KINDS = {
    kind: compile_later(lambda words=_LEXICON["kinds"][kind.value]["words"]: rf"(?<!\w)(?:{one_of(words)})(?!\w)")  # type: ignore[misc]
    for kind in AuthorizationKind
}
_HELD = [
    compile_later(lambda words=words: rf"(?<!\w)(?:{one_of(words)})")  # type: ignore[misc]
    for words in ([*_LEXICON["citizens"]["behind"], *_LEXICON["citizens"]["before"]], *_LEXICON["held"].values())
]
"""What somebody may say that they hold, by all its names."""

_ASKED = compile_later(lambda: rf"(?<!\w)(?:{one_of(_LEXICON['asked']['words'])})(?!\w)")
_ELSEWHERE = compile_later(lambda: one_of(_LEXICON["elsewhere"]["words"]))
_DENIED = compile_later(lambda: rf"(?<!\w)(?:{one_of(_LEXICON['elsewhere']['denied'])})\s(?:\w+\s){{0,2}}$")
"""These are for lower case."""

_REFUSED = compile_later(
    r"\b(?:not|isn['’]t|nicht|pas|no)\s(?:\w+\s)?(?:required|needed|necessary|erforderlich|notwendig|requise?|nécessaire|necesari[oa]|necessári[oa])\b"
)
_OUR = compile_later(r"\b(?:our|the company|we)\s(?:[\w-]+\s){0,3}$")
_SHORT = 90
"""Characters: a line so short that names one of them asks for it: "Clearance: TS/SCI"."""

_MOST = 6


def find_authorization(document: Document) -> Sequence[Fact[Authorization]]:
    """
    Return what the applicant must hold already, each kind with the sentence that says so; equal treatment and notices of law say nothing.

    >>> from bot.text.lines import read_lines
    >>> def read(text: str) -> list[str]:
    ...     found = find_authorization(Document(title=None, company=None, link=None, location=None, lines=read_lines(text)))
    ...     return [fact.value.kind.value for fact in found]
    >>> read("You must be a US citizen and hold an active Secret clearance.")
    ['citizenship', 'clearance']
    >>> read("We hire regardless of citizenship. No clearance needed. Are you authorized to work in Peru?")
    []
    """
    found: list[Fact[Authorization]] = []
    seen: set[tuple[AuthorizationKind, str]] = set()
    for kind, sentence in _read_demands(document):
        key = kind, sentence.text.casefold()
        if key not in seen and len(found) < _MOST:
            seen.add(key)
            found.append(Fact(value=Authorization(kind=kind, text=" ".join(sentence.text.split())), quote=sentence.quote))
    return found


def find_who_applies(ask: Ask, document: Document) -> Sequence[Sentence] | None:
    """Return the sentences that say whom a job is open to and what they must hold; None where it is not asked who may apply."""
    if ask.place is not None or not pattern_of("who_applies").search(ask.words):
        return None
    open_to = (one for one in document.sentences() if pattern_of("open_to").search(one.text))
    held = (one for kind, one in _read_demands(document) if kind is not AuthorizationKind.CLEARANCE)
    return tuple({one.text: one for one in (*open_to, *held)}.values())[:_MOST]


def _read_demands(document: Document) -> Iterator[tuple[AuthorizationKind, Sentence]]:
    for line in read_whole(document).lines_holding(_PIECES):
        yield from _read_line(line)


def _read_line(line: Line) -> Iterator[tuple[AuthorizationKind, Sentence]]:
    if read_line_kind(line) is SectionKind.PREFERRED and not _MUST.search(line.text):
        return
    if line.kind is HEADING and len(line.text) <= _SHORT and line.text.rstrip().endswith(":"):
        return
    sentences = [Sentence(line, 0, len(line.text))] if line.kind in (HEADING, TAG, TITLE) else line.parts or line.sentences
    for sentence in sentences:
        text = to_lower(sentence.text)
        if not text.rstrip(" *_").endswith("?") and not _ELSEWHERE.search(text):
            yield from ((kind, sentence) for kind in AuthorizationKind if _asks_for(kind, text))


_MUST = compile_later(r"\b(?:must|have to|required to|need to|müssen|doivent|deben|devem)\b", re.IGNORECASE)
"""What asks for something even behind a list of what is only welcome."""


def _asks_for(kind: AuthorizationKind, text: str) -> bool:
    """Tell whether a sentence in lower case asks the applicant for something of a kind."""
    named = _KINDS[kind].search(text)
    if named is None or _REFUSED.search(text, named.end()):
        return False
    if named[0] in _LEXICON["held"]["resident"] and offers_sponsorship(text):
        return False  # a green card that is sponsored need not be held
    before = text[: named.start()]
    return not _DENIED.search(before) and not _OUR.search(before) and (len(text) <= _SHORT or _ASKED.search(text) is not None)


KIND_WORDS = {
    AuthorizationKind.CITIZENSHIP: "a citizenship or permanent residence",
    AuthorizationKind.CLEARANCE: "a security clearance",
    AuthorizationKind.RIGHT_TO_WORK: "the right to work there",
}


def render_authorization(facts: Sequence[Fact[Authorization]], locale: str = "en") -> Rendered:
    """Say what is to be held, in the posting's words."""
    kinds = list(dict.fromkeys(fact.value.kind for fact in facts))
    named = ", ".join(say(KIND_WORDS[kind], locale) for kind in kinds)
    return Rendered(sentence=say("It asks for {what}:", locale, what=named), items=tuple(dict.fromkeys(fact.value.text for fact in facts)))


def write_authorization(authorization: Authorization) -> str:
    """Return what is to be held in words."""
    return f"{authorization.kind.value.replace('_', ' ')}: {fold_space(authorization.text)}"


def read_authorization(written: str) -> Authorization:
    """
    Return what a person wrote; Miswritten where no kind stands before a colon.

    >>> read_authorization("Clearance: active TS/SCI").kind.value
    'clearance'
    """
    kind, colon, text = written.partition(":")
    name = "_".join(kind.lower().split())
    if not colon or not text.strip() or name not in set(AuthorizationKind):
        raise Miswritten(f'"{written[:60]}" does not begin with citizenship, clearance or right to work and a colon')
    return Authorization(kind=AuthorizationKind(name), text=text.strip())


def _spell_authorization(authorization: Authorization, spell: Spell) -> Authorization:
    return authorization.model_copy(update={"text": spell(authorization.text)})


AUTHORIZATION_FORM: WrittenForm[Authorization] = WrittenForm(
    write=write_authorization,
    read=read_authorization,
    example="clearance: active TS/SCI clearance | You hold an active TS/SCI clearance",
    hint="citizenship, clearance or right to work, a colon and the posting's words",
    spell=_spell_authorization,
)


def find_authorization_keys(authorization: Authorization) -> tuple[SearchKey, ...]:
    """Return the kind."""
    return (SearchKey(authorization.kind.value),)


def judge_authorization(ask: Ask, facts: Sequence[Fact[Authorization]]) -> Verdict | None:
    """
    Say yes where what is asked about must be held, or what somebody holds is named; where only something else is, it is unclear.

    What may be obtained later, or is one of several that would do, need not be held.
    """
    words = ask.words.casefold()
    if ask.form is not Form.YES_NO and not (ask.is_own and ask.is_denied):
        return None
    instead = [name for name in _LEXICON["need_not"]["instead"] if name in words]
    is_of_holder = ask.is_own or instead or (_TAKEN.search(words) is not None and _ONLY.search(words) is None)
    if is_of_holder and not (ask.is_must or ask.is_only):
        return _judge_held(ask, facts, words=words)
    asked = {kind for kind, sign in _ASKED_BY.items() if sign.search(words)} or set(AuthorizationKind)
    if not any(fact.value.kind in asked for fact in facts):
        return UNCLEAR
    return turn(_judge_demanded(ask, [fact for fact in facts if fact.value.kind in asked], asked=asked), is_denied=ask.is_denied)


def _judge_demanded(ask: Ask, facts: Sequence[Fact[Authorization]], *, asked: Collection[AuthorizationKind]) -> Verdict:
    """Tell whether what is asked about must be held, by what is demanded of its kinds."""
    words, said = ask.words.casefold(), _said_in(facts)
    if asked == {AuthorizationKind.CITIZENSHIP} and _is_demanded(said):
        return YES
    if AuthorizationKind.CLEARANCE in asked and _level_of(words) is not _level_of(said) and _level_of(words) is _HIGHEST:
        return NO if _level_of(said) is not None else UNCLEAR
    need_not = _LEXICON["need_not"]["obtain"] + (_LEXICON["need_not"]["instead"] if asked == {AuthorizationKind.CITIZENSHIP} else [])
    is_held = any(_must_be_held(fact.quote.text.casefold(), need_not) for fact in facts)
    is_choice = asked == {AuthorizationKind.CITIZENSHIP} and _lets_right_do(facts)
    if is_held or not (is_choice or any(sign in said for sign in need_not)):
        return YES
    is_later = asked == {AuthorizationKind.CLEARANCE} and not (ask.is_denied or _HOLDS.search(words))
    later = UNCLEAR if _OF_SELF.search(words) else YES  # "does it ask for a clearance": it does, and later
    is_uncaring = any(sign in words for sign in _LEXICON["need_not"]["uncaring"])  # who asks to obtain it does care
    return later if is_later else YES if ask.is_denied and is_uncaring else NO


def _said_in(facts: Sequence[Fact[Authorization]]) -> str:
    return " ".join(fact.quote.text for fact in facts).casefold()


def _lets_right_do(facts: Sequence[Fact[Authorization]]) -> bool:
    """Tell whether a sentence lets a right to work do for the citizenship that it names: "EU citizenship or a valid work permit"."""
    citizenship, _, right = _KINDS.values()
    for said in (fact.quote.text.casefold() for fact in facts if fact.value.kind is AuthorizationKind.CITIZENSHIP):
        named, other = citizenship.search(said), right.search(said)
        if named and other and _OR.search(said, min(named.end(), other.end()), max(named.start(), other.start())):
            return True
    return False


_OR = compile_later(rf"(?<!\w)(?:{OR})(?!\w)")
_TAKEN = compile_later(lambda: rf"(?<!\w)(?:{one_of(_LEXICON['need_not']['taken'])})(?!\w)|\bdo\W*$")  # "will a Secret clearance do?"
_ONLY = compile_later(lambda: rf"(?<!\w)(?:{one_of(_LEXICON['need_not']['only'])})(?!\w)")
_OF_SELF = compile_later(r"\b(?:i|we|ich|je|eu|yo|man)\b")
_HOLDS = compile_later(lambda: rf"(?<!\w)(?:{one_of(_LEXICON['need_not']['holds'])})(?!\w)")


def names_clearance(ask: Ask, facts: Sequence[Fact[Authorization]]) -> bool:
    """Tell whether jobs that need a clearance are asked for, and one is named: it may be obtained later, unless an active one is meant."""
    words, sign = ask.words.casefold(), _ASKED_BY[AuthorizationKind.CLEARANCE]
    is_general = sign.search(words) is not None and not any(active in words for active in _LEXICON["need_not"]["active"])
    is_own = ask.is_own or ask.is_denied or ask.is_only
    return is_general and not is_own and any(fact.value.kind is AuthorizationKind.CLEARANCE for fact in facts)


def _judge_held(ask: Ask, facts: Sequence[Fact[Authorization]], *, words: str) -> Verdict:
    """Weigh what somebody has and what they lack against the posting's words: "a green card, and no citizen"."""
    found = {held: place for held in _HELD if (place := held.search(words))}
    ends = [0, *(place.end() for place in found.values())]  # what is denied before another thing is no denial of this one
    before = {held: words[max(end for end in ends if end < place.end()) : place.end()] for held, place in found.items()}
    denied = {held for held, text in before.items() if is_denied(text, start=len(text) - 1, end=len(text), reach=_NEAR)}
    lacking = (set(found) if ask.is_denied else set()) if len(found) == 1 else denied
    lacking |= {_HELD[0]} if any(name in words for name in _LEXICON["citizens"]["none"]) else set()
    kinds = {_KIND_HELD[held] for held in (*found, *lacking)}
    said, has_kinds = _said_in([fact for fact in facts if fact.value.kind in kinds]), {fact.value.kind for fact in facts}
    instead = _LEXICON["need_not"]["instead"]
    others = {_HELD[0]} if found.get(_HELD[0]) and _names_other_nation(words, facts) else set()
    if any(held.search(said) for held in set(found) - lacking - others):
        is_lower = _level_of(words) is not None and _level_of(said) is _HIGHEST and _level_of(words) is not _HIGHEST
        if len(found) == 1 and is_lower:
            return UNCLEAR if any(sign in said for sign in _LEXICON["need_not"]["obtain"]) else NO
        return YES
    if AuthorizationKind.CITIZENSHIP not in has_kinds and set(found) - lacking:
        return UNCLEAR
    may_do = any(name in said for name in (*instead, "person")) or _lets_right_do(facts)
    if AuthorizationKind.CITIZENSHIP in has_kinds and any(name in words for name in instead):
        return UNCLEAR if may_do else NO
    need_not = [sign for key in ("obtain", "instead", "sponsored") for sign in _LEXICON["need_not"][key]]
    is_open = any(sign in said for sign in need_not) or _lets_right_do(facts)
    is_demanded = any(held.search(said) for held in lacking) and (not is_open or _is_demanded(said))
    return NO if is_demanded else UNCLEAR


_NEAR = 40
"""Letters."""

_HIGHEST, _LOWER = "highest", "lower"


def _level_of(text: str) -> str | None:
    """
    Return how high the clearance is that a text in small letters names.

    >>> _level_of("i hold a secret clearance"), _level_of("active ts/sci"), _level_of("a clearance")
    ('lower', 'highest', None)
    """
    return next((key for key in (_HIGHEST, _LOWER) if _level(key).search(text)), None)


@cache
def _level(key: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{one_of(_LEXICON['need_not'][key])})(?!\w)")


def _names_other_nation(words: str, facts: Sequence[Fact[Authorization]]) -> bool:
    """Tell whether a citizenship is named that the posting does not name: "ciudadano mexicano" where US citizens are asked for."""
    named = {match["before"] or match["behind"] for match in _CITIZEN.finditer(words)}
    said = [fact.quote.text for fact in facts if fact.value.kind is AuthorizationKind.CITIZENSHIP]
    if {one.replace(".", "") for one in named} - small_words() <= set(" ".join(said).casefold().replace(".", "").split()):
        return False
    own = {country for one in named for place in find_places(one, any_case=True) for country in place.countries}
    meant = [place for text in said for place in find_places(text, any_case=True)]
    wide = {country for place in meant for country in (countries_of(place.area) if place.area else place.countries)}
    return own.isdisjoint(wide)


_CITIZEN = compile_later(
    lambda: (
        rf"(?P<before>[\w.]+)\s(?:{one_of(_LEXICON['citizens']['behind'])})"
        rf"|(?<!\w)(?:{one_of(_LEXICON['citizens']['before'])})\w*\s(?P<behind>[\w.]+)"
    )
)


def _is_demanded(said: str) -> bool:
    """Tell whether a citizenship is demanded, whatever else may be obtained: "able to obtain a clearance, which requires citizenship"."""
    words = _LEXICON["need_not"]
    return any(sign in said for sign in words["demanded"]) and not any(sign in said for sign in words["instead"])


def _must_be_held(said: str, need_not: Sequence[str]) -> bool:
    """Tell whether a sentence asks for one that is active, and only then for what may be obtained: "active TS/SCI, willing to undergo"."""
    active = min((said.index(sign) for sign in _LEXICON["need_not"]["active"] if sign in said), default=None)
    return active is not None and all(said.index(sign) > active for sign in need_not if sign in said)


YES, NO, UNCLEAR = Verdict.YES, Verdict.NO, Verdict.UNCLEAR
_ASKED_BY = {kind: compile_later(lambda key=kind.value: one_of(_LEXICON["asked_by"][key])) for kind in AuthorizationKind}  # type: ignore[misc]
_KIND_HELD = dict(
    zip(_HELD, (AuthorizationKind.CITIZENSHIP,) * 3 + (AuthorizationKind.CLEARANCE, AuthorizationKind.RIGHT_TO_WORK), strict=True)
)

AUTHORIZATION: Topic[Authorization] = Topic(
    name="authorization",
    command="authorization",
    label="Authorization",
    description="The citizenship, clearance or right to work that one must hold already",
    asked_as=(
        "authorization",
        "work authorization",
        "work authorisation",
        "authorized to work",
        "right to work",
        "citizenship",
        "citizen",
        "us citizen",
        "us citizenship",
        "need to be a citizen",
        "do i need to be a citizen",
        "eu citizen",
        "nationality",
        "clearance",
        "security clearance",
        "need a clearance",
        "top secret",
        "ts sci",
        "polygraph",
        "green card",
        "green card holder",
        "permanent resident",
        "work eligibility",
        "eligible to work",
    ),
    value_type=Authorization,
    find=find_authorization,
    tell=render_authorization,
    keys=find_authorization_keys,
    judge=judge_authorization,
    written=AUTHORIZATION_FORM,
    many=True,
    silence="The posting does not ask for a citizenship, a clearance or a work authorization.",
    form_group="where",
    unstated=[],
)
