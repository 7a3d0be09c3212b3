"""The companies and postings that a message is about, as targets of a Query."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import islice, pairwise, takewhile

from bot.domain.query import Query, Reach, Target, TargetKind
from bot.questions.company_index import CompanyIndex
from bot.questions.company_names import UNSPEAKABLE, CompanyMatch, Entry, Found, NearTie, Unknown, company_key, is_famous, name_forms
from bot.questions.match_company import called_so, match_company, pick_postings
from bot.questions.message import Message, asks_back, choices_of, follow_pattern, logic_pattern, may_apply
from bot.questions.model import is_known_word
from bot.questions.names import Name
from bot.questions.places import places_within
from bot.questions.title_finder import MOST_POSTINGS, Pointed, TitleFinder, with_post
from bot.questions.title_index import named_role, posting_words, read_role_words, role_nouns, role_terms, written_words
from bot.questions.tokens import Token, WordKind, find_cues, is_cue_word, is_misspelt, question_words, tokenise
from bot.questions.values import is_trade
from bot.text.lexicon import compile_later, is_english, one_of
from bot.text.words import OR, small_words, telling_none


def to_target(match: CompanyMatch, index: CompanyIndex, *, scopes: Collection[str], typed: str, role: str = "") -> Target:
    """Return a matched company as a target; `role` is whatever else was said, its words tell the company's postings apart."""
    if isinstance(match, NearTie) and len(match.names) == 1 and not company_key(match.names[0]).startswith(company_key(match.typed)):
        match = Unknown(typed=match.typed, nearest=match.names)  # only alike, and so another company
    match = called_so(match, index, scopes=scopes, role=role) if isinstance(match, Unknown) else match
    if isinstance(match, NearTie):
        entries = [entry for name in match.names for entry in index.entries(company_key(name), scopes)]
        return Target(kind=TargetKind.TIED, typed=typed, names=match.names, postings=ids_of(entries), role=named_role(role))
    if isinstance(match, Unknown):
        return Target(kind=TargetKind.UNKNOWN, typed=typed, names=match.nearest, role=named_role(role))
    same = [entry for entry in match.entries if entry.title and entry.title.casefold() == role.casefold().strip()]
    picked = same or pick_postings(role, match.entries)
    named = named_role(role) if len(match.entries) > 1 else ""
    return Target(kind=TargetKind.FOUND, typed=typed, company=match.name or None, postings=ids_of(picked), role=named)


def targets_of(message: Message, index: CompanyIndex, *, scopes: Collection[str], last: Query | None = None) -> tuple[Target, ...]:
    """Return the companies that a message names, each once, in its order; the role words beside one tell its postings apart."""
    found: dict[object, Target] = {}
    is_ranked = "sign=which" in message.signs and any(follow_pattern(key).search(message.flat) for key in ("most", "least"))
    for at, name in enumerate(message.names):
        role = "" if _OF_TWO_JOBS.search(message.flat) and is_ranked else _beside(message, at)
        target = to_target(name.match, index, scopes=scopes, typed=message.text[name.start : name.end], role=role)
        found.setdefault(target.company or target.typed.casefold(), target)
    return tuple(_thing_or_stranger(message, target, last) for target in found.values())


def with_role(targets: tuple[Target, ...], pointed: Pointed | None) -> tuple[Target, ...]:
    """Return a company that is not here as one that the text of a posting may name: of the role beside it, where no head names another."""
    if pointed is None or not pointed.is_sure or [one.kind for one in targets] != [TargetKind.UNKNOWN] or targets[0].postings:
        return targets
    words = written_words(targets[0].typed) if not is_famous(targets[0].typed) else []
    may = ids_of([entry for entry in pointed.entries if not entry.company or not set(words).isdisjoint(name_forms(entry.company))])
    return (targets[0].model_copy(update={"postings": may, "told_by": tuple(words)}),) if words and may else targets


_OF_TWO_JOBS = compile_later(r"\b(?:two|2|both|three|3)\s(?:\w+\s)?(?:jobs|roles|openings|postings|positions)\b")


