"""Which postings a question means that names a role, perhaps with a place or half a company, but no company."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from math import log
from typing import NamedTuple

from bot.domain.query import Target
from bot.questions.company_index import CompanyIndex, TitleIndex
from bot.questions.company_names import Entry, company_words, glue_words, is_slip_of_name
from bot.questions.match_company import MARGIN, NOT_ASKED_FOR, fits_rank, rank_difference
from bot.questions.message import Message, is_beside_name
from bot.questions.names import Name
from bot.questions.places import PlaceSpan
from bot.questions.title_index import (
    PostingWords,
    doers,
    is_common,
    is_short_form,
    place_terms,
    posting_words,
    read_role_words,
    role_nouns,
    role_terms,
    terms_before_role,
    terms_behind,
)
from bot.questions.tokens import Token, TokenisedQuestion, WordKind, flatten, is_cue_word, is_mistyped, question_words, tokenise, word_at
from bot.questions.values import is_trade, is_wanted_trade, phrases_of
from bot.text.lexicon import compile_later, one_of, read_lexicon
from bot.text.words import find_subjects, read_words, small_words
from bot.topics.employment_type import asks_what_follows

MOST_POSTINGS = 25


class Pointed(NamedTuple):
    """The postings that the words text[start:end] of a question point at."""

    entries: tuple[Entry, ...]
    start: int
    end: int
    is_sure: bool
    """Whether the words could hardly mean anything else: two telling ones, or one before "job" or "role"."""


_MOST_HOLDING = 300
"""A word that more postings have does not lead to them; beside a rarer one it counts."""

_MOST_WEIGHED, _COMMON_SHARE, _WHOLE_TITLE_BONUS, _VERBATIM_BONUS = 600, 0.4, 0.2, 0.3
"""For several words that stand so in the title: "engineer in charge"."""

_MOST_OTHERS = 2  # of a title's words that are not asked for; with the bonus less than MARGIN: "the scientist job" is asked back
_ENOUGH, _SHORTEST_MENDED, _MOST_BESIDE = 2, 5, 4
"""Words: so few of them, of which all others are topics, name a company."""


def find_by_title(question: str, index: CompanyIndex, *, scopes: Collection[str]) -> tuple[Entry, ...]:
    """
    Return the postings that a question points at by their titles, those without a company first; several are to be asked back.

    >>> rows = [("", "Senior Back-End Engineer"), ("Flex", "Staff Data Engineer")]
    >>> index = CompanyIndex([Entry(id=number, scope="everyone", company=name, title=title) for number, (name, title) in enumerate(rows)])
    >>> [entry.title for entry in find_by_title("hours for the sr backend job?", index, scopes={"everyone"})]
    ['Senior Back-End Engineer']
    >>> find_by_title("how is my data kept", index, scopes={"everyone"})
    ()
    """
    pointed = TitleFinder(tokenise(question), index.titles, scopes).find()
    return pointed.entries if pointed else ()


@dataclass(frozen=True)
class TitleFinder:
    """Looks in one question for a run of words that some posting may be called by: its title, company and place."""

    question: TokenisedQuestion
    titles: TitleIndex
    scopes: Collection[str]
    places: Sequence[PlaceSpan] = ()

    def find(self, *, besides: Sequence[Name] = ()) -> Pointed | None:
        """Return the postings that fit the best run; None where none says enough, or nothing does but the words of certain names."""
        telling = (token for token, terms in zip(self.question.tokens, self._terms, strict=True) if terms)
        if besides and all(any(name.start <= token.start < name.end for name in besides) for token in telling):
            return None
        runs = [run for number in self._candidates() for run in self._runs(number)]
        scored = [(score, run) for run in runs if (score := self._score(run)) > 0]
        if not scored:
            return None
        best = max(score for score, _ in scored)
        kept = sorted(((score, run) for score, run in scored if score >= best - MARGIN), key=lambda pair: -pair[0])
        entries = {run.entry.id: run.entry for _, run in kept}
        ordered = sorted(entries.values(), key=lambda entry: (bool(entry.company), -entry.id))[:MOST_POSTINGS]
        run, tokens = kept[0][1], self.question.tokens
        is_head = run.first == 0 and self.question.gap(run.last + 1).strip() == ":"
        is_sure = len(run.telling) >= _ENOUGH or run.is_own_name or is_head or self._is_named_post(run) or self._is_named_employer(run)
        is_sure = is_sure or (run.first == run.last and self._is_name(run.first)) or self._is_place_of_its_own(run)
        return Pointed(tuple(ordered), tokens[run.first].start, tokens[run.last].end, is_sure or self._stands_alone(run))

    def telling_apart(self, numbers: Sequence[int], *, tokens: Collection[int]) -> tuple[Entry, ...]:
        """Return those of some postings that most of these words may call; none where the words tell none of them apart."""
        entries = [entry for number in numbers if (entry := self.titles.entry(number)) is not None]
        called = [(posting_words(entry), entry) for entry in entries]
        counts = [(sum(not (words.title | words.beside).isdisjoint(self._terms[at]) for at in tokens), entry) for words, entry in called]
        best = max((count for count, _ in counts), default=0)
        told = tuple(entry for count, entry in counts if count == best) if best else ()
        return told if len(told) < max(len(numbers), 2) else ()

    @cached_property
    def _terms(self) -> list[frozenset[str]]:
        """For each token the terms of postings that it stands for."""
        tokens = self.question.tokens
        words = [token.word for token in tokens]
        terms = [{f"~{word}", *(role_terms(word) if is_short_form(words, at) else ())} for at, word in enumerate(words)]
        for at, (first, second) in enumerate(pairwise(words)):
            terms[at] |= set(terms_before_role(first, second))
            terms[at + 1] |= set(terms_behind(second))
            joined = {first + second, f"~{first}{second}", f"@{first}{second}", *role_terms(first + second)}
            if self._known(joined) and WordKind.FUNCTION not in (tokens[at].kind, tokens[at + 1].kind):
                terms[at] |= joined
                terms[at + 1] |= joined
        for span in self.places:
            for at, token in enumerate(tokens):
                if span.start <= token.start < span.end:
                    place = span.place
                    terms[at].add(place_terms([place.country], place.state, city=place.city)[-1] if place.country or place.city else "")
        for at, token in enumerate(tokens):
            if token.kind is WordKind.UNKNOWN:
                terms[at].add(f"@{token.word}")  # a place that no list has
            if len(token.word) >= _SHORTEST_MENDED and token.kind is WordKind.UNKNOWN and not self._known(terms[at]):
                one = token.word.removesuffix("s") if len(token.word) > _SHORTEST_MENDED + 1 else token.word  # "sonos" is no slip of Sona
                terms[at] |= self.titles.mended(token.word, self.scopes) or self.titles.mended(one, self.scopes)
        return [frozenset(self._known(one)) for one in terms]

    def _known(self, terms: Iterable[str]) -> list[str]:
        return [term for term in terms if self._holders_of(term)]

    def _holders_of(self, term: str) -> int:
        if term not in self._counts:
            self._counts[term] = len(self.titles.holding(term, self.scopes))
        return self._counts[term]

    @cached_property
    def _counts(self) -> dict[str, int]:
        return {}

    def _candidates(self) -> list[int]:
        """Return postings that have one of the rarest terms."""
        terms = sorted({term for one in self._terms for term in one if term not in glue_words()}, key=self._holders_of)
        found: dict[int, None] = {}
        for term in terms:
            if len(found) < _MOST_WEIGHED and self._holders_of(term) <= _MOST_HOLDING:
                found.update(dict.fromkeys(self.titles.holding(term, self.scopes)))
        return list(found)

    def _runs(self, number: int) -> Iterator["_Run"]:
        """Yield the runs of words that one posting may be called by, small words between them left out."""
        entry = self.titles.entry(number)
        if entry is None:
            return
        words = posting_words(entry)
        called = words.title | words.beside
        run: list[int] = []
        for at, terms in enumerate(self._terms):
            is_of_it = not called.isdisjoint(terms)
            if is_of_it and run and not self._is_joined(run[-1], at):
                yield self._to_run(entry, words, run)
                run = []
            run += [at] if is_of_it else []
        if run:
            yield self._to_run(entry, words, run)

    def roles_of(self, number: int, *, besides: Sequence[Name]) -> Iterator[tuple[int, int]]:
        """Yield the first and last tokens of runs that name a role: two words of its title, one that does things, or before "job"."""
        tokens = self.question.tokens
        free = [
            at for at, terms in enumerate(self._terms) if terms and not any(name.start <= tokens[at].start < name.end for name in besides)
        ]
        if not free or (entry := self.titles.entry(number)) is None:
            return
        title = posting_words(entry).title
        of_title = [at for at in free if self._terms[at] & title]
        runs: list[list[int]] = []
        for at in of_title:
            if runs and runs[-1][-1] == at - 1 and not self.question.starts_sentence(at):
                runs[-1].append(at)
            else:
                runs.append([at])
        for run in runs:
            while len(run) > 1 and tokens[run[-1]].word in question_words("posts"):
                run.pop()  # "how long is the lab technician contract" asks of the contract
            behind = tokens[run[-1] + 1].word if run[-1] + 1 < len(tokens) else ""
            before = tokens[run[0] - 1].word if run[0] else ""
            is_post = behind in question_words("posts") | {"one"} or before in question_words("posts_elsewhere")  # "le poste ios"
            is_post = is_post or is_beside_name(self.question.text, (tokens[run[0]].start, tokens[run[-1]].end), names=besides)
            if len(run) > 1 or is_post or (doers([tokens[run[0]].word]) and self._terms[run[0]] & role_nouns()):
                yield run[0], run[-1]

    def _is_joined(self, before: int, at: int) -> bool:
        """Tell whether nothing but small words stands between two tokens, and no end of a sentence."""
        between = range(before + 1, at)
        return not any(self.question.starts_sentence(one) for one in (*between, at)) and all(
            self.question.tokens[one].word in question_words("inside_titles") or self._is_post(one) for one in between
        )

    def _to_run(self, entry: Entry, words: PostingWords, run: Sequence[int]) -> "_Run":
        of_title = {term for at in run for term in self._terms[at] & words.title}
        beside = {term for at in run for term in self._terms[at] & words.beside} - of_title
        return _Run(entry, words, run[0], run[-1], frozenset(of_title), frozenset(beside))

    def _score(self, run: "_Run") -> float:
        """Return how much a run tells of its posting, 0 where it may as well mean something else."""
        if self._is_other_name(run) or not self._says_enough(run) or self._speaks_against(run):
            return 0.0
        count = self.titles.count(self.scopes)
        weight = sum(
            log(1 + count / self._holders_of(term)) * (_COMMON_SHARE if is_common(term) else 1.0) for term in run.title | run.beside
        )
        text = self.question.slice(run.first, run.last)
        title = read_role_words(run.entry.title)
        others = min(len(run.words.whole - run.title), _MOST_OTHERS)
        weight -= rank_difference(read_role_words(text), title) + NOT_ASKED_FOR * others
        is_verbatim = run.first < run.last and flatten(text) in flatten(run.entry.title)
        return weight + _VERBATIM_BONUS * is_verbatim + _WHOLE_TITLE_BONUS * any(whole <= run.title for whole in run.words.wholes)

    def _says_enough(self, run: "_Run") -> bool:
        """Tell whether so many words name a posting: two telling ones, one with what goes with it, a whole title, or "the ... role"."""
        if all(self._is_post(at) for at in range(run.first, run.last + 1)):
            return False  # "how many are in the team" is no "Engineer for Search team"
        words = [token.word for token in self.question.tokens]
        if not run.title:
            own = self._company_words(run)
            if own == 1 and self._is_slip(run):
                return False  # a slip of a company's name: whether it is another company's name is told where names are found
            is_named = (own > 0 and run.first == run.last and self._is_name(run.first)) or self._is_place_of_its_own(run)
            is_led = run.first > 1 and words[run.first - 1] in _ARTICLES  # "and the hotel"
            is_named = is_named or (own > 0 and is_led and self._stands_alone(run))
            return is_named or run.is_own_name or self._is_named_post(run) or self._is_named_employer(run) or own >= _ENOUGH
        if len(run.telling) >= _ENOUGH or (run.title and run.beside and run.first != run.last):
            return True
        is_one = bool(run.telling) and run.first == run.last
        is_name = not self._is_slip(run) and (self._is_led(run.first) or self._is_name(run.first))  # "spacer pay" asks for a company
        if is_one and (is_name or self._is_rare_trade(run.first) or self._is_asked_trade(run)):
            return True
        common = run.title - run.telling
        is_whole = any(whole <= run.title for whole in run.words.wholes)
        return bool(common and (run.telling or is_whole)) or self._is_named_post(run)

    def _is_slip(self, run: "_Run") -> bool:
        """Tell whether a run is one word that the posting has none of: one near to it, or a place by another name."""
        word = self.question.tokens[run.first].word
        return run.first == run.last and {*role_terms(word), f"~{word}"}.isdisjoint(run.title | run.beside)

    def _is_other_name(self, run: "_Run") -> bool:
        """Tell whether a run is one word with letters of its own: "the spacex job" is no Space Scientist's."""
        terms, word = run.title | run.beside, self.question.tokens[run.first].word
        return self._is_slip(run) and not any(term in role_nouns() or term[0] == "@" or is_slip_of_name(word, term) for term in terms)

    def _is_place_of_its_own(self, run: "_Run") -> bool:
        """Tell whether two words are a place that no list has, or that is looked for as one: "fort sill"."""
        words = [self.question.tokens[at].word for at in (run.first, run.last)]
        is_listed = any(span.start <= self.question.tokens[run.first].start < span.end for span in self.places)
        return run.last == run.first + 1 and f"@{''.join(words)}" in run.beside and not is_listed

    def _company_words(self, run: "_Run") -> int:
        """Return how many words of the run are the company's, 0 where all of them name places."""
        own = [at for at in range(run.first, run.last + 1) if any(term in run.beside and term[0] not in "@~" for term in self._terms[at])]
        is_place = all(any(span.start <= self.question.tokens[at].start < span.end for span in self.places) for at in own)
        return 0 if is_place else len(own)

    def _is_named_post(self, run: "_Run") -> bool:
        """Tell whether "job" or "role" stands right behind the words, or "vaga" or "puesto de" before them."""
        words = [token.word for token in self.question.tokens]
        before = run.first - 2 if run.first and words[run.first - 1] in question_words("inside_titles") else run.first - 1
        elsewhere = question_words("posts_elsewhere")
        is_before = before >= 0 and words[before] in elsewhere and self.question.is_joined(before + 1)
        is_behind = run.last + 1 < len(words) and words[run.last + 1] in elsewhere and self.question.gap(run.last + 1) in ("-", " ")
        return is_before or is_behind or any(self._is_post(at) for at in range(run.first, run.last + 2))

    def _is_named_employer(self, run: "_Run") -> bool:
        """Tell whether a strange word of a company's name stands in "the ... company"."""
        is_led = word_at(self.question, run.first - 1) in _ARTICLES and self.question.kind(run.first) is WordKind.UNKNOWN
        return is_led and word_at(self.question, run.last + 1) in question_words("employers") and self._company_words(run) > 0

    def _is_post(self, at: int) -> bool:
        """Tell whether a token is a word such as "job" or "one", and not as in "is Reno one of the places"."""
        word, *behind = [token.word for token in self.question.tokens[at : at + 2]] or [""]
        return (word in question_words("posts") or (word == "one" and "of" not in behind)) and not word.endswith("s")

    def _is_led(self, at: int) -> bool:
        """Tell whether a strange word stands where a company does: "at epa" for "EPA Fellow"."""
        tokens = self.question.tokens
        if self.question.kind(at) is not WordKind.UNKNOWN:
            return False
        before = at - 2 if at > 1 and tokens[at - 1].word in _ARTICLES else at - 1
        is_head = at == 0 and self.question.gap(1).strip() == ":"
        is_led = before >= 0 and tokens[before].word in question_words("strong_cues")
        ends = at + 1 == len(tokens) and before >= 0 and tokens[before].word in _ABOUT  # "the deadline for aquarium"
        return is_head or is_led or ends

    def _is_name(self, at: int) -> bool:
        """Tell whether a strange word does what only a company does: "when does hollerbach start", "at hollerbach", "hollerbach hours"."""
        words, kinds = [token.word for token in self.question.tokens], [self.question.kind(one) for one in range(len(self.question.tokens))]
        if kinds[at] is not WordKind.UNKNOWN or len(words[at]) < _SHORTEST_MENDED or doers([words[at]]):
            return False
        before, is_last = words[at - 1] if at else "", at + 1 == len(words)
        is_subject = before in question_words("before_subjects") and not is_last and self.question.is_joined(at + 1)
        is_beside = len(words) > 1 and len(words) <= _MOST_BESIDE and kinds.count(WordKind.TOPICAL) == len(words) - 1
        return is_subject or before in question_words("strong_cues") or (is_beside and (at == 0 or is_last))

    def _is_rare_trade(self, at: int) -> bool:
        """Tell whether one word names who does something and nothing else: "the aquarist", "aquarist experience"."""
        return self.question.kind(at) is WordKind.UNKNOWN and bool(doers([self.question.tokens[at].word]))

    def _is_asked_trade(self, run: "_Run") -> bool:
        """Tell whether one word of who does something is all of a title, all that is said, or one posting's and said first: "nurse pay"."""
        is_only = run.first == 0 and len(self.question.tokens) > 1 and all(self._holders_of(term) == 1 for term in run.telling)
        return is_trade(self.question.tokens[run.first].word) and (is_only or run.telling in run.words.wholes or self._stands_alone(run))

    def _stands_alone(self, run: "_Run") -> bool:
        """Tell whether a message begins with the words, or with "and" and them, and says nothing else in the same breath."""
        before = [token.word for token in self.question.tokens[: run.first]]
        is_begun = all(word in question_words("linking") | _ARTICLES | small_words() for word in before)
        is_ended = run.last + 1 == len(self.question.tokens) or self.question.gap(run.last + 1) != " "
        return bool(before) and is_begun and is_ended

    def _speaks_against(self, run: "_Run") -> bool:
        """Tell whether another rank or step is asked for, or a word beside the run names another role or somebody."""
        tokens = self.question.tokens
        before = run.first - 1
        if before > 0 and tokens[before].word in _OF and self.question.is_joined(run.first):
            before -= 1  # "director of design" is no designer
        behind = run.last + 1 if run.last + 1 < len(tokens) and is_short_form([one.word for one in tokens], run.last + 1) else run.last
        around = self.question.slice(max(0, before), behind)
        asked = read_role_words(self.question.slice(before, before)) if before >= 0 and before < run.first - 1 else None
        if asked is not None and asked.ranks and not asked.ranks & read_role_words(run.entry.title).ranks:
            return True
        if not fits_rank(read_role_words(around), run.entry):
            return True
        is_whole = len(run.telling) >= _ENOUGH and any(whole <= run.title for whole in run.words.wholes)
        for at in (before, *(() if is_whole else (run.last + 1,))):
            if not run.is_own_name and 0 <= at < len(tokens) and self._names_other_role(at, run):
                return True
        return self._names_somebody(run)

    def is_acronym_of(self, number: int, entry: Entry) -> bool:
        """Tell whether a token is made of the first letters of the company's words: "wd" for Western Digital."""
        word, own = self.question.tokens[number].word, company_words(entry.company)
        initials, office = "".join(one[0] for one in own[-2:]), word[2:]  # of a city's company also one of its offices: "lapd"
        is_office = "of" in own and word[:2] == initials and 0 < len(office) < _MOST_BESIDE + 1 and not set("aeiou") & set(office)
        return is_office or (1 < len(word) == len(own) and all(map(str.startswith, own, word)))

    def _names_other_role(self, at: int, run: "_Run") -> bool:
        """Tell whether a word beside the run is one of roles that the title has not: "product designer" for a Product Manager."""
        if self.question.starts_sentence(max(at, run.first)) and at > run.last:
            return False
        words = [token.word for token in self.question.tokens]
        if not is_short_form(words, at):
            return False
        is_whole = at < run.first - 1  # "engineer in charge" is another role than who is in charge
        own = {term for term in role_terms(words[at]) if term in role_nouns() and (is_whole or not is_common(term))}
        return bool(own - run.words.title - run.words.beside) and self.question.is_joined(max(at, run.first))

    def _names_somebody(self, run: "_Run") -> bool:
        """Tell whether an ordinary word stands where a company does: in "compass qa engineer" no other company's role is meant."""
        tokens = self.question.tokens
        for number, token in enumerate(tokens):
            if run.first <= number <= run.last or self._terms[number] or self.is_acronym_of(number, run.entry):
                continue
            is_word = self.question.kind(number) < WordKind.ORDINARY or is_mistyped(token.word) or is_cue_word(token.word)
            led = number > 0 and tokens[number - 1].word in question_words("strong_cues")
            behind = tokens[number + 1].word if number + 1 < len(tokens) else ""
            owns = token.is_possessive and behind not in question_words("owned_by_none")  # "a driver's license"
            if not is_word and (led or owns or (number == 0 and run.first == 1)):
                return True
        return False


