"""What a line says by its own words: a requirement, a duty, a benefit, or something said to every applicant."""

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache, lru_cache
from itertools import takewhile

from bot.text.clean import fold
from bot.text.headings import BENEFITS, LEGAL, REQUIREMENTS, RESPONSIBILITIES, SectionKind
from bot.text.lexicon import PhraseBook, compile_later, one_of, read_lexicon, split_words, to_phrases
from bot.text.prefilter import to_lower
from bot.text.words import Word, is_function_word, read_words, small_words, stem

_OPENING = 4
"""Words from the start within which a wording counts as the line's opening."""

_READ = 400
"""Characters of a line that are read; its kind shows in its first sentences."""

_YEARS = compile_later(
    r"^\W{0,4}(?:at least|minimum(?: of)?|over|more than)?\W{0,3}\d{1,2}\s?(?:\+|-|–|to|or more)?\s?\d{0,2}\+?\s?"
    r"(?:years?|yrs?|jahre|ans|años|anos)\b",
    re.IGNORECASE,
)
_LABEL = compile_later(r"[^:.!?]{3,48}:\s+(?=\S)")
_ENDINGS = (("ies", "y"), ("es", ""), ("s", ""), ("ing", ""), ("ing", "e"))
_INFINITIVE = ("ar", "er", "ir", "re")
_OFFERING = frozenset(read_lexicon("wording")["benefits"]["offering"])
_ENOUGH_OFFERS, _DOUBLED = 3, 2
"""Kinds of benefits that a sentence in any place must name to be an offer: two occur in talk about pay."""


def read_wording(text: str) -> SectionKind | None:
    """
    Return what a line is by its own words: requirements, responsibilities, benefits, legal, or None where they do not tell.

    >>> read_wording("5+ years with distributed systems")
    <SectionKind.REQUIREMENTS: 'requirements'>
    >>> read_wording("Mentoring two junior cooks")
    <SectionKind.RESPONSIBILITIES: 'responsibilities'>
    >>> read_wording("The kitchen is on the third floor") is None
    True
    """
    return _read_opening(text[:_READ])


@lru_cache(maxsize=512)
def _read_opening(text: str) -> SectionKind | None:
    """The kind once more: a list is asked several times how its lines are worded."""
    words = split_words(text)
    if not words:
        return None
    if is_legal(words):
        return LEGAL
    label = _LABEL.match(text)
    told = None
    if label is not None:
        if names_offer(split_words(label[0])):
            return BENEFITS
        told = _ability_or_duty(text[label.end() :], split_words(text[label.end() :]))
    told = told or _ability_or_duty(text, words)
    return told or (BENEFITS if names_offer(words) else None)


def _ability_or_duty(text: str, words: list[str]) -> SectionKind | None:
    """Return whether words begin as a requirement or as a duty does."""
    if not words:
        return None
    if _YEARS.match(text) or words[0] in _openers(REQUIREMENTS) or _book("requirements", "begins").match(words, 0):
        return REQUIREMENTS
    if words[0] in _verbs() or not _holds(words, REQUIREMENTS):
        is_duty = _begins_with_verb(words) or words[0] in _openers(RESPONSIBILITIES) or _holds(words, RESPONSIBILITIES)
        return RESPONSIBILITIES if is_duty else None
    return REQUIREMENTS


def names_years(text: str) -> bool:
    """Tell whether a line begins with years of something."""
    return _YEARS.match(text) is not None


def is_legal(words: list[str]) -> bool:
    """Tell whether words speak to every applicant: equal treatment, privacy, "apply even if you do not meet all"."""
    return _book("legal", "phrases").holds(words)


def is_about_pay(words: list[str]) -> bool:
    """Tell whether words state the pay."""
    return _book("legal", "pay").holds(words)


def is_closing(words: list[str]) -> bool:
    """Tell whether words send the reader elsewhere, or speak to every applicant: what stands behind a list."""
    return is_legal(words) or _book("legal", "closing").holds(words) or _asks_for_papers(frozenset(words[:_APPLYING]))


_APPLYING = 16