def _thing_or_stranger(message: Message, target: Target, last: Query | None) -> Target:
    """Return a company that is not here, to be looked for in the text of the posting spoken of where it may be a thing in it."""
    among = choices_of(last)[:_MOST_PICKED_FROM] if last is not None and last.reach is not Reach.ALL else ()
    name = message.names[0] if len(message.names) == 1 else None
    if target.kind is not TargetKind.UNKNOWN or name is None or not among:
        return target
    others = [token for token in message.question.tokens if not name.start <= token.start < name.end]
    before = next((token.word for token in reversed(others) if token.end <= name.start), "")
    behind = next((token.word for token in others if token.start >= name.end), "")
    is_doing = before in question_words("before_subjects") and behind in question_words("company_does") | {""}
    is_alone = all(token.word in question_words("linking") for token in others)  # "and hooli?"
    is_alone = is_alone or all(token.kind is WordKind.TOPICAL for token in others)  # "hooli pay"
    is_company = is_famous(target.typed) and not logic_pattern("own", "things_behind").fullmatch(before)  # "do i need mistral"
    if is_doing or is_alone or is_company or before in question_words("leads_names"):
        return target
    return target.model_copy(update={"postings": among, "told_by": tuple(written_words(target.typed))})


def _beside(message: Message, at: int) -> str:
    """Return the words that may name the role at one company: all of them, or with several companies those up to the next."""
    names: Sequence[Name] = message.names
    if len(names) == 1:
        return message.without_names()
    start = names[at - 1].end if at else 0
    end = names[at + 1].start if at + 1 < len(names) else len(message.text)
    return f"{message.text[start : names[at].start]} {message.text[names[at].end : end]}"


def to_titled_target(pointed: Pointed, text: str) -> Target:
    """Return the postings that the words of a message point at: one is meant, several are told apart by their texts or asked back."""
    titled, kind = pointed.entries, TargetKind.FOUND if len(pointed.entries) == 1 else TargetKind.TIED
    company = (titled[0].company or None) if kind is TargetKind.FOUND else None
    names = tuple(dict.fromkeys(entry.company for entry in titled if entry.company)) if kind is TargetKind.TIED else ()
    role = named_role(text[pointed.start : pointed.end]) or text[pointed.start : pointed.end]
    told_by = _told_before(text[: pointed.start]) if kind is TargetKind.TIED else ()
    return Target(kind=kind, typed=role, company=company, postings=ids_of(titled), names=names, role=role, told_by=told_by)


def of_stranger_before(message: Message, pointed: Pointed, *, finder: TitleFinder) -> tuple[Target, Pointed]:
    """Return what a message points at: where a strange word stands before a role, "the hooli auditor job", one whose text has that too."""
    target, tokens = to_titled_target(pointed, message.text), finder.question.tokens
    at = next((at for at, token in enumerate(tokens) if token.end == pointed.start - 1 and message.language == "en"), None)
    if at is None or any(start <= tokens[at].start < end for start, end, _ in message.spans):
        return target, pointed
    word, is_name = tokens[at].word, finder.question.stands_out(at)
    is_of_it = len(word) >= _BEGINNING and finder.titles.knows_nearly(word, finder.scopes)
    is_of_it = is_of_it or any(finder.is_acronym_of(at, entry) for entry in pointed.entries)
    is_alike = len(word) >= _BEGINNING and any(company_key(entry.company).startswith(word[:_BEGINNING]) for entry in pointed.entries)
    is_word = (is_english(word) or is_misspelt(word) or is_cue_word(word)) and not (is_alike or is_name)
    if tokens[at].kind is not WordKind.UNKNOWN or len(word) < _SHORTEST or is_known_word(word) or is_of_it or is_word:
        return target, pointed
    may, typed = ids_of([one for one in pointed.entries if not (one.company and is_name)]), message.text[tokens[at].start : tokens[at].end]
    stranger = Target(kind=TargetKind.UNKNOWN, typed=typed, postings=may, role=target.role, told_by=(word,) if may else ())
    return stranger, pointed._replace(start=tokens[at].start)


def _told_before(before: str) -> tuple[str, ...]:
    """Return the words between an article and what a posting is called by: "latam" of "the latam backend job"."""
    found = tokenise(before).tokens[-_MOST_TOLD - 1 :]
    at = next((at for at in reversed(range(len(found))) if found[at].kind is WordKind.FUNCTION), None)
    if at is None or found[at].word not in _ARTICLES_OF_ONE or _ENDS_CLAUSE.search(f"{before[found[at].end :]} "):
        return ()
    return tuple(token.word for token in found[at + 1 :])


