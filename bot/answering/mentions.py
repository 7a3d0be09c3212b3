"""Where a posting's text names a thing: a technology by any of its names, a benefit by whatever it is called."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice, takewhile
from typing import Any

from bot.answering.reply import NO, UNCLEAR, YES, read_again
from bot.answering.wanted import WEIGHTS, is_boilerplate, weigh_word
from bot.domain.facts import Fact
from bot.domain.posting import KeptPosting
from bot.domain.query import Ask, Verdict, Years
from bot.questions.message import logic_pattern
from bot.questions.tokens import WordKind, word_kind
from bot.questions.values import find_years
from bot.text.clean import fold, fold_space
from bot.text.document import BULLET, Document, Line, Sentence, is_denied
from bot.text.headings import SectionKind, read_line_kind
from bot.text.lexicon import compile_later, one_of, pattern_of, read_lexicon
from bot.text.numbers import compare_length, compare_share, find_age, find_lengths, find_lines_with_years, find_shares, find_year_spans
from bot.text.technologies import find_technologies, is_spelled_only, same_names
from bot.text.words import (
    OR,
    Word,
    bare_form,
    english_words,
    find_subjects,
    is_function_word,
    read_stems,
    read_words,
    stem,
    telling_wordings,
    wordings_of,
)
from bot.topics.company import COMPANY
from bot.topics.skills import is_known_skill, skill_key

# A thing by its name.


@lru_cache(maxsize=512)
def name_pattern(thing: str) -> re.Pattern[str]:
    """
    Return what finds a thing by its name or another name of it, whatever stands between its words.

    >>> bool(name_pattern("nestjs").search("You know Nest.js"))
    True
    """
    names = [thing, *([thing[:-1]] if " " in thing and thing.endswith("s") else ()), *same_names(fold(thing))]
    english = english_words().get(fold(thing), fold(thing))
    # A library that is called after its language, with a sign between or without: "nodejs", "Node.js".
    names += [f"{name[:-2]} js" for name in names if re.fullmatch(r"[a-z]{2,12}js", fold(name))]
    if foreign := read_lexicon("bilingual")["words"].get(english):
        names += [english, *foreign.split()]
    spelt = [r"[\s.-]?".join(map(_spell, re.split(r"[\s.-]+", name))) for name in names if name.strip()]
    return re.compile(rf"(?<![\w])(?:{'|'.join(spelt)})s?(?![\w+#])", re.IGNORECASE)


def find_names(thing: str, text: str) -> Iterator[tuple[int, int]]:
    """
    Yield where a text names a thing; a technology that is called like an ordinary word only where it is spelt as a name.

    >>> list(find_names("go", "You go far with Go.")), list(find_names("k8s", "Kubernetes"))
    ([(16, 18)], [(0, 10)])
    """
    matches = list(name_pattern(thing).finditer(text))
    if not any(is_spelled_only(match[0]) for match in matches):
        yield from (match.span() for match in matches)
        return
    names = [one.name for one in find_technologies(text)]
    keys = set(map(skill_key, names))
    is_beside = any(is_known_skill(key) and not is_spelled_only(key) for key in keys)
    is_alone = matches[0][0] == text.strip(" .,;:*-")
    for match in matches:
        is_listed = is_beside and _IN_A_LIST.match(text, max(0, match.start() - 2), match.end() + 1) is not None
        joined = _JOINED.match(text, match.end())  # "Unity or Godot"
        is_listed = is_listed or (joined is not None and text.startswith(tuple(names), joined.end()))
        is_written_as_name = match[0] != match[0].lower() and not _OPENED.search(text, 0, match.start())
        is_written_as_name &= _COMPOUND.match(text, match.end()) is None
        if not is_spelled_only(match[0]) or is_alone or is_listed or is_written_as_name:
            yield match.span()


_OF_OTHERS = compile_later(lambda: rf"(?<!\w)(?:{one_of(read_lexicon('passages')['of_others']['words'])})(?!\w)", re.IGNORECASE)
_OPENED = re.compile(r"(?:^|[.!?:])[\s*•\"'“-]*$")
"""What stands before the first word of a sentence, which is written large whatever it is."""

_JOINED, _COMPOUND = re.compile(rf"\s(?:{OR}|and|und|et|y|e)\s"), re.compile(r"-(?!\w+ed\b)\w")  # "Go-Live", but "Go-based"
_IN_A_LIST = re.compile(r"[,/(][ ]?[^,/()]+[,/)]|.{0,2}[^,/()]+[,/)]|[,/(][ ]?[^,/()]+.?$")
"""A word between the signs of a list, or at one of its ends."""


def _spell(word: str) -> str:
    """Return what finds a word with its accents and without."""
    return "".join(_ACCENTED.get(letter, re.escape(letter)) for letter in word.lower())


_ACCENTED = {"a": "[aàáâãäå]", "c": "[cç]", "e": "[eèéêë]", "i": "[iìíîï]", "n": "[nñ]", "o": "[oòóôõö]", "u": "[uùúûü]"}


def split_sayings(line: Line) -> Iterator[str]:
    """
    Yield the sentences of a line, each with the remark behind it that names nothing: "Go. A plus."; below a label they are one.

    >>> from bot.text.lines import read_lines
    >>> list(split_sayings(read_lines("We use Go. Not required. Rust is a must.")[0]))
    ['We use Go. Not required.', 'Rust is a must.']
    """
    sentences = line.sentences
    label, colon, _ = sentences[0].text.partition(":") if sentences else ("", "", "")
    if len(sentences) < _SEVERAL or (colon and pattern_of("optional").search(label)):
        yield line.text
        return
    start = 0
    for sentence, following in zip(sentences, (*sentences[1:], None), strict=True):
        if following is None or not _is_remark(following.text):
            yield line.text[start : sentence.end].strip()
            start = sentence.end


def _is_remark(text: str) -> bool:
    """Tell whether a sentence says that something need not be, and not what, as "This is a plus" does."""
    words, told = read_words(pattern_of("optional").sub(" ", text)), pattern_of("optional").search(text)
    is_back = any(word.text in _POINTING for word in words)  # "experience with these is a bonus"
    return told is not None and all(is_function_word(word.text) or (is_back and word.stem in _OF_KNOWING) for word in words)


_POINTING = frozenset(read_lexicon("passages")["brought"]["pointing"])
_OF_KNOWING = frozenset(map(stem, read_lexicon("passages")["brought"]["words"]))


# What a list asks for, and the sentences of a posting that state it.


@dataclass(frozen=True)
class _Subject:
    """A subject by the words that name it in a question, with the word before them that tells it from others of its kind."""

    name: str
    exact: str
    """The ways to write what names it, where that is but one of its kind: "401k" is no pension."""

    kind: str
    """The stem of "unlimited" before "pto", of "pet" before "insurance"; empty where nothing of the kind stands there."""


def finds_things(ask: Ask) -> bool:
    """Tell whether an ask names a thing that a posting's lines are looked through for."""
    return bool(ask.about or find_subjects(read_words(ask.words)))