def _asks_for_papers(words: frozenset[str]) -> bool:
    """Tell whether the first words of a line ask to send what one applies with: "Send us your CV", in any of the languages."""
    legal = read_lexicon("wording")["legal"]
    return not (words.isdisjoint(legal["papers"]) or words.isdisjoint(legal["sending"]))


def asks_something(words: list[str], *, of_anyone: bool) -> bool:
    """Tell whether words name something that one has or knows: experience, a language; said of anyone, years or a degree."""
    return _book("requirements", "strong" if of_anyone else "evidence").holds(words)


def is_offer(words: list[str]) -> bool:
    """
    Tell whether a sentence lists benefits wherever it stands.

    >>> is_offer(split_words("Our package holds medical, dental and paid time off."))
    True
    >>> is_offer(split_words("We build billing software for dental offices."))
    False
    """
    return not _OFFERING.isdisjoint(words) and len({phrase for *_, phrase in _plain_offers().find(words)}) >= _ENOUGH_OFFERS


def names_offer(words: list[str]) -> bool:
    """Tell whether words name a benefit."""
    return _book("benefits", "phrases").holds(words)


def begins_as_offer(words: list[str]) -> bool:
    """Tell whether a sentence opens as one that tells what the employer offers."""
    return _book("benefits", "opens").match(words, 0) is not None if words else False


def count_offers(words: list[str]) -> int:
    """Count the kinds of benefits that words name."""
    return sum(1 for _ in _book("benefits", "phrases").find(words))


def _holds(words: list[str], kind: SectionKind) -> bool:
    """Tell whether a phrase of a kind begins among a line's first words."""
    return any(start < _OPENING for start, *_ in _book(kind, "phrases").find(words[: _OPENING * 3]))


def _begins_with_verb(words: list[str]) -> bool:
    first, after = words[0], words[1] if len(words) > 1 else ""
    if _is_verb(first) or (first.endswith("ly") and _is_verb(after)):
        return True
    return first.endswith(_INFINITIVE) and after in _words_after_infinitive()


def _is_verb(word: str) -> bool:
    verbs = _verbs()
    if word in verbs:
        return True
    for ending, instead in _ENDINGS:
        if word.endswith(ending):
            stem = word[: -len(ending)]
            if stem + instead in verbs or (len(stem) > _DOUBLED and stem[-1] == stem[-2] and stem[:-1] in verbs):
                return True
    return False


@cache
def _verbs() -> frozenset[str]:
    return frozenset(read_lexicon("wording")["responsibilities"]["verbs"])


@cache
def _words_after_infinitive() -> frozenset[str]:
    return frozenset(read_lexicon("wording")["responsibilities"]["after_infinitive"])


@cache
def _openers(kind: SectionKind) -> frozenset[str]:
    return frozenset(read_lexicon("wording")[kind]["openers"])


@cache
def _book(table: str, key: str) -> PhraseBook:
    return PhraseBook(to_phrases(read_lexicon("wording")[table][key], table))


@cache
def _plain_offers() -> PhraseBook:
    return PhraseBook({phrase: phrase for phrase in read_lexicon("wording")["benefits"]["plain"]})


# Whether a line among requirements is only welcome: "(preferred)", "is a plus", "ideally".