_ARTICLES_OF_ONE = frozenset({"the", "that", "this", "el", "la", "der", "die", "das", "le", "o", "a"})


def without_things(message: Message, things: Collection[str]) -> Message:
    """Return a message without the strange names of which the posting spoken of has all the words: they are things."""
    names = (one for one in message.names if not (isinstance(one.match, Unknown) and set(written_words(one.match.typed)) <= set(things)))
    return replace(message, names=tuple(names)) if things else message


def without_strange_names(message: Message, pointed: Pointed | None) -> Message:
    """
    Return a message that surely points at a posting without the strange names in it that are no company's.

    They are words of the title, "a Harbor Drafting Technician", what the job is besides, "the Rye job at bread.example", what somebody
    does, "does restocking shelves count", or things that another clause asks for: "the night porter job, is the SIA card required".
    """
    if pointed is None or not pointed.is_sure or not all(isinstance(name.match, Unknown) for name in message.names):
        return message
    outside = (name for name in message.names if not (pointed.start <= name.start and name.end <= pointed.end))
    strange = (name for name in outside if not _is_thing(message, name, pointed.end))
    names = tuple(name for name in strange if not _is_job_or_deed(message, name, pointed))
    return replace(message, names=names) if len(names) < len(message.names) else message


def _is_job_or_deed(message: Message, name: Name, pointed: Pointed) -> bool:
    is_deed = message.text[name.start : name.end].islower() and _DEED.match(message.flat, name.start) is not None
    is_deed = is_deed or message.flat[: name.start].endswith(_AS)  # "hours of experience as a Harbor Guide"
    return is_deed or _JOB_AT.fullmatch(message.flat, name.end, pointed.start) is not None


_DEED = compile_later(lambda: rf"\b[a-z]{{4,20}}ing (?:[\w'-]+ ){{1,8}}(?:{one_of(sorted(question_words('deeds_count')))})\b")
_AS = (" as a ", " as an ")
_JOB_AT = compile_later(lambda: rf" (?:{one_of(sorted(question_words('openings')))}) (?:at|with|for|in) (?:the )?")


def _is_thing(message: Message, name: Name, end: int) -> bool:
    """Tell whether a strange word stands with an article in a clause behind text[:end], and before no word of jobs or topics."""
    before, typed, behind = message.flat[: name.start], message.text[name.start : name.end], message.flat[name.end :]
    is_apart = end <= name.start and _ENDS_CLAUSE.search(before[end:]) is not None
    following = found[1] if (found := _NEXT_WORD.match(behind)) is not None else ""
    of_company = question_words("posts") | question_words("employers") | role_nouns() | {"one", "ones"}
    if following in of_company or not OF_COMPANIES.isdisjoint(find_cues(following)) or is_famous(typed):
        return False
    return is_apart and (_LED_BY_A if not following else _LED_BY_ARTICLE).search(before) is not None


_ENDS_CLAUSE = compile_later(r"[,;:?!.]\s|[,;:?!.]\s*$|\s[-–—]\s")
_NEXT_WORD = compile_later(r" ([^\W\d_]+)")
_LED_BY_A = compile_later(r"(?<!\w)(?:an?|una?|eine?n?|une?|uma?) $")
_LED_BY_ARTICLE = compile_later(r"(?<!\w)(?:an?|the|my|una?|el|la|der|die|das|eine?n?|une?|le|uma?|os?) $")


def with_titles(message: Message, spans: Sequence[tuple[int, int]]) -> Message:
    """Return a message with the words that name postings in it read as names: "the ios job" asks nothing of iOS."""
    names = tuple(Name(match=Unknown(typed=message.text[start:end]), start=start, end=end, score=0.0) for start, end in spans)
    values = tuple(value for value in message.values if not any(value.overlaps(start, end) for start, end in spans))
    places = tuple(one for one in message.places if all(one.end <= start or end <= one.start for start, end in spans))
    return replace(message, names=names, values=values, places=places)


def target_of_posting(number: int, index: CompanyIndex) -> Target:
    """Return a posting that was chosen by its id."""
    entry = index.titles.entry(number)
    return Target(kind=TargetKind.FOUND, company=(entry.company or None) if entry else None, postings=(number,))