_ARTICLES = frozenset({"the", "der", "die", "das", "dem", "den", "la", "le", "l", "el", "los", "las", "les", "a", "o", "as", "os"})
_ABOUT, _OF = frozenset({"for", "about", "of"}), frozenset({"of", "in", "de", "du", "des", "der", "do", "da"})


class _Run(NamedTuple):
    """Words of a question, from one token to another, that a posting may be called by."""

    entry: Entry
    words: PostingWords
    first: int
    last: int
    title: frozenset[str]  # those of its terms that the title has
    beside: frozenset[str]  # those that only its company or place has

    @property
    def is_own_name(self) -> bool:
        return any(term.startswith("~") for term in self.beside)  # the posting's text calls its company so

    @property
    def telling(self) -> frozenset[str]:
        """The terms of the title that not most titles have."""
        return frozenset(term for term in self.title if not is_common(term))


# The words that name a posting or its role in a message.

_POST_BEHIND = compile_later(r" (?:gig|job|role|position|posting|spot|thing|one)(?!\w)")


def with_post(pointed: Pointed, flat: str) -> tuple[int, int]:
    """Return where the words stand that point at a posting, with "gig" or "job" behind them, which asks for no kind of contract."""
    behind = _POST_BEHIND.match(flat, pointed.end)
    return pointed.start, behind.end() if behind else pointed.end