def mentions_of(ask: Ask, kept: KeptPosting, *, facts: Sequence[Fact[str]]) -> tuple[Fact[str], ...]:
    """
    Return the facts that state any of the things that an ask names, else the sentences of the text that do, where there is a text.

    A sentence about customers, competitors or whoever founded the company states nothing of the job.
    """
    subjects = _subjects_in(ask.words)
    stated = (fact for fact in facts if _states(ask.about, subjects, text=str(fact.value)))
    found = tuple(fact for fact in stated if not _is_small_print(str(fact.value), subjects))
    if found or not kept.posting.text or not _may_state(ask.about, subjects, text=kept.posting.text):
        return found
    unfit = _NO_OFFERS if any(read_lexicon("subjects")[one.name].get("offered") for one in subjects) else _NO_SKILLS if ask.about else ()
    sentences = (one for one in read_again(kept.posting.text).sentences() if _states(ask.about, subjects, text=one.text))
    stating = (one for one in sentences if not (_is_elsewhere(one, unfit) or _is_small_print(one.text, subjects)))
    return tuple(Fact(value=fold_space(one.text), quote=one.quote) for one in stating)


def _is_small_print(text: str, subjects: Sequence[_Subject]) -> bool:
    """Tell whether a text is what stands in every posting, and nothing that is asked about: nobody is given leave by "parental status"."""
    return is_boilerplate(text) and not {one.name for one in subjects} & set(read_lexicon("passages")["boilerplate"]["asked_with"])


_NO_OFFERS = frozenset({SectionKind.REQUIREMENTS, SectionKind.PREFERRED, SectionKind.TRAITS, SectionKind.RESPONSIBILITIES})
_NO_SKILLS = frozenset({SectionKind.BENEFITS, SectionKind.LEGAL, SectionKind.PAY})