_WORD = compile_later(r"[^\W\d_]+")
_SIZE = r"(?:(?:big|huge|strong|definite|real|major|great|added|definitive|significant) )?"
_HOW_MUCH = r"(?:strongly |highly |very |much )?"
_MARK = (
    rf"(?:nice[ -]to[ -]haves?|good to have|great to have|(?:a |an )?{_SIZE}(?:plus|bonus|asset|advantage)(?:es)?"
    rf"|{_HOW_MUCH}(?:preferred|desired|desirable|preferable|advantageous|beneficial|helpful|optional|welcome|suggested|recommended)"
    r"|not (?:strictly |a )?(?:required|mandatory|must)|von vorteil|wünschenswert|(?:un )?(?:vrai |gros )?atout|un (?:vrai |gros )?plus"
    r"|souhaitée?s?|appréciée?s?|deseables?|valorables?|um diferencial|diferencial|desejáve(?:l|is))"
)
_LEADING = compile_later(
    lambda: (
        rf"\W{{0,4}}(?:{_MARK}\W{{0,3}}[:)\]\-–—]"
        rf"|(?:{one_of(read_lexicon('wording')['preferred']['leading'])}|plus(?= if| points)|(?:ein|un) plus (?:ist|wäre|si|serait))(?!\w)"
        r"|(?:it(?:'|’)s|it is|it would be|we(?:'|’)d|we would) (?:also )?(?:an? )?(?:\w{1,12} )?"
        r"(?:plus|bonus|nice|great|love|preferred|helpful) (?:it )?if\b"
        r"|if you\b[^.;]{1,160}(?:so much the better|all the better|even better|(?:a|an) (?:\w{1,12} )?(?:plus|bonus|asset|advantage))\b)"
    ),
    re.IGNORECASE,
)
_VERB = r"(?:is|are|would be|will be|consider(?:ed)?(?: (?:it|that|this))?|as|ist|sind|est|sont|serait|es|son|será|é|são)"
_MARKED = compile_later(lambda: rf"(?P<verb>\b{_VERB}\s(?:also |considered |always |a )?)?(?<!\w){_MARK}(?!\w)")  # for lower case
_AFTER = compile_later(r"\s{0,2}(?:$|[.,:;!)\]*(–—-]|but\b|though\b|although\b|for\b|if\b|and not\b)", re.IGNORECASE)
_SENTENCE_END = compile_later(r"[.!?]\s+(?=[^\s(])")
_ANOTHER_PART = compile_later(r";\s|\s[–—]\s")
_ABBREVIATION = compile_later(r"\b(?:[a-z]\.\s?[a-z]|etc|vs|incl|inkl|bzw|ggf|eg|ie|ex|ej)\.\s", re.IGNORECASE)
_CLAUSE = compile_later(
    r",\s+(?:and |but |with |or )?(?=(?:(?!equivalent|related|similar|relevant)\w{1,20} |hands-on )?"
    r"(?:experience|knowledge|familiarity|understanding|exposure|proficiency|skills|background|degree|master|phd|ph\.d|\d{1,2}\+?\s?years?)\b)",
    re.IGNORECASE,
)
_JOINED = compile_later(r"\b(?:and|or|and/or|like|such as|e\.g\.)\s[^,]{0,60}$|^\s*(?:and|or|and/or|etc)\b", re.IGNORECASE)
_ASKED = compile_later(r"\b(?:required|must|mandatory)\b", re.IGNORECASE)
_REQUIRED = compile_later(
    r"(?<!not )(?<!strictly )(?<!always )\brequired(?=\s*[.;)]|\s*$)|^must have\b|^(?:applicants|candidates|you) must\b", re.IGNORECASE
)
_PREFERENCE_READ = 1000
"""Characters of a line that are read: longer ones are paragraphs, and hostile ones must not cost more."""

_BRACKETED = compile_later(r"\([^()]{0,160}\)")
_TELLING = frozenset({"is", "are", "we", "our"})
"""A sentence that asks for nothing holds one of these; without them it is a list of what is asked for."""

_SEEKING = frozenset({"looking", "seeking", "need", "must", "expect"})
_SHORT_TAIL = 6
"""Words: "..., AWS preferred" speaks of its last words alone."""


def is_only_preferred(text: str) -> bool:
    """
    Tell whether a whole line is welcome rather than asked for; one that mixes both is asked for.

    >>> is_only_preferred("Experience with Go is a plus"), is_only_preferred("(preferred) Experience with Go")
    (True, True)
    >>> is_only_preferred("Five years with Java; Go is a plus"), is_only_preferred("Tools like Ansible (preferred) or Chef")
    (False, False)
    """
    return _is_welcome(text[:_PREFERENCE_READ])


@lru_cache(maxsize=256)
def _is_welcome(text: str) -> bool:
    """The answer once more: several topics ask for it of the same line."""
    if _cues().isdisjoint(_WORD.findall(text.lower())):
        return False
    if _LEADING.match(text):
        return True
    text = _ABBREVIATION.sub("eg ", text) if "." in text else text
    parts = [part for part in _SENTENCE_END.split(text) if part.strip()]
    welcome = [_is_marked(part) for part in parts]
    return any(welcome) and all(is_welcome or not _asks(part) for part, is_welcome in zip(parts, welcome, strict=True))