def with_roles(message: Message, targets: Sequence[Target], *, finder: TitleFinder) -> Message:
    """Return a message with the words that name the role of a company's posting marked as such: "senior ML engineer at Alt"."""
    runs = {run for target in targets for number in target.postings for run in finder.roles_of(number, besides=message.names)}
    spans = _called_internships(message) if targets else []
    kinds = [value for value in message.values if value.kind in ("employment_type", "workplace", "years")]
    for first, last in sorted(runs, key=lambda run: run[0] - run[1]):
        start, end = message.question.tokens[first].start, message.question.tokens[last].end
        # "is it part time" asks, also of a "Manager (Part Time)", and so does "how many engineers are there".
        is_asked = message.flat[:start].endswith(_COUNTS) or any(one.start <= start and end <= one.end for one in kinds)
        if not is_asked and not any(start < other_end and other_start < end for other_start, other_end in spans):
            spans.append((start, end))
    values = tuple(value for value in message.values if not any(value.overlaps(*span) for span in spans))
    places = tuple(one for one in message.places if not any(start <= one.start < end for start, end in spans))
    return replace(message, roles=tuple(spans), values=values, places=places) if spans else message


def _called_internships(message: Message) -> list[tuple[int, int]]:
    """Return where "the internship" is but what a posting is called by: not where its length, or what follows it, is asked for."""
    named = "".join("x" if any(one.start <= at < one.end for one in message.names) else sign for at, sign in enumerate(message.flat))
    called = [found.span(1) for found in _CALLED.finditer(named)]
    is_of_time = called and (asks_what_follows(message.flat) or "contract_length" in find_subjects(read_words(message.flat)))
    return [] if is_of_time else called