def _is_elsewhere(sentence: Sentence, unfit: Collection[SectionKind]) -> bool:
    is_unfit = read_line_kind(sentence.line) in unfit and (unfit is not _NO_OFFERS or sentence.line.kind is BULLET)
    is_unfit |= unfit is _NO_OFFERS and fold(sentence.line.label or "") in read_lexicon("passages")["fields_of_work"]["labels"]
    return is_unfit or (bool(unfit) and _OF_OTHERS.search(sentence.text) is not None)


def _states(about: Sequence[str], subjects: Sequence[_Subject], *, text: str) -> bool:
    spans = [span for thing in about for span in find_names(thing, text)]
    if any(not is_denied(text, start=start, end=end, reach=_DENIED_WITHIN) for start, end in spans):
        return True
    named = [one for one in subjects if _sign_of(one.name, one.exact).search(fold(text))]
    words = read_words(text) if named else ()
    return any(_speaks_of(one, text, words=words) for one in named)


_DENIED_WITHIN, _SEVERAL, _KIND_BEFORE, _SURE_FROM = 30, 2, 5, 2  # letters, sentences, words; words that speak for a kind of employer


def _speaks_of(subject: _Subject, text: str, *, words: Sequence[Word]) -> bool:
    """Tell whether a sentence speaks of a subject and denies none of it; a word that only sounds so, as in "shared", is none."""
    stems = f" {' '.join(word.stem for word in words)} "
    if any(f" {' '.join(wording)} " in stems for wording in wordings_of(subject.name, "unless")):
        return False
    if subject.kind and f" {subject.kind} " not in stems:
        return False
    exact = frozenset(map(read_stems, subject.exact.split("|")))
    wordings = exact if subject.exact else telling_wordings(subject.name)
    for place, first in enumerate(words):
        for wording in wordings:
            named = words[place : place + len(wording)]
            is_part = len(wording) == 1 and not subject.exact and first.text.endswith(("ed", "ing"))
            if is_part or tuple(word.stem for word in named) != wording:
                continue
            if not is_denied(text, start=first.start, end=named[-1].end, reach=_DENIED_WITHIN):
                return True
    return False


def _may_state(about: Sequence[str], subjects: Sequence[_Subject], *, text: str) -> bool:
    """Tell whether a text holds any of the names at all: most postings need not be read into lines."""
    if any(name_pattern(thing).search(text) for thing in about):
        return True
    folded = fold(text) if subjects else ""
    return any(_sign_of(one.name, one.exact).search(folded) for one in subjects)


@cache
def _sign_of(name: str, exact: str) -> re.Pattern[str]:
    """Return what any folded text holds that speaks of a subject: how its wordings begin, as stems would have them."""
    of = read_lexicon("subjects")[name]
    said = (one for key in ("asked", "said") for one in of.get(key, ()) if one not in of.get("loose", ()))
    phrases = [one for one in (exact.split("|") if exact else said) if "*" not in one]
    begun = {r"\W+".join(rf"{re.escape(_begin(word))}[\w'’]*" for word in read_words(one)) for one in phrases}
    return re.compile(rf"(?<!\w)(?:{'|'.join(sorted(begun))})")


def _begin(word: Word) -> str:
    """Return the letters that a word and its stem share: "equit" of "equity" and "equiti"."""
    shared = takewhile(lambda pair: pair[0] == pair[1], zip(word.text, word.stem, strict=False))
    return "".join(letter for letter, _ in shared)


@lru_cache(maxsize=512)
def _subjects_in(words: str) -> tuple[_Subject, ...]:
    """
    Return the subjects that a question names, each with the word before it that tells it apart.

    >>> [(one.name, one.kind) for one in _subjects_in("who gives unlimited pto")]
    [('vacation', 'unlimit')]
    """
    read = read_words(words)
    stems = [word.stem for word in read]
    found: dict[str, _Subject] = {}
    before: set[str] = set()
    for name in find_subjects(read):
        subject = read_lexicon("subjects")[name]
        named = sorted(_places_of(name, stems), key=lambda one: -len(one[1])) or [(0, ())]
        place, phrase = named[0]
        phrases, told = [phrase, *(one for _, one in named if not set(one) <= set(phrase))], subject.get("exact", ())
        exacts = [next((one for one in told if which in map(read_stems, one.split("|"))), "") for which in phrases]
        exact = "|".join(exacts) if all(exacts) else ""  # "a pension or 401k"
        kind = read[place - 1] if place else None
        is_kind = kind is not None and word_kind(kind.text) is WordKind.ORDINARY and kind.text not in _no_kinds()
        found[name] = _Subject(name, exact, kind.stem if kind and is_kind else "")
        before.update((found[name].kind,) if is_kind else ())
    # The pet of "pet insurance" is no pet of its own.
    return tuple(
        one for one in found.values() if not (len(found) > 1 and any((kind,) in wordings_of(one.name, "asked") for kind in before))
    )


