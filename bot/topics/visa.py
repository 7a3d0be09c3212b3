"""Whether the employer sponsors a visa."""

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum

from bot.domain.answer import Rendered
from bot.domain.facts import Fact
from bot.domain.query import Ask, SearchKey, Verdict, turn
from bot.text.document import TAG, Document, Line, Sentence, is_denied
from bot.text.lexicon import compile_later, one_of, read_lexicon
from bot.text.prefilter import by_beginning, read_whole, to_lower
from bot.text.translations import say
from bot.topics.topic import JobSign, Topic


class Sponsorship(StrEnum):
    """Whether help with a visa is offered or refused."""

    YES = "yes"
    NO = "no"


_LEXICON = read_lexicon("visa_words")
_PIECES = by_beginning(_LEXICON["signs"]["pieces"])
_PERMIT = rf"(?<!\w)(?:{one_of(_LEXICON['permits']['words'])})(?!\w)"
_HELP = rf"(?<!\w)(?:{one_of(_LEXICON['permits']['help'])})(?!\w)"
_PERSON = rf"\b(?:{one_of(_LEXICON['permits']['sponsorship_for'])})\b"
_HELPED = compile_later(
    lambda: (
        rf"{_PERMIT}[^.;]{{0,60}}?{_HELP}|{_HELP}[^.;]{{0,60}}?{_PERMIT}"
        rf"|\bsponsor(?:ship)?\b[^.;]{{0,60}}?{_PERSON}|{_PERSON}[^.;]{{0,80}}?\bsponsor(?:ship)?\b"
        r"|\b(?:no|provide|providing|offer|offering|require|requiring|need|needing|without|any)\s(?:\w+\s){0,3}sponsorship\b|\bsponsorship\b[^.;]{0,30}\b(?:available|provided|offered|possible|supported)\b"
    ),
)
_REFUSED_BEHIND = compile_later(
    r"[^.;]{0,90}?\b(?:not|cannot|can't|unable|ineligible|won't|n't|nicht|no)\b(?:\s\w+){0,3}?\s?(?:eligible|available|considered|offered|provided|supported|possible|able|sponsored|accepted|provide|offer|sponsor|möglich)?",
)
_WITHOUT = compile_later(
    r"\bwithout\b[^.;]{0,40}\b(?:visa|sponsorship|work permit)\b"
    r"|(?:\bnot|\b(?:who|that) do(?:es)?n['’]t)\s(?:\w+\s){0,2}(?:require|need)\b[^.;]{0,60}\b(?:visa|sponsorship)\b",
)
_UNABLE = compile_later(r"\b(?:unable to|not able to|cannot|can't|can not|won't|will not|do not|don't)\ssponsor\s*(?:[).;!]|$)")
_EITHER_WAY = compile_later(r"\bwith or without\b|\bmit oder ohne\b|\bavec ou sans\b|\bcon o sin\b|\bcom ou sem\b")
_ANSWERED = compile_later(r"sponsor[^.?]{0,60}\?\W{0,6}(?P<answer>yes|no)\b")
_MEANS_HELP = compile_later(r"sponsor|patroc|parrain")
_ELSEWHERE = compile_later(lambda: one_of(_LEXICON["elsewhere"]["words"]))
_HOLDS = compile_later(
    r"\b(?:must|have|hold|holding|possess|require[sd]?|valid)\b[^.;]{0,60}\b(?:visa|work permit|work authori[sz]ation)\b"
)
"""All these are for lower case: that is three times as quick as to ignore the case."""


def find_visa(document: Document) -> Sequence[Fact[Sponsorship]]:
    """
    Return whether the posting says that it sponsors visas or helps with them; silence on visas is nothing.

    >>> from bot.text.lines import read_lines
    >>> def read(text: str) -> list[str]:
    ...     found = find_visa(Document(title=None, company=None, link=None, location=None, lines=read_lines(text)))
    ...     return [fact.value.value for fact in found]
    >>> read("We sponsor H-1B visas."), read("Visa sponsorship is not available.")
    (['yes'], ['no'])
    >>> read("Will you require sponsorship?"), read("We sponsor the local football club.")
    ([], [])
    """
    lines = read_whole(document).lines_holding(_PIECES)
    if (tagged := next(_read_tags(lines), None)) is not None:
        return (tagged,)
    sentences = (sentence for line in lines for sentence in line.sentences)
    stated = ((stance, sentence) for sentence in sentences if (stance := _read_stance(to_lower(sentence.text))) is not None)
    first = next(stated, None)
    if first is not None and first[0] is Sponsorship.YES and "transfer" in first[1].text.lower():
        # Whose visa is taken over may read on that none is sponsored anew.
        first = next((found for found in stated if found[0] is Sponsorship.NO), first)
    return () if first is None else (Fact(value=first[0], quote=first[1].quote),)