_CALLS, _WORDS, _NEVER = (one_of(read_lexicon("asked_logic")["called"][key]) for key in ("articles", "words", "never"))
_CALLED = compile_later(rf"(?<!\w)(?:{_CALLS})\s(?:(?!(?:{_NEVER})\s)[^\s,.;?]+\s){{0,3}}?({_WORDS})(?!\w)")


_OWN_ROLE = compile_later(r"\b(?:i'?m|i am|im an?|as an?|soy|sou|ich bin|je suis)\s(?:\w+\s){0,2}$")


def find_role(message: Message, fields: Mapping[str, Sequence[str]]) -> str:
    """Return the words of the role that the postings of a list must have, without those that name its fields of work."""
    found = _role_words(message)
    for rank, words in read_lexicon("asked_values")["seniority"].items():
        if phrases_of("seniority", rank).search(message.flat) and not (rank.startswith("intern ") and message.values):
            found = [*rank.split(), *(word for word in found if word not in words and word != rank)]
            break
    named = {word for phrases in fields.values() for phrase in phrases for word in phrase.split()}
    return " ".join(word for word in found if word not in named)


def _role_words(message: Message) -> list[str]:
    """Return the words of roles that stand together, of which one at least is a role by itself: "data engineer", not "data"."""
    found: list[str] = []
    run: list[str] = []
    before, is_led = "", False
    for token in (*message.question.tokens, None):
        if token is not None and _is_of_role(message, token):
            run.append(token.word)
            continue
        is_post = token is not None and token.word in question_words("posts")
        found += run if is_post or is_led or any(word not in question_words("not_roles") for word in run) else []
        is_led = token is not None and token.word in question_words("with_field") and before in question_words("jobs_for_whom")
        before, run = token.word if token is not None else "", []
    return found or _field_words(message)