def is_asked_for(text: str) -> bool:
    """
    Tell whether a line in a list of what is welcome says that it is required after all.

    >>> is_asked_for("A driving licence is required."), is_asked_for("Preferred but not required: French")
    (True, False)
    """
    lowered = text.lower()
    if "required" not in lowered and "must" not in lowered:
        return False
    return _REQUIRED.search(text) is not None


def _is_marked(part: str) -> bool:
    """Tell whether a sentence says of all it names that it is welcome."""
    return _LEADING.match(part) is not None or any(
        _covers_line(part, mark) for mark in _MARKED.finditer(to_lower(part)) if _AFTER.match(part, mark.end())
    )


def _asks(part: str) -> bool:
    """Tell whether a sentence beside one about what is welcome asks for something itself."""
    words = split_words(part)
    return (
        _TELLING.isdisjoint(words)
        or not _SEEKING.isdisjoint(words)
        or read_wording(part) is REQUIREMENTS
        or asks_something(words, of_anyone=False)
    )


def _covers_line(text: str, mark: re.Match[str]) -> bool:
    """Tell whether a mark speaks of all that stands before it, not of its last clause."""
    before = text[: mark.start()]
    opened = before.rfind("(")
    if opened > before.rfind(")"):
        return not before[opened + 1 :].strip() and _closes_line(text, mark.end())
    before = _BRACKETED.sub("", before)
    if _ANOTHER_PART.search(before) or _CLAUSE.search(before) or _ASKED.search(before):
        return False
    if mark["verb"]:
        return True
    tail = before.rpartition(",")[2]
    return tail == before or len(tail.split()) > _SHORT_TAIL or _JOINED.search(tail) is not None


def _closes_line(text: str, end: int) -> bool:
    """Tell whether only a closing bracket and a full stop follow."""
    return not text[end:].strip(" ).!;*]")


@cache
def _cues() -> frozenset[str]:
    """Words of which every wording above holds one."""
    return frozenset(read_lexicon("wording")["preferred"]["cues"])


_AMOUNTS = compile_later(
    r"[^$£€]{0,60}(?:[$£€]|\b[A-Z]{3})\s?\d[\d.,]{0,12}\s?[kK]?(?:\s?(?:/|per)\s?\w{1,6})?\s?(?:-|–|—|to)\s?[A-Z$£€]{0,4}\s?\d"
)

_AMOUNT_ALONE = compile_later(
    r"\W{0,4}(?:(?:ab|bis zu|von|from|up to)\s)?\d[\d., ]{0,12}(?:\s?(?:bis|-|–|—|to|à)\s?\d[\d., ]{0,12})?\s?(?:€|euro|eur|chf)"
    r"(?:[\s/]{1,3}(?:brutto|netto|gross|im|pro|per|a|an|je|monat|jahr|stunde|month|year|hour|bruts?|par|mois|heure|brutos?|al|mes)){0,4}\W{0,3}",
    re.IGNORECASE,
)

_LONG_PARAGRAPH = 180


def is_amount(text: str) -> bool:
    """Tell whether a line under benefits states the pay."""
    has_figures = any(map(str.isdigit, text))
    if has_figures and _AMOUNT_ALONE.fullmatch(text):
        return True
    if has_figures and (amounts := _AMOUNTS.match(text)) is not None:
        return len(text) > _LONG_PARAGRAPH or not names_offer(split_words(text[amounts.end() :].partition(", ")[2]))
    return (has_figures or len(text) > _LONG_PARAGRAPH) and is_about_pay(words := split_words(text)) and not is_offer(words)


def is_row_of_demands(text: str) -> bool:
    """Tell whether a paragraph is a row of what is asked for between bars: "TypeScript | SQL | 3+ years as a lead"."""
    pieces = text.split(" | ") if " | " in text else ()
    return len(pieces) > _FEWEST_IN_ROW and all(len(piece) <= _ROW_PIECE for piece in pieces) and any(map(names_years, pieces))