def find_transfer(document: Document) -> tuple[Sentence, Verdict] | None:
    """
    Return the sentence on taking over a visa that somebody holds, with whether it is: a posting may do that and sponsor none anew.

    >>> from bot.text.lines import read_lines
    >>> def taken_over(text):
    ...     found = find_transfer(Document(title=None, company=None, link=None, location=None, lines=read_lines(text)))
    ...     return found and found[1].value
    >>> taken_over("H-1B transfer candidates are welcome. No new visas are sponsored."), taken_over("We cannot do H-1B transfers.")
    ('yes', 'no')
    """
    for sentence in document.sentences():
        text = to_lower(sentence.text)
        if (named := _TRANSFER.search(text)) is not None:
            is_refused = is_denied(text, start=named.start(), end=named.end(), reach=_TRANSFER_REACH) or _UNABLE.search(text)
            return sentence, Verdict.told(holds=not is_refused)
    return None


_TRANSFER_REACH = 40
_TRANSFER = compile_later(r"\b(?:h-?1b?|visa)s?\s(?:visa\s)?transfers?\b|\btransfers? of (?:an? |your )?(?:h-?1b?|visa)")


def _read_tags(lines: Sequence[Line]) -> Iterator[Fact[Sponsorship]]:
    """Yield what a word alone in a head says: "Acme | Oslo or remote, VISA | Cook"."""
    for line in lines:
        for piece in re.split(r"[,;|/()]", to_lower(line.text)) if line.kind is TAG else ():
            said = next((name for name, words in _LEXICON["head"].items() if piece.strip(" .*") in words), None)
            if said is not None:
                yield Fact(value=Sponsorship(said), quote=line.quote())


def _read_stance(text: str) -> Sponsorship | None:
    """Return what a sentence in lower case says, or None."""
    if answered := _ANSWERED.search(text):
        return Sponsorship(answered["answer"])
    if text.rstrip().endswith("?") or _EITHER_WAY.search(text):
        return None
    if _WITHOUT.search(text) or _UNABLE.search(text):
        return Sponsorship.NO
    helped = _HELPED.search(text)
    return None if helped is None or _ELSEWHERE.search(text) else _stance_of(text, helped)


def offers_sponsorship(text: str) -> bool:
    """
    Tell whether a sentence in lower case offers to sponsor somebody.

    >>> offers_sponsorship("green card sponsorship is available"), offers_sponsorship("green card holders only, no sponsorship")
    (True, False)
    """
    return _read_stance(text) is Sponsorship.YES


def _stance_of(text: str, helped: re.Match[str]) -> Sponsorship | None:
    """Return whether help is refused or offered; None where somebody must hold a visa without a word on help."""
    if is_denied(text, start=helped.start(), end=helped.end()) or _REFUSED_BEHIND.match(text, helped.end()):
        return Sponsorship.NO
    return Sponsorship.YES if _MEANS_HELP.search(helped[0]) or not _HOLDS.search(text) else None


def render_visa(facts: Sequence[Fact[Sponsorship]], locale: str = "en") -> Rendered:
    """
    Say whether a visa is sponsored.

    >>> from bot.domain.facts import Quote
    >>> render_visa([Fact(value=Sponsorship.NO, quote=Quote(text="No sponsorship"))]).sentence
    'The posting says that visas are not sponsored'
    """
    if facts[0].value is Sponsorship.YES:
        return Rendered(sentence=say("The posting offers sponsorship or help with a visa", locale))
    return Rendered(sentence=say("The posting says that visas are not sponsored", locale))


def find_visa_keys(sponsorship: Sponsorship) -> tuple[SearchKey, ...]:
    """Return the value itself."""
    return (SearchKey(sponsorship.value),)


def judge_visa(ask: Ask, facts: Sequence[Fact[Sponsorship]]) -> Verdict | None:
    """Tell whether visas are sponsored."""
    if not facts:
        return None
    verdict = Verdict.told(holds=facts[0].value is Sponsorship.YES)
    return turn(verdict, is_denied=ask.is_denied or ask.values[:1] == ("no",))


VISA: Topic[Sponsorship] = Topic(
    name="visa",
    command="visa",
    label="Visa",
    description="Whether the employer sponsors a visa",
    asked_as=(
        "visa",
        "visas",
        "sponsor",
        "sponsorship",
        "do they sponsor visas",
        "visa sponsorship",
        "work permit",
        "h1b",
        "h-1b",
        "sponsor a visa",
        "sponsor work visas",
        "sponsors",
        "sponsor visas",
        "opt",
        "cpt",
        "relocation visa",
    ),
    value_type=Sponsorship,
    find=find_visa,
    tell=render_visa,
    keys=find_visa_keys,
    judge=judge_visa,
    silence="The posting does not say whether it sponsors visas.",
    job_sign=JobSign.BESIDE,
    form_group="terms",
    at_a_glance=True,
)