def find_sought(document: Document) -> tuple[Sentence, ...]:
    """Return the first sentences that say whom a posting looks for, and what they bring: of one in prose, without lists."""
    told = (one for line in document.body if read_line_kind(line) not in _OF_NO_APPLICANT for one in line.sentences)
    return tuple(islice((one for one in told if pattern_of("sought").search(one.text) and not is_boilerplate(one.text)), _MOST_SOUGHT))


_MOST_SOUGHT = 4
_OF_NO_APPLICANT = frozenset({SectionKind.BENEFITS, SectionKind.LEGAL, SectionKind.PAY})


def holds_kind(words: str, text: str) -> bool:
    """
    Tell whether a text that speaks of a subject speaks of the kind that a question names of it.

    >>> holds_kind("is there unlimited pto", "25 days of PTO"), holds_kind("is there good pto", "25 days of PTO")
    (False, True)
    """
    named = [one for one in _subjects_in(words) if one.kind]
    stems = [[word.stem for word in read_words(one)] for one in (text, text.replace("-", ""))]  # a "back-up" is a backup
    return not named or any(_is_of_kind(one, said) for one in named for said in stems)


def _is_of_kind(subject: _Subject, stems: Sequence[str]) -> bool:
    """Tell whether a text has the kind near what it calls the subject, if it calls it anything: "20 days of leave, unlimited snacks"."""
    wordings = telling_wordings(subject.name)
    ends = [(at, at + len(one)) for one in wordings for at in range(len(stems)) if tuple(stems[at : at + len(one)]) == one]
    places = [at for at, part in enumerate(stems) if part == subject.kind]
    return bool(places) and (not ends or any(start - _KIND_BEFORE <= at < end + 2 for start, end in ends for at in places))


def holds_exactly(words: str, text: str) -> bool:
    """
    Tell whether a text names what a question names, where that is but one of its kind: a "401(k)", and no pension.

    >>> holds_exactly("is there a 401k", "A pension scheme"), holds_exactly("a 401k and a pension", "401(k) match")
    (False, True)
    """
    exact = [one.exact for one in _subjects_in(words) if one.exact]
    written = fold(text).translate(_WITHOUT_SIGNS)
    return not exact or any(_written_as(one).search(written) for one in exact)


_WITHOUT_SIGNS = str.maketrans({"(": "", ")": "", "-": " ", "‑": " "})


@cache
def _written_as(names: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{one_of(names.split('|'))})(?:s|es)?(?!\w)")


def is_of_another(subjects: Collection[str], sentence: Sentence) -> bool:
    """Tell whether what an employer gives is named in a demand or a duty, or where others, or the company at large, are told of."""
    if not any(read_lexicon("subjects")[one].get("offered") for one in subjects):
        return False
    is_told = read_line_kind(sentence.line) is SectionKind.COMPANY and not pattern_of("gives").search(sentence.text)
    return is_told or _is_elsewhere(sentence, _NO_OFFERS) or pattern_of("not_counted").search(sentence.text) is not None


def _places_of(name: str, stems: Sequence[str]) -> Iterator[tuple[int, tuple[str, ...]]]:
    for wording in wordings_of(name, "asked"):
        yield from ((place, wording) for place in range(len(stems)) if tuple(stems[place : place + len(wording)]) == wording)


@cache
def _no_kinds() -> frozenset[str]:
    return frozenset(read_lexicon("passages")["no_kinds"]["words"].split())


# A field of work, or a kind of employer.


def weigh_fields(kept: KeptPosting, fields: Sequence[str]) -> Verdict:
    """Say whether a posting is of any of these fields: by its title, its company's name, and what it says of the company."""
    verdicts = {_weigh_field(kept, read_lexicon("fields")[field], field) for field in fields}
    return YES if YES in verdicts else UNCLEAR if UNCLEAR in verdicts else NO


