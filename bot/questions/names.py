"""The companies that a message names: those that are there, those that are not, and those that it cannot be said of."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property

from rapidfuzz.distance import OSA

from bot.domain.facts import Model
from bot.questions.company_index import CompanyIndex
from bot.questions.company_names import (
    ALONE_WITH_TOPIC_FROM,
    ENGLISH_NAME_FROM,
    FAMOUS_NAME_FROM,
    FIT_AT_MOST,
    LONG_NAME,
    NAME_FROM,
    NEAR_NAME_FROM,
    ORDINARY_NAME_FROM,
    OTHER_MEANING,
    STRANGE_NAME_FROM,
    STRANGE_WORD,
    UNKNOWN_NAME_ELSEWHERE,
    UNKNOWN_NAME_FROM,
    CompanyMatch,
    FormKind,
    Found,
    NearTie,
    Unknown,
    company_key,
    company_words,
    ends_name,
    famous_names,
    famous_pairs,
    full_word,
    generic_words,
    glue_words,
    is_slip_of_name,
    legal_forms,
    name_forms,
    telling_generic_words,
)
from bot.questions.match_company import CLEAR_FIT, called_so, fit_titles, match_company
from bot.questions.model import Stretch, is_known_word
from bot.questions.title_index import doer_words, read_role_words, role_nouns, role_terms
from bot.questions.tokens import (
    TokenisedQuestion,
    WordKind,
    find_cues,
    flatten,
    is_cue_word,
    is_mistyped,
    is_only_place,
    is_slip_of_english,
    question_words,
    word_at,
)
from bot.questions.values import OF_EMPLOYERS, begins_phrase, is_trade, is_wanted_trade, stands_as_thing
from bot.text.gazetteer import to_tokens, towns_named
from bot.text.lexicon import compile_later, is_english
from bot.text.words import without_adverbs

_ASKING = ({WordKind.TOPICAL}, {WordKind.TOPICAL, WordKind.FUNCTION})  # "hooli salary", "hooli pays how much"
_MOST_WORDS, _MOST_MISTYPED_WORDS, _SHORTEST_MISTYPED, _LONGEST_GRADE = 5, 3, 3, 3
_STEM, _LONG_STEM, _MOST_BESIDE_TOPIC, _MOST_NAMES, _HIRES = 4, 5, 4, 8, question_words("openings")
_WHAT_IS = frozenset({"is", "are", "what", "whats", "wats", "where", "wheres"})
_BEFORE_NAMES = question_words("strong_cues") | question_words("before_subjects") | {"from", "von", "de"}
_JOINS = question_words("joins")
_OPENED, _LEVEL = compile_later(r"[\"“«„]$"), compile_later(r"[a-z]\d")


class Name(Model):
    """A company that a message names, at text[start:end]."""

    match: CompanyMatch
    start: int
    end: int
    score: float
    """How surely the words are a name: above 0 more likely than not."""


@dataclass(frozen=True)
class NameFinder:
    """Looks for names in one message, among the companies that these scopes may see."""

    question: TokenisedQuestion
    index: CompanyIndex
    scopes: Collection[str]
    values: Sequence[str] = ()
    language: str = "en"

    def find(self) -> tuple[Name, ...]:
        """Return the names in the message's order, none of which overlaps another."""
        exact = [name for stretch in self._stretches(_MOST_WORDS) if (name := self._exact(stretch))]
        exact += [name for stretch in self._stretches(_MOST_WORDS) if (name := self._called_so(stretch))]
        taken = [(stretch, name) for stretch, name in _without_overlaps(exact) if not self._is_verb(stretch)]
        sides = [side for stretch in self._stretches(_MOST_MISTYPED_WORDS) if (side := self._side(stretch, [one for one, _ in taken]))]
        taken = _without_overlaps([*taken, *sides])
        free = [one for one in self._stretches(_MOST_MISTYPED_WORDS) if not any(_overlaps(one, other) for other, _ in taken)]
        free = [one for one in free if not self._is_verb(one)]
        pairs = [(one, _named(one, self._match(one.text), 1.0)[1]) for one in free if flatten(one.text) in famous_pairs()]
        taken = _without_overlaps([*taken, *pairs, *(name for stretch in free if (name := self._mistyped(stretch)))])
        parts = question_words("parts_of_employers") if taken else frozenset()  # "whats this ORBIT team at hooli"
        free = [one for one in free if one.first == one.last and not any(_overlaps(one, other) for other, _ in taken)]
        free = [one for one in free if self.question.gap(one.first) != "-" and parts.isdisjoint(self._around(one))]
        ends = {one.last + 1: name.match for one, name in taken if self.question.gap(one.last + 1) == " "}  # "Hooli Cambridge"
        behind = [(one, match) for one in free if isinstance(match := ends.get(one.first), Found)]
        own = {one.first for one, match in behind if towns_named(to_tokens(one.text)) or ends_name(one.text, match.name)}
        free = [one for one in free if one.first not in own]
        taken = _without_overlaps([*taken, *self._unknown(free)])
        ordered = sorted(taken, key=lambda pair: pair[0].first)[:_MOST_NAMES]
        begun = own | {stretch.first for stretch, _ in ordered}
        return tuple(name if stretch.last + 1 in begun else self._settled(stretch, name) for stretch, name in ordered)

    @cached_property
    def _all_stretches(self) -> tuple[Stretch, ...]:
        count = len(self.question.tokens)
        joined = [self.question.is_joined(number) if number else False for number in range(count)]
        found = []
        for first in range(count):
            for last in range(first, min(first + _MOST_WORDS, count)):
                if last > first and not joined[last]:
                    break
                found.append(Stretch(self.question, first, last, self.values, self.language))
        return tuple(found)

    def _stretches(self, most: int) -> Iterator[Stretch]:
        yield from (stretch for stretch in self._all_stretches if stretch.last - stretch.first < most)

    def _exact(self, stretch: Stretch) -> "tuple[Stretch, Name] | None":
        """Return the words as a name that is spelt as one of the index's forms, perhaps with the s of a possessive."""
        text, key = stretch.text, self._key_of(stretch)
        holding = self.index.holding(key, self.scopes)
        if not holding and len(text) > _SHORTEST_MISTYPED and text.endswith("s"):
            text, key = text[:-1], key[:-1]
            is_owner = len(key) >= _LONG_STEM and stretch.last + 1 < len(self.question.tokens)  # "hoolis ceo" for Hooli Search
            known = self.index.holding(key, self.scopes)
            holding = [one for one in known if one.kind <= FormKind.CORE or (is_owner and one.kind is FormKind.PREFIX)]
        words = flatten(stretch.text).split()
        own = [word for word in words if word not in glue_words()]
        if not holding and 1 < len(own) < len(words) and (words[0], words[-1]) == (own[0], own[-1]):  # "Annuaire des Entreprises"
            text = " ".join(own)
            holding = [one for one in self.index.holding(company_key(text), self.scopes) if one.kind <= FormKind.ALIAS]
        if not holding and (spelt := [full_word(word) for word in words]) != words:  # "harbor svc" for Harbor Service
            texts = " ".join(spelt), " ".join(spelt).removesuffix("s")
            text = next((one for one in texts if self.index.holding(company_key(one), self.scopes)), text)
            holding = self.index.holding(company_key(text), self.scopes)
        last = self.question.tokens[stretch.last]
        is_small = last.kind is WordKind.FUNCTION and last.word in legal_forms() and not last.is_capital  # "hooli as well"
        if not holding or ((is_many := stretch.first != stretch.last) and (is_small or self._begins_role(stretch))):
            return None
        match = self._match(text)
        kind, fit = holding[0].kind, _fit(stretch, match)
        is_other = kind is FormKind.PREFIX and not is_many and last.kind is WordKind.ORDINARY and self._is_in_title(stretch)
        if is_other or (kind > FormKind.ALIAS and self.question.places.issuperset(range(stretch.first, stretch.last + 1))):
            return None  # "in nyc" is no NYC Housing Authority
        is_led = word_at(self.question, stretch.first - 1) in _BEFORE_NAMES or self.question.stands_out(stretch.first)
        if kind is not FormKind.FULL and not is_many and last.kind is WordKind.TOPICAL and not (is_led or self._is_subject(stretch)):
            return None  # "take people from" asks for no People Labs
        score, values = stretch.weight(kind.name.lower(), fit=fit), self.values[stretch.first : stretch.last + 1]
        if kind <= FormKind.CORE and any(values):
            cost = 0.0 if self._is_subject(stretch) else OTHER_MEANING
            score = max(score, replace(stretch, values=()).weight(kind.name.lower(), fit=fit) - cost)
        is_own = not all(values) if is_many else is_only_place(words[0]) and not any(values)
        is_sure = (kind is FormKind.FULL and is_own) or (kind <= FormKind.ALIAS and self._is_sure(stretch))
        score = max(score, NAME_FROM + 0.1) if is_sure else score
        is_spelt_so = isinstance(match, Found) and not flatten(text).isalnum() and flatten(text) == flatten(match.name)  # "g-p"
        return _named(stretch, match, score) if score > NAME_FROM or (is_spelt_so and " " not in text) else None

    def _called_so(self, stretch: Stretch) -> "tuple[Stretch, Name] | None":
        """Return several words that stand as a name as the name that the text of a posting calls its employer by."""
        is_led = word_at(self.question, stretch.first - 1) in _BEFORE_NAMES and self.question.kind(stretch.first) is not WordKind.FUNCTION
        is_led |= self.question.stands_out(stretch.first)
        if stretch.first == stretch.last or not is_led or self.index.holding(self._key_of(stretch), self.scopes):
            return None
        match = called_so(Unknown(typed=stretch.text), self.index, scopes=self.scopes, role=self.question.text)
        return _named(stretch, match, 1.0) if isinstance(match, Found) else None

    def _is_sure(self, stretch: Stretch) -> bool:
        """Tell whether words that hold questions together, or name a trade, spell a name where a company stands: "does hop in pay"."""
        numbers = range(stretch.first, min(stretch.last + 2, len(self.question.tokens)))
        kinds = [*map(self.question.kind, numbers), WordKind.FUNCTION]
        is_led = word_at(self.question, stretch.first - 1) in _BEFORE_NAMES
        is_head = stretch.first == 0 and stretch.text[0].isdigit() and kinds[len(stretch.text.split())] is not WordKind.FUNCTION
        is_apart = (is_led or is_head) and kinds[0] is not WordKind.FUNCTION and WordKind.FUNCTION in kinds[1 : len(stretch.text.split())]
        if is_apart or stretch.first or any(self.values[: stretch.last + 1]) or not self._is_subject(stretch):
            return is_apart
        own = {entry.id for entry in self.index.entries(self._key_of(stretch), self.scopes)}
        return own.issuperset(self.index.titles.with_any({flatten(stretch.text)}, self.scopes))  # "writer salary" where no writer is sought

    def _side(self, stretch: Stretch, named: Sequence[Stretch]) -> "tuple[Stretch, Name] | None":
        """Return words that are a company's whole name, though they look like none, right beside another company: "g-p and hooli"."""
        question = self.question
        gaps = [(stretch.last, one.first) for one in named] + [(one.last, stretch.first) for one in named]
        is_beside = any(end + 2 == start and question.tokens[end + 1].word in _JOINS for end, start in gaps)
        if not is_beside or any(_overlaps(stretch, one) for one in named):
            return None
        holding = self.index.holding(self._key_of(stretch), self.scopes)
        is_whole = bool(holding) and holding[0].kind <= FormKind.ALIAS
        return _named(stretch, self._match(stretch.text), NAME_FROM) if is_whole else None

    @cached_property
    def _match(self) -> Callable[[str], CompanyMatch]:
        """Looks words up once: a message may say the same one over and over."""
        asked = read_role_words(self.question.text)
        return cache(lambda text: match_company(text, self.index, scopes=self.scopes, asked=asked))

    def _is_verb(self, stretch: Stretch) -> bool:
        """Tell whether what spells a name is something to do, or a job: "lets circle back on this", "the platform manager spot"."""
        before = word_at(self.question, stretch.first - 1)
        is_post = stretch.text.casefold() in question_words("posts") and before in role_nouns()
        return is_post or before in question_words("before_verbs")

    def _is_subject(self, stretch: Stretch) -> bool:
        """Tell whether words that mean something else as well do what only a company does: "what does remote pay", "is remote remote"."""
        before, behind = self._around(stretch)
        is_doing = before in {"does", "do", "will", "would", "can"} and behind in question_words("company_does")
        is_head = self.question.gap(stretch.last + 1).strip() in {":", "-", "–", "—"} or stretch.last + 1 in self.question.places
        is_of_they = self.values[stretch.first : stretch.first + 1] == ["skill"] and " they " in self.question.text.casefold()
        is_head = stretch.first == 0 and (is_head or is_of_they)  # "hooli paris: how many people", "grafana how many years do they want"
        asks_employer = not OF_EMPLOYERS.isdisjoint(find_cues(self.question.text))
        is_side = before in {"or", "vs", "versus"} or behind in {"or", "vs", "versus"}
        is_doing = is_doing or (before in _WHAT_IS and behind in question_words("company_is")) or (before, behind) == ("wetin", "dey")
        is_paid = asks_employer and (is_side or (not stretch.first and self._is_all_topics(stretch.last + 1)))  # "g-p or hooli pay"
        return is_doing or is_head or is_paid or behind == self.question.tokens[stretch.last].word

    def _is_all_topics(self, first: int) -> bool:
        """Tell whether nothing but a few topics stands from one token on: "hooli pay?" asks for no skill in Hooli."""
        kinds = [self.question.kind(number) for number in range(first, len(self.question.tokens))]
        return 0 < len(kinds) < _MOST_BESIDE_TOPIC and set(kinds) == {WordKind.TOPICAL}

    def _begins_role(self, stretch: Stretch) -> bool:
        """Tell whether the last word rather begins a role: "outlier ai developer", where there are Outlier and Outlier AI."""
        tokens, behind = self.question.tokens, stretch.last + 1
        is_two = behind < len(tokens) and not tokens[stretch.last].is_capital and self.question.is_joined(behind)
        if not is_two or not role_nouns().issuperset((tokens[stretch.last].word, tokens[behind].word)):
            return False
        shorter = self.index.holding(company_key(self.question.slice(stretch.first, stretch.last - 1)), self.scopes)
        return bool(shorter) and shorter[0].kind <= FormKind.ALIAS

    def _is_in_title(self, stretch: Stretch) -> bool:
        """Tell whether a word stands with one of the next two in a title of another company: "bridge mechanic" beside a Bridge Harbour."""
        own = {entry.id for entry in self.index.entries(self._key_of(stretch), self.scopes)}
        behind = (term for at in (1, 2) for term in role_terms(word_at(self.question, stretch.last + at)))
        others = set(self.index.titles.holding(flatten(stretch.text), self.scopes)) - own
        return bool(others) and any(not others.isdisjoint(self.index.titles.holding(term, self.scopes)) for term in behind)

    def _key_of(self, stretch: Stretch) -> str:
        """Return the key of a stretch; its words are folded already, so that only signs and legal forms need a closer look."""
        words = [token.word for token in self.question.tokens[stretch.first : stretch.last + 1]]
        is_plain = words[-1] not in legal_forms() and "&" not in stretch.text and all(word.isascii() for word in words)
        return "".join(words) if is_plain else company_key(stretch.text)

    def _mistyped(self, stretch: Stretch) -> "tuple[Stretch, Name] | None":
        """Return the words as a name with typos, or as one to ask back."""
        least = NAME_FROM - STRANGE_WORD * (stretch.first == stretch.last and self._is_strange(stretch.first))
        if not self._may_be_mistyped(stretch) or stretch.weight("typo") <= least - FIT_AT_MOST:
            return None
        match = self._match(stretch.text)
        score = stretch.weight("typo", fit=_fit(stretch, match))
        if isinstance(match, Found) and self._is_slip(stretch, match):
            is_meant = score > least and not _follows_name(stretch) and not self._swallows_topic(stretch, match)
            return _named(stretch, match, score) if is_meant else None
        if isinstance(match, Unknown) or stretch.first != stretch.last or is_cue_word(self.question.tokens[stretch.first].word):
            return None  # "e a grana?" asks for the money, not for Grafana
        kind = self.question.kind(stretch.first)
        near = NearTie(typed=stretch.text, names=(match.name,)) if isinstance(match, Found) else match
        least_near = NEAR_NAME_FROM if kind is WordKind.UNKNOWN or isinstance(match, Found) else ORDINARY_NAME_FROM
        return _named(stretch, near, score) if kind >= WordKind.ORDINARY and score > least_near else None

    def _may_be_mistyped(self, stretch: Stretch) -> bool:
        """Tell whether words may be a slip: none holds questions together at an end, and of several one means nothing else."""
        kinds = [self.question.kind(number) for number in range(stretch.first, stretch.last + 1)]
        is_open = len(stretch.text) >= _SHORTEST_MISTYPED and WordKind.FUNCTION not in (kinds[0], kinds[-1])
        return is_open and (stretch.first == stretch.last or WordKind.UNKNOWN in kinds)

    def _swallows_topic(self, stretch: Stretch, match: Found) -> bool:
        """Tell whether the likeness came about by taking in what is asked for: "verta pay" for Versapay."""
        own = {*company_words(match.name), company_key(match.name)}
        numbers = range(stretch.first, stretch.last + 1) if stretch.first != stretch.last else ()
        topical = (number for number in numbers if self.question.kind(number) is WordKind.TOPICAL)
        return any(self.question.tokens[number].word not in own for number in topical)

    def _is_slip(self, stretch: Stretch, match: Found) -> bool:
        """Tell whether words are a slip of a name: no word of English, a letter left out, swapped, doubled, in a long one another."""
        key, forms = self._key_of(stretch), name_forms(match.name)
        edits, form = min((OSA.distance(key, form), form) for form in forms)
        fits = _fit(stretch, match) == "clear"
        if stretch.first == stretch.last and self.question.kind(stretch.first) is not WordKind.UNKNOWN and not fits:
            return False
        if edits > 1:
            is_other = len(form) <= LONG_NAME and Counter(key) - Counter(form)  # "Bramwexx" beside Bramwell
            is_led = stretch.first and self.question.is_joined(stretch.first)
            return not is_other and (fits or not (is_led and self.question.kind(stretch.first - 1) >= WordKind.ORDINARY))
        return fits or is_slip_of_name(key, form)

    def _unknown(self, free: Sequence[Stretch]) -> Iterator["tuple[Stretch, Name]"]:
        """Yield the names of companies that are not there, each as far as it goes."""
        number = -1
        for stretch in free:
            if stretch.first <= number:
                continue
            score = stretch.weight("none")
            if self._is_said_to_hire(stretch):
                yield _named(stretch, self._match(stretch.text), max(score, NAME_FROM))
                continue
            if self._is_trade_or_grade(stretch.first) or self._is_thing(stretch):
                number = self._end_of_name(stretch)
                continue
            word, kind = self.question.tokens[stretch.first].word, self.question.kind(stretch.first)
            is_famous, is_of_title = self._is_famous(stretch), not self.question.stands_out(stretch.first)
            if kind is WordKind.FUNCTION or (not is_famous and (is_cue_word(word) or kind is WordKind.TOPICAL)):
                continue
            before, behind = self._around(stretch)
            terms = (f"@{before}{word}", f"@{word}{behind}", *((word,) if is_of_title else ()))  # "Fort Sill"
            is_known = any(self.index.titles.knows(term, self.scopes) for term in terms)
            if is_known or score <= (FAMOUS_NAME_FROM if is_famous else self._least_unknown(stretch.first)):
                continue
            number = self._end_of_name(stretch)
            whole = Stretch(self.question, stretch.first, number, self.values, self.language)
            match = self._match(whole.text)
            if isinstance(match, Found) and self._key_of(whole) not in name_forms(match.name):  # "moda" is a form of Moda Operandi
                match = NearTie(typed=whole.text, names=(match.name,))
            yield _named(whole, match, score)

    def _around(self, stretch: Stretch) -> tuple[str, str]:
        return word_at(self.question, stretch.first - 1), word_at(self.question, stretch.last + 1)

    def _is_trade_or_grade(self, number: int) -> bool:
        """Tell whether a strange word names who is looked for, "waitress jobs", or with what follows a grade of pay: "NP II", "L4"."""
        word, behind = self.question.tokens[number].word, word_at(self.question, number + 1)
        is_grade = len(word) <= _LONGEST_GRADE and not behind.isdigit()
        is_grade = is_grade and (behind in question_words("grades") or bool(read_role_words(f"{word} {behind}").steps))
        before, is_small = word_at(self.question, number - 1), not self.question.tokens[number].is_capital
        are_many = is_small and word.endswith("s") and is_trade(word[:-1]) and before not in _BEFORE_NAMES
        is_wanted = (word in doer_words() and behind in _HIRES) or is_wanted_trade(self.question, number)
        return are_many or is_wanted or is_grade or _LEVEL.fullmatch(word) is not None

    def _is_thing(self, stretch: Stretch) -> bool:
        """Tell whether a strange word is what somebody has or must have: "PE is required", "I have my EIT", "who asks for Tekla"."""
        before = word_at(self.question, stretch.first - 1)
        is_thing = before in question_words("ones_own") or (
            before == "at" and stretch.text in question_words("behind_at")
        )  # in small letters
        is_landmark = stretch.first - 1 in self.question.places and self.question.gap(stretch.first) == " "  # "Edinburgh Castle"
        return is_thing or is_landmark or stands_as_thing(self.question, stretch.first)

    def find_things(self, taken: Collection[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        """Yield where strange words stand that jobs ask for, but for those in places that are taken by something known."""
        for number, token in enumerate(self.question.tokens):
            is_free = not any(start < token.end and token.start < end for start, end in taken)
            is_thing = token.word.isalpha() and len(token.word) > _SHORTEST_MISTYPED and self._is_strange(number)
            if is_free and is_thing and stands_as_thing(self.question, number) and not begins_phrase(self.question, number):
                yield token.start, token.end

    def _is_said_to_hire(self, stretch: Stretch) -> bool:
        """Tell whether a strange word, perhaps a product's name as well, stands where only an employer does: "is NAME hiring"."""
        number, is_skill = stretch.first, bool(self.values) and self.values[stretch.first] == "skill"
        if self.question.kind(number) <= WordKind.TOPICAL and not (is_skill or self._is_famous(stretch)):
            return False
        is_still = not without_adverbs(word_at(self.question, number + 1))  # "is hooli still hiring"
        before, behind = word_at(self.question, number - 1), word_at(self.question, number + 1 + is_still)
        following = [token.word for token in self.question.tokens[number + 2 :]]
        has = behind in {"have", "got"} and not (_HIRES | question_words("anything")).isdisjoint(following)
        is_led = before in {"about", "abt", "^"} and behind in question_words("does_it")  # "what about hooli, are they hiring"
        is_next = is_led and next((word for word in following if word not in question_words("does_it")), "") == "hiring"
        is_name = is_skill or self._is_famous(stretch) or self._is_strange(number)
        is_first = not number and not is_english(stretch.text.casefold()) and not is_mistyped(stretch.text.casefold())
        is_hiring = behind in {"hiring", "recruiting"} and (before in {"is", "are"} or is_first)
        return is_hiring or (is_next and is_name) or (before in {"does", "do", "has"} and has)

    def _least_unknown(self, number: int) -> float:
        """Return the log-odds from which a word is the name of a company that is not there."""
        if self.language != "en":
            return UNKNOWN_NAME_ELSEWHERE
        is_kind = word_at(self.question, number + 1) in generic_words() | legal_forms()  # "umbrella labs"
        if is_english(self.question.tokens[number].word) and not (self.question.stands_out(number) or is_kind):
            return ENGLISH_NAME_FROM
        least = STRANGE_NAME_FROM if self._is_strange(number) else UNKNOWN_NAME_FROM
        return ALONE_WITH_TOPIC_FROM if number == 0 and self._is_name_and_topic else least

    @cached_property
    def _is_name_and_topic(self) -> bool:
        """Tell whether a message is nothing but strange words and then a topic: "sonos salary?" can only mean a company."""
        kinds = [self.question.kind(number) for number in range(len(self.question.tokens))]
        size = next((number for number, kind in enumerate(kinds) if kind < WordKind.ORDINARY), 0)
        is_strange = any(self._is_strange(number) and len(self.question.tokens[number].word) >= _STEM for number in range(size))
        is_topic = kinds[size : size + 1] == [WordKind.TOPICAL] and set(kinds[size:]) in _ASKING
        return is_strange and len(kinds) <= _MOST_BESIDE_TOPIC and is_topic

    def _is_strange(self, number: int) -> bool:
        """Tell whether a word is none that is known of questions, of English, or of what is asked for, nor a slip of one."""
        word, is_value = self.question.tokens[number].word, bool(self.values and self.values[number])
        is_open = self.question.kind(number) is WordKind.UNKNOWN and not is_value
        return is_open and not (is_known_word(word) or is_cue_word(word) or is_mistyped(word) or is_slip_of_english(word))

    def _is_famous(self, stretch: Stretch) -> bool:
        is_name = self.question.tokens[stretch.first].word in famous_names() and self.question.kind(stretch.first) is not WordKind.ORDINARY
        return is_name and not (self.values and self.values[stretch.first])

    def _end_of_name(self, stretch: Stretch) -> int:
        last = stretch.last
        if _OPENED.search(self.question.gap(stretch.first)):
            numbers = range(last, min(last + _MOST_WORDS, len(self.question.tokens)))
            return next((number for number in numbers if self.question.is_quoted(stretch.first, number)), last)
        while last + 1 < min(stretch.first + _MOST_WORDS, len(self.question.tokens)) and self.question.is_joined(last + 1):
            word = self.question.tokens[last + 1].word
            following = Stretch(self.question, last + 1, last + 1, self.values, self.language)
            is_written = self.question.stands_out(stretch.first) <= self.question.tokens[last + 1].is_capital
            is_kind = word in telling_generic_words() or is_written
            is_generic = word in generic_words() and is_kind and self.question.kind(last + 1) is not WordKind.TOPICAL
            is_generic = (is_generic or word in legal_forms()) and not (self.values and self.values[last + 1])
            if not is_generic and following.weight("none") <= self._least_unknown(last + 1):
                break
            last += 1
        return last

    def _settled(self, stretch: Stretch, name: Name) -> Name:
        """Return a name as it is, or as one to ask back where it goes on with words that the company's has not."""
        if not isinstance(name.match, Found) or not name.match.key:
            return name
        key, forms = self._key_of(stretch), name_forms(name.match.name)
        is_owner = key.endswith("s") and key not in forms and key[:-1] in forms  # "hoolis ceo"
        is_whole = key.startswith(name.match.key) or forms.get(key) is FormKind.ACRONYM
        if is_owner or not _goes_on(stretch, name.match, is_whole=is_whole):
            return name
        longer = self.question.slice(stretch.first, min(stretch.last + 1, len(self.question.tokens) - 1))
        found = match_company(longer, self.index, scopes=self.scopes)
        match = found if isinstance(found, NearTie) else NearTie(typed=longer, names=(name.match.name,))
        return name.model_copy(update={"match": match})


def _named(stretch: Stretch, match: CompanyMatch, score: float) -> tuple[Stretch, Name]:
    tokens = stretch.question.tokens
    return stretch, Name(match=match, start=tokens[stretch.first].start, end=tokens[stretch.last].end, score=score)


def _fit(stretch: Stretch, match: CompanyMatch) -> str:
    fit = fit_titles(stretch.asked_beside, match.entries) if isinstance(match, Found) else 0.0
    return "clear" if fit >= CLEAR_FIT else "some" if fit else "none"


def _overlaps(one: Stretch, other: Stretch) -> bool:
    return one.first <= other.last and other.first <= one.last


def _without_overlaps(found: "Sequence[tuple[Stretch, Name]]") -> "list[tuple[Stretch, Name]]":
    """Return the names without those that lie within or across longer or surer ones."""
    kept: list[tuple[Stretch, Name]] = []
    for stretch, name in sorted(found, key=lambda pair: (pair[0].first - pair[0].last, -pair[1].score)):
        if not any(_overlaps(stretch, other) for other, _ in kept):
            kept.append((stretch, name))
    return kept


def _follows_name(stretch: Stretch) -> bool:
    """Tell whether "and" and a name stand before: "Abercrombie and Fitch" is not Fetch."""
    question, first = stretch.question, stretch.first
    is_joined = first > 1 and question.tokens[first - 1].word == "and" and question.is_joined(first)
    return is_joined and question.kind(first - 2) is WordKind.UNKNOWN and question.tokens[first - 2].is_capital


def _begins_request(stretch: Stretch) -> bool:
    """Tell whether what is asked begins right behind a name: "is nomad entry level", "does nomad allow pets", "does nomad drug test"."""
    question, following = stretch.question, stretch.last + 1
    is_doing = word_at(question, stretch.first - 1) in {"does", "do", "did", "will", "would", "can"}
    if is_doing and (question.tokens[following].word in question_words("company_does") or following + 1 == len(question.tokens)):
        return True  # the last word, too, can only be what it does: "how many brands does nomad carry"
    phrase = f"{word_at(question, following)} {word_at(question, following + 1)}"
    return any(sign.startswith("phrase=") for sign in find_cues(phrase))


def _goes_on(stretch: Stretch, match: Found, *, is_whole: bool) -> bool:
    """Tell whether the name goes on with a word that neither the company's name nor its titles have: "Nomad List" is not Nomad Health."""
    question, following = stretch.question, stretch.last + 1
    if following >= len(question.tokens) or question.gap(following) != " " or stands_as_thing(question, following):
        return False
    word = question.tokens[following].word
    own = {word for entry in match.entries for word in company_words(f"{entry.company} {entry.title}")}
    is_part = word in question_words("parts_of_employers") | question_words("employers") and word not in telling_generic_words()
    is_part = is_part or (word.endswith("s") and word[:-1] in question_words("company_does"))
    if (is_part and not question.tokens[following].is_capital) or any(part.startswith((word[:_STEM], full_word(word))) for part in own):
        return False  # "the skills nomad lists"
    is_kind = word in telling_generic_words() and word_at(question, following + 1) not in role_nouns()
    if is_kind or (is_whole and word_at(question, following + 1) in question_words("posts")):
        return is_kind  # "hooli cyber job" names the job
    stands_out, kind = stretch.language != "de" and question.stands_out(following), question.kind(following)
    is_asked = kind is WordKind.UNKNOWN and is_cue_word(word)  # in another language: "HOOLI SALARIO"
    if stands_out and not is_asked and (kind >= WordKind.ORDINARY or word in generic_words()):
        return True
    if question.kind(following) is not WordKind.UNKNOWN or is_mistyped(word) or is_cue_word(word):
        is_strange = question.kind(following) is WordKind.ORDINARY and len(word) > _STEM and not is_slip_of_english(word)
        return is_strange and not (_begins_request(stretch) or is_whole) and stretch.language == "en"
    follower = Stretch(question, following, following, (), stretch.language)
    return follower.weight("none") > UNKNOWN_NAME_FROM or not (is_whole or stretch.language != "en" or is_known_word(word))