_ROW_PIECE, _FEWEST_IN_ROW = 60, 2


# The field that a degree is in.


def asks_for_degree(words: str) -> bool:
    """Tell whether words name a degree of some field, or any."""
    return any(word.text in _degree_words("degrees") for word in read_words(words))


def field_of_degree(words: str) -> tuple[str, ...]:
    """
    Return the words of the field that a degree is named with.

    >>> field_of_degree("is a degree in biology ok"), field_of_degree("does a computer science degree count")
    (('biology',), ('computer', 'science'))
    >>> field_of_degree("is a bachelor's degree ok")
    ()
    """
    read = [word.text for word in read_words(words)]
    led_by, general = _degree_words("led_by"), _degree_words("general")
    for at in (at for at, word in enumerate(read) if word in _degree_words("degrees")):
        behind = [word for word in read[at + 1 : at + 7] if word not in ("is", "was")]
        if behind[1:2] and behind[1] in general and behind[2:3] and behind[2] in led_by:
            behind = behind[2:]  # "bachelor of science in nursing"
        following = list(takewhile(_may_be_field, behind[1:3])) if behind and behind[0] in led_by else []
        found = following or list(takewhile(_may_be_field, read[max(0, at - 2) : at][::-1]))[::-1]
        if found and not (following and set(found) <= general):
            return tuple(found)
    return ()


def names_field(text: str, field: Sequence[str]) -> bool:
    """Tell whether a text names each word of a field, in any form: "biological" for "biology"."""
    said = [word.text for word in read_words(text)]
    return all(any(word.startswith(part[:_ALIKE]) for word in said) for part in field)


def lists_fields(text: str) -> bool:
    """Tell whether a text names fields right behind a degree: "Degree: chemistry or biology"."""
    return _field_list().search(fold(text)) is not None


_ALIKE = 6


@cache
def _field_list() -> re.Pattern[str]:
    degrees, led_by = one_of(_degree_words("degrees")), one_of(_degree_words("led_by"))
    return re.compile(rf"(?<!\w)(?:{degrees})(?:\s(?:{led_by})\s|:\s?)[a-z]{{3}}")


def _may_be_field(word: str) -> bool:
    return not is_function_word(word) and word not in small_words() and word not in _degree_words("none")


@cache
def _degree_words(name: str) -> frozenset[str]:
    return frozenset(read_lexicon("education_words")["fields"][name])


# The kinds of things that questions ask for, and what a sentence has that holds one: a figure, a date, a person, names.

_LONGEST_HEAD = 4  # words
FIGURES = frozenset({"figure", "count"})  # what a number answers


def kind_asked(words: str) -> str | None:
    """Return the kind of thing that is asked for, the first that its words name: address, date, figure, place or person."""
    text = _WHILE.sub(" ", _SHORTENED.sub(r"\1 is", f" {' '.join(word.text for word in read_words(words))} "))
    is_there = text.strip().startswith(tuple(f"{one} " for one in read_lexicon("passages")["whether_there"]["words"]))
    kinds = [one for one in read_lexicon("passages")["kinds"].items() if not (is_there and one[0] in ("date", "place"))]
    named = next((kind for kind, signs in kinds if any(f" {asked} " in text for asked in signs["asked"])), None)
    return "figure" if named is None and _WHICH_SHARE.search(words) else named


_WHILE = compile_later(r"(?<=\w) (?:when (?:i|u|you|we|they|one)|quand (?:on|tu|je|vous)|cuando (?:se|uno)) ")  # asks for no date
_SHORTENED, _WHICH_SHARE = compile_later(r"(\w)['’]s\b"), compile_later(r"(?<!\d)(?<!\d )%")
"""How a question says "is" ("when's it due"), and for which share it asks: "what % of it is travel"."""


@cache
def kind_signs(kind: str) -> re.Pattern[str]:
    """Return what a sentence has that holds a thing of this kind."""
    said = one_of(read_lexicon("passages")["kinds"][kind]["said"])
    none = one_of(read_lexicon("passages")["no_counts"]["words"])
    return re.compile("|".join((*_KIND_SIGNS.get(kind, ()), rf"(?<!\bas )\b(?!(?:{none})\b)(?:{said})\b")), re.IGNORECASE)