def ids_of(entries: Sequence[Entry]) -> tuple[int, ...]:
    """Return the ids of postings, each once, of as many as may be meant."""
    return tuple(dict.fromkeys(entry.id for entry in entries))[:MOST_POSTINGS]


# A company that is not here.

_FEW, _MOST_OF_THING, _SHORTEST, _BEGINNING = 4, 2, 3, 5  # words, in so few a strange one is a company's name: "salary hooli"; letters

OF_COMPANIES = frozenset(f"cue={topic}" for topic in ("pay", "workplace", "visa", "benefits", "countries", "apply"))
"""What is asked of companies: a technology beside it is one by that name."""


def stranger_of(message: Message, index: CompanyIndex, *, scopes: Collection[str], is_of_one: bool, goes_on: bool) -> Target | None:
    """Return the company that is not here which the one strange word of a short English message names, of one spoken of a famous one."""
    tokens = message.question.tokens
    famous = [token for token in tokens if is_famous(token.word) and message.text[token.start : token.end].isascii()]  # "über"
    led = [one for word, one in pairwise(tokens) if word.word in question_words("strong_cues") | {"from"}]  # "anything from pepsi"
    led += [word for word, one in pairwise(tokens) if one.word in ("here", "hiring")]
    uses = logic_pattern("own", "things_behind")
    are_used = "sign=jobs" in message.signs and any(one.word in question_words("proper") for one in famous)  # "salesforce jobs"
    are_used = are_used or any(one in famous and uses.fullmatch(word.word) for word, one in pairwise(tokens))
    is_employer = any(one in led for one in famous) or not OF_COMPANIES.isdisjoint(message.signs)
    is_meant = is_employer and len(tokens) <= _FEW + 2 and not (goes_on or are_used)
    if len(famous) == 1 and not message.names and (is_meant or _is_apart(message, famous[0])):
        typed = message.text[famous[0].start : famous[0].end]  # "databricks salary": a technology, and an employer that is not here
        return to_target(match_company(typed, index, scopes=scopes), index, scopes=scopes, typed=typed)
    if goes_on or len(tokens) > _FEW + 2 or message.language != "en" or message.spans:
        return None
    strange = [token for token in tokens if token.kind is WordKind.UNKNOWN and not is_cue_word(token.word)]
    if any(one in strange and token.word in question_words("grades") for one, token in pairwise(tokens)):
        return None  # "whats the gs level"
    is_asked = is_of_one and 1 < len(tokens) <= _FEW and any(sign.startswith("cue=") for sign in message.signs)
    if len(strange) != 1 or not (is_asked or strange[0] in led):
        return None
    typed = message.text[strange[0].start : strange[0].end]
    match = match_company(typed, index, scopes=scopes)
    if isinstance(match, Found):
        return Target(kind=TargetKind.TIED, typed=typed, names=(match.name,), postings=tuple(entry.id for entry in match.entries))
    return to_target(match, index, scopes=scopes, typed=typed)


def _is_apart(message: Message, token: Token) -> bool:
    """Tell whether a word is the first part of a message, whatever it goes on with: "openai, do they hire juniors"."""
    rest = message.flat[token.end :]
    return _LEADS_ON.fullmatch(message.flat[: token.start]) is not None and (not rest.strip(" ?!.") or bool(_ENDS_CLAUSE.match(rest)))


_LEADS_ON = compile_later(lambda: rf"\W*(?:(?:{one_of(sorted(question_words('linking')))}|hey|w[ahuo]+t|of|que|tal)\W+)*")