def _weigh_field(kept: KeptPosting, field: Mapping[str, Any], name: str) -> Verdict:
    posting = kept.posting
    if _words_of_field(name, "titled").search(fold(posting.title or "")):
        return YES
    if not field.get("employed"):
        return NO if posting.title else UNCLEAR
    told = "" if field.get("only_named") else " ".join(str(fact.value) for fact in COMPANY.facts_in(posting))
    if _words_of_field(name, "employed").search(fold(f"{posting.company or ''} {told}")):
        return YES
    # Benefits speak of health, at the end.
    key, text = ("stated", posting.text) if field.get("only_named") else ("employed", posting.text[: len(posting.text) // 2])
    return YES if len(_words_of_field(name, key).findall(fold(text))) >= _SURE_FROM else UNCLEAR


@cache
def _words_of_field(name: str, key: str) -> re.Pattern[str]:
    words = read_lexicon("fields")[name].get(key, ())
    spelt = "|".join(re.escape(word).replace(r"\*", r"\w*") for word in words)
    return re.compile(rf"(?<!\w)(?:{spelt})(?!\w)" if spelt else r"(?!)")


# What a sentence denies, hedges or demands.


def judge_exclusion(text: str, held: Word | None) -> Verdict | None:
    """Say whether something keeps who has it out: what nobody may have does, what a sentence says not to keep anybody out does not."""
    if pattern_of("fair_chance").search(text):
        return NO
    if shut := pattern_of("shuts_out").search(text):
        said = text[: shut.end()] + pattern_of("shuts_out").sub(" ", text[shut.end() :])  # "disqualified and not eligible" denies nothing
        told = UNCLEAR if pattern_of("may").search(text, 0, shut.start()) else YES
        return NO if is_denied(said, start=shut.start(), end=shut.end(), reach=_DENIED_WITHIN) else told
    without = [one.end() for one in pattern_of("must_lack").finditer(text, 0, held.start)] if held else []
    return YES if without and _CLAUSE_ENDS.search(text, without[-1], held.start if held else 0) is None else None


def weigh_amount(ask: Ask, verdict: Verdict | None, *, text: str, held: Word | None) -> Verdict | None:
    """Weigh how much of something there is where that is asked: "minimal travel" is not a lot of it; that there is some tells it not."""
    is_share = bool(find_shares(ask.words) and find_shares(text))  # "over 30% travel?" where it is 10 to 25%
    if verdict in (YES, UNCLEAR) and (is_share or find_lengths(ask.words)):
        at = held.start if held else 0
        holds = compare_share(ask.words, text) if is_share else compare_length(ask.words, text, at=at)
        return UNCLEAR if holds is None else Verdict.told(holds=holds)
    if verdict not in (YES, UNCLEAR) or held is None or not pattern_of("much_asked").search(ask.words):
        return verdict
    begins = max((one.end() for one in _PART_ENDS.finditer(text, 0, held.start)), default=0)
    ended = _PART_ENDS.search(text, held.end)
    part = text[begins : ended.start() if ended else len(text)]
    shares = find_shares(part) or [(_LITTLE + _MUCH) / 2]
    is_little = pattern_of("little_said").search(part) is not None or max(shares) <= _LITTLE
    is_much = pattern_of("much_said").search(part) is not None or min(shares) >= _MUCH
    return UNCLEAR if is_little == is_much else Verdict.told(holds=is_much)


def weigh_parts_of_years(ask: Ask, read: Callable[[], Document]) -> tuple[Sentence, Verdict] | None:
    """Return by which sentence each of several numbers of years will do or not: "8 years, but only 2 of managing"; None for one number."""
    told = sorted(find_years(ask.words), key=lambda one: one.start)
    ends: list[int | None] = [*(one.start for one in told[1:]), None]
    each = ((one.value, ask.words[one.start : end]) for one, end in zip(told, ends, strict=False))
    parts = [(years.value, of) for years, of in each if isinstance(years, Years)]
    is_told = len({years for years, _ in parts}) > 1 and not (
        ask.about or ask.is_must or logic_pattern("own", "demanded").search(fold(ask.words))
    )
    lines = [one for one in find_lines_with_years(read()) if read_line_kind(one) is not SectionKind.PREFERRED] if is_told else []
    spans = [(one, span) for line in lines for one in line.sentences for span in find_year_spans(one.text)]
    verdicts: list[tuple[Sentence, Verdict]] = []
    for sentence, span in spans:
        of = _kinds_in(sentence.text[span.end : span.end + _YEARS_OF].split(" and ")[0])
        own = [years for years, kind in parts if not of.isdisjoint(_kinds_in(kind))]
        least, most = min(own or [years for years, _ in parts]), max(own or [years for years, _ in parts])
        verdicts.append((sentence, NO if most < span.years else YES if least >= span.years else UNCLEAR))
    return min(verdicts, key=lambda one: (NO, UNCLEAR, YES).index(one[1]), default=None)


def _kinds_in(text: str) -> set[str]:
    """Return the stems of the words that tell what years are of."""
    words = [word for word in read_words(text) if weigh_word(word) >= WEIGHTS.ordinary]
    return {part for word in words for part in (word.stem, *read_stems(english_words().get(word.text, "")))}


_YEARS_OF = 60  # letters
_CLAUSE_ENDS, _PART_ENDS = compile_later(r"[.;:]"), compile_later(r"[,;.:]\s")
_LITTLE, _MUCH = 10, 50  # parts of a hundred


def demanding_part(text: str, at: int) -> str:
    """
    Return a text with blanks for the parts that say nothing of what stands at a place: all others where its own demands something.

    >>> [demanding_part("A licence required - time abroad a plus", at).strip(" -") for at in (2, 21)]
    ['A licence required', 'time abroad a plus']
    >>> demanding_part("Know Welsh, but not strictly required", 5), demanding_part("Welsh; Cornish is a plus", 0).strip()
    ('Know Welsh, but not strictly required', 'Welsh;')
    """
    spans = [match.span() for match in _PARTS.finditer(text)]
    own = next(((start, end) for start, end in spans if start <= at < end), (0, len(text)))
    is_demanding = pattern_of("need").search(text, *own) is not None and not pattern_of("not_needed").search(text, *own)
    others = [span for span in spans if span != own and (is_demanding or not _names_nothing(text[slice(*span)]))]
    for start, end in others:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _names_nothing(text: str) -> bool:
    """Tell whether words only say whether something must be, and not what: "not required", "this is optional and quick"."""
    text = text if _POINTING.isdisjoint(word.text for word in read_words(text)) else _ADDED.sub("", text)
    rest = pattern_of("not_needed").sub(" ", pattern_of("optional").sub(" ", text))
    return all(weigh_word(word) <= WEIGHTS.vague or word.text in _SET_APART["words"] for word in read_words(rest))


_SET_APART = read_lexicon("passages")["set_against"]  # what goes on is no part of its own: "Security – Specialty or similar"
_PARTS = compile_later(lambda: rf"(?is)(?:(?!\s[-–—]\s(?!{_SET_APART['goes_on']})|;\s|,?\s(?:{one_of(_SET_APART['words'])})\s).)+")


def is_other_form(held: Word, text: str, *, words: str) -> bool:
    """Tell whether a sentence has but a kindred word of what is asked: "management" where one is to manage, "self-managed"."""
    if " " in text[held.start : held.end]:
        return False
    asked = [word.text for word in read_words(words)]
    named = [part for name in find_subjects(read_words(words)) for part in _words_of_subject(name)]
    forms = [one for one in (*asked, *named) if stem(one) == held.stem]
    before = _JOINED_BEFORE.search(text, 0, held.start)
    is_joined = before is not None and fold(before[1]) not in (*asked, *read_lexicon("passages")["several"]["words"])
    return is_joined or (bool(forms) and bare_form(held.text) not in map(bare_form, forms))


_JOINED_BEFORE = compile_later(r"([^\W\d_]+)-$")
_ADDED = compile_later(lambda: rf"\s(?:{one_of(read_lexicon('asked_logic')['clauses']['joints'])})\s.*", re.IGNORECASE | re.DOTALL)


@cache
def _words_of_subject(name: str) -> frozenset[str]:
    """Return the single words of all that a subject is called by, folded."""
    subject = read_lexicon("subjects")[name]
    return frozenset(word.text for key in ("asked", "said") for phrase in subject.get(key, ()) for word in read_words(phrase.lstrip("=")))


def read_own_figure(phrases: Sequence[str], words: str, *, kind: str) -> float | None:
    """Return the age that somebody tells, or the year beside a word for a car or degree."""
    text = fold(words)
    if kind == "age":
        return find_age(text)
    years = YEAR.findall(text)
    return float(years[0]) if len(years) == 1 and re.search(rf"(?<!\w)(?:{one_of(phrases)})", text) else None


YEAR = compile_later(r"(?<![\w.,$])((?:19|20)\d\d)(?![\w%]|[.,]\d)")