_KIND_SIGNS = {
    "date": (r"\b(?:19|20)\d\d\b", r"(?<!rule )\b\d{1,2}(?:/\d{1,2}|\.(?:0?[1-9]|1[0-2]))\b"),
    "figure": (r"(?<![\d:/])\d+(?![\d:]|/\d)",),
    "count": (r"(?<![\w:/$€£.,#])(?<!top )(?!40[13]\s?\(?k|199\d\b|20(?:0[1-9]|[123]\d)\b)\d[\d.,]*+(?![\d:]|/\d|\s?%)",),
    "year": (r"\b(?:1[6-9]|20)\d\d\b", r"\b\d{1,3}\+? (?:years|jahren?|ans|años|anos)\b"),
    "address": (
        r"[\w.+-]@\w",
        r"(?<!\w)(?:at|\(at\)|\[at\]) [\w-]+ ?(?:\.|dot) ?(?:com|io|org|net|co|ai|dev)\b",
        r"://",
        r"\bwww\.",
        r"\d{3}[ .)-]{1,2}\d{3}",
    ),
    "person": (r"\b(?:by|von|par|por) (?-i:[A-ZÀ-Ý])",),
    "place": (r"\b(?:in|at|from|near|à|en|em) (?:the |our |la )?(?-i:[A-ZÀ-Ý])", r"\b\d{5}\b"),
}


def find_head(words: Sequence[Word]) -> Iterator[str]:
    """Yield the stems of the words right behind "which", "what" or "how many", which name what is asked for: a team, a hiring tool."""
    lexicon = read_lexicon("passages")["head"]
    after, never = set(lexicon["after"]), set(lexicon["never"].split())
    for at in range(1, len(words)):
        if {" ".join(word.text for word in words[max(at - long, 0) : at]) for long in (1, 2, 4)} & after:
            for word in (one for one in words[at : at + _LONGEST_HEAD] if one.text not in lexicon["further"]):  # "how many more bakers"
                if is_function_word(word.text) or word.text in small_words() or word.text in never:
                    break
                yield word.stem


def taken_for_experience(flat: str) -> set[str]:
    """Return what is only taken for asked where words ask which experience one must have, or how long one must have worked."""
    said = {key: one_of(words) for key, words in read_lexicon("asked_logic")["worked"].items()}
    if re.search(rf"(?<!\w)(?:{said['so_long']})\s(?:\w+\s){{0,3}}?(?:{said['must']})\s.{{1,60}}?(?<!\w)(?:{said['worked']})(?!\w)", flat):
        return {"requirements", "other"}
    return {"requirements"} if [*find_head(read_words(flat))][-1:] == [stem("experience")] else set()


def names_head(text: str, head: Collection[str]) -> bool:
    """
    Tell whether a text calls one of what is asked for by a name right before or behind: "the Expansion Products team".

    >>> names_head("Join our Growth team.", {"team"}), names_head("You work in a team.", {"team"})
    (True, False)
    """
    words = read_words(text)
    places = [at for at, word in enumerate(words) if word.stem in head]
    beside = (other for at in places for other in (*words[max(at - 1, 1) : at], *words[at + 1 : at + 2]))
    return any(text[word.start].isupper() and word.stem not in head for word in beside)


def lists_names(text: str) -> bool:
    """
    Tell whether a text names several of something one behind another.

    >>> lists_names("Clients such as Acme, Hooli and Initech"), lists_names("You talk to clients, partners and the team.")
    (True, False)
    """
    return _NAMES.search(text) is not None


_NAME = r"[A-ZÀ-Ý][\w.+#&'’-]*(?:\s[A-ZÀ-Ý0-9][\w.+#&'’-]*){0,4}"
_NAMES = compile_later(
    rf"(?<![\w.])(?<!^){_NAME}\s?(?:\([^()]{{1,40}}\)\s?)?(?:,|/|&|\b(?:and|or|und|oder|et|ou|y|o|e)\b)\s?(?:(?:and|or|the)\s)?{_NAME}"
)