def thing_spoken_of(message: Message, last: Query | None, *, index: CompanyIndex) -> Target | None:
    """Return what "the kafka contract" asks for: no posting, unless the text of one spoken of has that word; None for no such words."""
    among = choices_of(last)[:_MOST_PICKED_FROM] if last is not None and last.reach is not Reach.ALL and not last.things else ()
    tokens, elsewhere = message.question.tokens, question_words("posts_elsewhere") - {"job", "mission"}
    for before, token, behind in zip(tokens, tokens[1:], (*tokens[2:], None), strict=False) if among else ():
        is_led = before.word in _ARTICLES_OF_ONE and behind is not None and f"{before.word} {token.word} {behind.word}" in message.flat
        is_post = is_led and behind is not None and behind.word in question_words("posts_and_pay")
        led_by = _OF_A_POST.search(message.flat[: token.start])
        is_post = is_post or (led_by is not None and led_by[1] in elsewhere)  # "el puesto de bayer"
        is_skill = any(value.kind == "skill" and (value.start, value.end) == (token.start, token.end) for value in message.values)
        is_strange = token.kind is WordKind.UNKNOWN and len(token.word) >= _FEW and (led_by is not None or not is_misspelt(token.word))
        is_strange = is_strange and not (is_known_word(token.word) or is_cue_word(token.word))
        if is_post and (is_skill or is_strange):
            titles = [entry.title for number in among if (entry := index.titles.entry(number)) is not None]
            if not any(token.word in written_words(title) for title in titles):
                typed = message.text[token.start : token.end]
                return Target(kind=TargetKind.UNKNOWN, typed=typed, postings=among, role=typed, told_by=(token.word,))
    return None


_OF_A_POST = compile_later(r"(?<!\w)(\w+)\s(?:de|da|do|du|des|bei|von|chez)\s(?:(?:la|el|o|a|os|der|dem|den|die)\s|l['’])?$")


def find_noun(message: Message) -> str | None:
    """Return what a message asks for that is nothing else, "and the parking?": the topic that its word speaks for, or "other"."""
    tokens, small = message.question.tokens, question_words("linking") | small_words()
    rest = [token for token in tokens if token.kind is not WordKind.FUNCTION and token.word not in small]
    is_led = len(rest) == 1 and _ENDS_WITH_ARTICLE.search(message.flat[: rest[0].start]) is not None
    is_asked = message.language == "en" and (message.text.rstrip().endswith("?") or "begins=goes_on" in message.signs)
    of_things = (one for one in rest if one.kind >= WordKind.ORDINARY and is_english(one.word))
    is_thing = is_asked and len(rest) <= _MOST_OF_THING and len(rest) == sum(1 for _ in of_things)  # "what about parking"
    said = " ".join(token.word for token in rest if token.word not in telling_none())
    if not said or not (is_led or is_thing) or message.spans or read_role_words(said).own_terms & role_nouns():
        return None
    cues = [sign.removeprefix("cue=") for sign in find_cues(said) if sign.startswith("cue=")]
    return cues[0] if len(cues) == 1 else "other"


def named_alone(message: Message, index: CompanyIndex, *, scopes: Collection[str], last: Query | None = None) -> Target | None:
    """Return the company that a message of one strange word asks for, "mercadona?", after another one a short one: "hooli then?"."""
    words = [token for token in message.question.tokens if token.word not in question_words("linking")]
    is_asked = message.text.rstrip().endswith("?") or "begins=goes_on" in message.signs
    is_next = bool(words) and message.question.tokens[-1].word in question_words("ends_with_next")  # in other languages more is strange
    if len(words) != 1 or not is_asked or message.spans or (last is not None and message.language != "en" and not is_next):
        return None
    word = words[0].word
    is_name = len(word) >= _SHORTEST if last is not None else len(word) > _FEW and not UNSPEAKABLE.search(word)
    is_name = is_name and words[0].kind is WordKind.UNKNOWN and word.isalpha()
    if not is_name or is_cue_word(word) or is_known_word(word) or is_misspelt(word):
        return None
    target = to_target(match_company(word, index, scopes=scopes), index, scopes=scopes, typed=message.text[words[0].start : words[0].end])
    is_thing = last is not None and target.kind is TargetKind.UNKNOWN and len(message.question.tokens) == 1  # perhaps: "rrsp?"
    among = choices_of(last)[:_MOST_PICKED_FROM] if last is not None and is_thing else ()
    return target.model_copy(update={"postings": among, "told_by": tuple(written_words(word))}) if among else target


# Postings that a message sets side by side: those that it joins, and the one spoken of with another.