_KINDS, _COUNTS = frozenset({"type", "kind", "style", "sort", "of"}), ("how many ", "wie viele ", "combien de ", "cuantos ", "quantos ")


def _field_words(message: Message) -> list[str]:
    """Return the word right before "jobs", or behind "jobs for", that is no word of roles: "accounting jobs", not "good jobs"."""
    tokens, posts, is_any = message.question.tokens, question_words("posts"), "begins=any" in message.signs
    jobs = {*(word for word in posts if word.endswith("s")), *(("work",) if is_any else ())}
    led = {at + 1 for at, token in enumerate(tokens) if is_any and token.word in ("a", "an")}  # "is there a welding job"
    before = [tokens[at - 1] for at, one in enumerate(tokens) if at and (one.word in jobs or (at - 1 in led and one.word in posts))]
    fields = [word for word in before if not is_cue_word(word.word) and word.kind >= WordKind.ORDINARY]
    doing = [word for word, token in pairwise(one for one in tokens if one.word not in _KINDS) if token.word in posts]
    wanted = [one for at, one in enumerate(tokens) if is_wanted_trade(message.question, at)]
    fields = [*wanted, *(one for one in doing if is_trade(one.word)), *fields]
    taken = [word.word for word in fields if not any(start <= word.start < end for start, end, _ in message.spans)]
    return [word for word in taken if word not in question_words("no_fields")][:1]


def _is_of_role(message: Message, token: Token) -> bool:
    if message.language != "en" and token.word in small_words():
        return False  # "de" is a data engineer's in English alone
    if token.word == "rn" and token.end == len(message.flat.rstrip(" ?!.")) and token.start > len("any "):
        return False  # "any qa openings rn" is for no nurse
    if any(start <= token.start < end for start, end, _ in message.spans) or _OWN_ROLE.search(message.flat[: token.start]):
        return False
    read = read_role_words(token.word)
    return token.word in role_nouns() or bool(read.own_terms & role_nouns() or read.ranks)