_ARTICLES = r"(?:\b(?:the|that|this|la|el|die|der|das|le|a)\s)?"
_AT_NEXT = r"(?:,?\s(?:and|n|und|et|y|e)\s(?:for|at|from|by|bei|fur|de|para|pour|chez|en)\s)"  # "for flex, and for hooli"
_BETWEEN_SIDES = compile_later(rf"(?:{_AT_NEXT}|\s?(?:[/,&]|\b(?:vs|versus|{OR}|and|n|und|et|y|e)\b\.?)\s?){_ARTICLES}")
_THAN = r"than|(?:mehr|besser|weniger) als|(?:mas|menos|mejor|plus|moins|mieux|mais|melhor)(?: do)? que"
_BETWEEN_TWO = compile_later(rf"\s?\b(?:vs|versus|{OR}|{_THAN})\b\.?\s?{_ARTICLES}")  # not "ice and snow"
_COMPARED_WITH = compile_later(rf"\s?\b(?:vs|versus|{OR}|with|to|against|mit|con|com|avec|a)\b\.?\s?{_ARTICLES}")
_IS_MORE = compile_later(rf"\s?\b(?:{_THAN})\b")

_MOST_JOINTS, _LONGEST_JOINT = 4, 6
"""Letters: ", the "."""

_THE_TRADE = compile_later(r"\b(?:the|el|la|der|die|das|den|le|o|a)\s(\w+)\W*$")
_OF_ONE = compile_later(rf"(?<!\w){_ARTICLES[:-1]}")
_ENDS_WITH_ARTICLE = compile_later(rf"(?<!\w)(?:{_ARTICLES[:-1]}|(?:their|its|sus?|seine?|ihre?|leurs?|sa|son|seus?|suas?)\s)$")
_VERSUS = compile_later(r"\b(?:vs|versus)\b")
Side = tuple[Target, int, int]


def find_sides(message: Message, index: CompanyIndex, *, scopes: Collection[str]) -> list[Side]:
    """
    Return the postings that stand right beside each other in a message, joined by "vs", "or" or the like, and where; [] for fewer than two.

    Each side is a company that is here or words that surely point at one posting: "night porter vs flex, which pays more". Of two of
    which one is none of these, that is said of it.
    """
    is_to_compare = follow_pattern("compares").search(message.flat) is not None
    for pattern in (*((_COMPARED_WITH,) if is_to_compare else ()), _BETWEEN_TWO, _BETWEEN_SIDES):
        joints = [match.span() for match in islice(pattern.finditer(message.flat), _MOST_JOINTS)]
        best: list[Side] = []
        run: list[Side] = []
        parts = list(zip([0, *(end for _, end in joints)], [*(start for start, _ in joints), len(message.text)], strict=True))
        for start, end in parts if joints else ():
            side = _find_side(message, start, end, index=index, scopes=scopes)
            is_beside = bool(run) and ((run[-1][2], start) in joints or _IS_MORE.search(message.flat, run[-1][2], start) is not None)
            is_joined = side is not None and side[1] == start and is_beside
            run = [*(run if is_joined else ()), side] if side is not None else []
            best = max(best, run, key=len)
        if len({target.postings for target, _, _ in best}) > 1:
            return best
        if len(best) == 1 and len(joints) == 1 and (stranger := _strange_side(message, best[0], joints[0])) is not None:
            return sorted([*best, stranger], key=lambda side: side[1])
    return []


def _strange_side(message: Message, side: Side, joint: tuple[int, int]) -> Side | None:
    """Return what is compared with the one side that is here, and names no posting: "flex vs the elevator job, who pays more"."""
    is_versus = _VERSUS.search(message.flat) is not None
    is_compared = is_versus or any(follow_pattern(key).search(message.flat) for key in ("most", "least"))
    if not is_compared or joint[0] not in (side[2], side[1] - joint[1] + joint[0]):
        return None
    behind = side[2] == joint[0]
    apart = _ENDS_CLAUSE.search(message.text, joint[1]) if behind else None
    start = joint[1] if behind else max((match.end() for match in _ENDS_CLAUSE.finditer(message.text, 0, joint[0])), default=0)
    end = (apart.start() if apart else len(message.text)) if behind else joint[0]
    tokens = [token for token in message.question.tokens if start <= token.start < end]
    own = [token for token in tokens if token.word not in question_words("posts") | question_words("inside_titles")]
    is_led = is_versus or any(token.is_capital for token in own) or _OF_ONE.search(message.flat, max(0, start - _LONGEST_JOINT), end)
    is_name = all(token.kind is WordKind.UNKNOWN and not is_misspelt(token.word) for token in own)  # "flex or hooli"
    is_strange = all(token.kind >= WordKind.ORDINARY and not is_cue_word(token.word) for token in own)
    is_read = any(start < last and first < end for first, last, _ in message.spans)
    if is_read or not (0 < len(own) <= _FEW and (is_led or is_name) and is_strange):
        return None
    typed = message.text[start:end].strip(" ?!.")
    return Target(kind=TargetKind.UNKNOWN, typed=typed, role=typed), start, end


def _find_side(message: Message, start: int, end: int, *, index: CompanyIndex, scopes: Collection[str]) -> Side | None:
    """Return the one posting or company that a part of a message names, and where."""
    names = [name for name in message.names if start <= name.start and name.end <= end and isinstance(name.match, Found)]
    part = message.text[start:end]
    if len(names) == 1:
        typed = message.text[names[0].start : names[0].end]
        return to_target(names[0].match, index, scopes=scopes, typed=typed, role=part), *_with_title(message, names[0], start, end)
    joint = message.flat[max(0, start - _LONGEST_JOINT) : start]
    is_joined = "," not in joint or not any(name.end == start - len(joint) + joint.index(",") for name in message.names)
    # A role behind a company and a comma is that company's: "brook, the staff engineer".
    is_versus = len(part.split()) == 1 and _VERSUS.search(message.flat) is not None  # "auditor vs night porter"
    trade = _THE_TRADE.search(message.flat[:end])  # "pay for the auditor and the nurse"
    question = tokenise(f"{part} job" if is_versus or (is_joined and trade is not None and is_trade(trade[1])) else part)
    pointed = None if names else TitleFinder(question, index.titles, scopes, places_within(message.places, start=start, end=end)).find()
    is_told = pointed is not None and (pointed.is_sure or (is_joined and " " in part[pointed.start : pointed.end].strip()))
    if pointed is None or not is_told or len(pointed.entries) > 1:
        return None
    first, last = with_post(pointed, message.flat[start:end])
    at_place = next((one.end for one in message.places if _IN.fullmatch(message.flat, start + last, max(start + last, one.start))), 0)
    return to_titled_target(pointed, part), start + first, min(max(start + last, at_place), end)


_IN = compile_later(r"\s(?:in|at|en|em|a|im|from|near)\s")


def _with_title(message: Message, name: Name, start: int, end: int) -> tuple[int, int]:
    """Return where a company stands with the words of its posting's title that are all there is beside it in a part of a message."""
    entries = name.match.entries if isinstance(name.match, Found) else ()
    called = {term for entry in entries for term in posting_words(entry).title | posting_words(entry).beside}
    small = question_words("posts") | question_words("inside_titles") | {"one"}
    others = [token for token in message.question.tokens if token.word not in small and called.isdisjoint(role_terms(token.word))]
    others = [token for token in others if not (read_role_words(token.word).ranks or read_role_words(token.word).steps)]  # "flex ii"
    is_begun = not any(start <= token.start < name.start for token in others)
    ending = [token for token in message.question.tokens if name.end <= token.start < end][-1:]
    is_ended = not any(name.end <= token.start < end for token in others) or not {*ending} & {*others}
    return start if is_begun else name.start, end if is_ended else name.end


# Which of the postings that were listed, spoken of or asked back a message picks.

_MOST_PICKED_FROM, _MOST_TELLING, _MOST_TOLD = 25, 4, 3  # words: more of them tell no posting from another but ask something

_THE_X_ONE = compile_later(r"\b(?:the|that|this|which)\s((?:[^\s,?!:;]+\s){1,4}?)ones?\b(?!\s(?:in|at|from|with|for|about|on|of)\b)")


def find_picked(message: Message, last: Query | None, *, finder: TitleFinder) -> tuple[Target, int, int] | None:
    """Return the posting that a message picks from those listed or asked back by title, company or place, else by its text; and where."""
    among = choices_of(last)[:_MOST_PICKED_FROM] if last is not None else ()
    if last is None or not among:
        return None
    is_asked_back = asks_back(last)
    is_open = is_asked_back or (len(last.targets) == 1 and len(last.targets[0].postings) > 1)
    at = _telling_tokens(message)
    is_whole = not at
    at = at or (_all_telling(message) if is_open else [])
    if not at:
        return None
    start, end = message.question.tokens[at[0]].start, _end_of_post(message, at[-1])
    told = finder.telling_apart(among, tokens=at)
    if told and (not is_whole or all(finder.telling_apart(among, tokens=[number]) for number in at)):
        return to_titled_target(Pointed(told, start, end, is_sure=True), message.text), start, end
    part = f"{message.text[start:end]} job"
    elsewhere = TitleFinder(tokenise(part), finder.titles, finder.scopes, places_within(message.places, start=start, end=end))
    pointed = None if is_whole or is_asked_back else elsewhere.find()
    if pointed is not None and pointed.is_sure:  # another one than those listed
        return to_titled_target(pointed, part), start, end
    telling = (message.question.tokens[number] for number in at)
    are_strange = all(one.kind >= WordKind.ORDINARY and not (is_cue_word(one.word) or is_misspelt(one.word)) for one in telling)
    if is_whole and not (is_asked_back and are_strange):
        return None
    words = tuple(dict.fromkeys(word for number in at for word in _as_in_texts(message, number)))
    kind, typed = TargetKind.TIED if is_open else TargetKind.UNKNOWN, " ".join(words)  # of those listed, one has the words or none is meant
    return Target(kind=kind, typed=typed, postings=among, role=typed, told_by=words), start, end


def _end_of_post(message: Message, number: int) -> int:
    """Return where a word ends that tells a posting apart, with "team one" or "job" behind it."""
    behind = takewhile(lambda token: token.word in question_words("posts") | {"one"}, message.question.tokens[number + 1 :])
    return max((token.end for token in behind), default=message.question.tokens[number].end)


def _all_telling(message: Message) -> list[int]:
    """Return the words of a message that may be nothing but what tells a posting apart: "poland"."""
    at = [number for number in range(len(message.question.tokens)) if _may_tell(message, number)]
    is_more = len(at) > _MOST_TELLING or begins_asking(message) or may_apply().search(message.flat) is not None
    return [] if is_more or message.flat.rstrip().endswith(":") else at


def begins_asking(message: Message) -> bool:
    """Tell whether a message begins as a question does: "what software should i know"."""
    opened = _OPENED.match(message.flat)  # "n how many yrs"
    signs = find_cues(message.masked[opened.end() if opened else 0 :])
    return not {"begins=wh", "begins=yes_no", "begins=count"}.isdisjoint(signs) and "begins=goes_on" not in signs


def _as_in_texts(message: Message, number: int) -> tuple[str, ...]:
    """Return a word as postings write it: a city by its English name."""
    token = message.question.tokens[number]
    city = next((one.place.city for one in message.places if one.start <= token.start < one.end), None)
    return tuple(written_words(city)) if city else (token.word,)


_OPENED = compile_later(r"\W*(?:(?:and|ok|so|n|y|und|et|e)\W+)*")


def _telling_tokens(message: Message) -> list[int]:
    """Return the words of "the ... one" and those behind "the one in"."""
    tokens = message.question.tokens
    if (between := _THE_X_ONE.search(message.flat)) is not None:
        if between[0].endswith("ones") and not {"sign=most", "sign=least"}.isdisjoint(message.signs):
            return []  # "of the yearly ones the highest"
        start, end = between.span(1)
        inside = [at for at, token in enumerate(tokens) if start <= token.start < end and token.word not in question_words("posts")]
        others = [tokens[number] for number in inside if not _may_tell(message, number)]  # "the office manager one"
        is_of_values = all(any(value.overlaps(one.start, one.end) for value in message.values) for one in others)
        return inside if len(others) < len(inside) and is_of_values else []
    opened = _OPENED.match(message.flat)
    first = follow_pattern("the_one_first").match(message.flat, opened.end() if opened else 0)
    behind = follow_pattern("the_one").search(message.flat) or first
    if behind is None:
        return []
    after = [number for number, token in enumerate(tokens) if token.start >= behind.end()][:_MOST_TELLING]
    return list(takewhile(lambda number: _may_tell(message, number), after))


def _may_tell(message: Message, number: int) -> bool:
    """Tell whether a word may tell one posting from another: it holds no question together, counts none and names no kind of contract."""
    token = message.question.tokens[number]
    is_value = any(value.kind not in ("skill", "spoken") and value.overlaps(token.start, token.end) for value in message.values)
    return not (token.kind is WordKind.FUNCTION or is_value or token.word in question_words("posts") or token.word in telling_none())
