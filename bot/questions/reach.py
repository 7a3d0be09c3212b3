"""How many postings a message is about, and in which form it asks."""

import re
from collections.abc import Sequence

from bot.domain.query import Form, Query, Reach, Target, TargetKind
from bot.questions.message import (
    HOW_MUCH,
    SUREST,
    Message,
    asks_whether,
    choices_of,
    follow_pattern,
    is_bare_subject,
    logic_pattern,
    may_apply,
    tells_what,
)
from bot.questions.model import OPEN, SURELY_ALL_FROM, SURELY_ONE_FROM, SURELY_RANKED_FROM
from bot.questions.targets import OF_COMPANIES
from bot.questions.tokens import WordKind, word_kind
from bot.questions.values import Value, fields_in
from bot.text.lexicon import compile_later, one_of, read_lexicon
from bot.text.words import read_words

_SHORT_TALK, _SHORT_FOLLOW_UP, _FEW_WORDS = 4, 6, 6  # words
FIXED = ("workplace", "employment_type")
"""The kinds of values that exclude each other."""


def read_reach(message: Message, targets: tuple[Target, ...], *, last: Query | None) -> Reach:
    """Return how many postings a message is about, by the companies that it names, its words and what was spoken of before."""
    if targets:
        is_ranked = any(follow_pattern(key).search(message.flat) for key in ("most", "least"))
        is_which = is_ranked and not {"sign=which", "sign=which_of_all"}.isdisjoint(message.signs)  # "which hooli job pays more"
        is_of_each = len(targets[0].postings) > 1 and (is_which or {"sign=both", "sign=jobs"} <= message.signs.keys())
        return Reach.SEVERAL if len(targets) > 1 or is_of_each else Reach.ONE
    is_of_before = is_spoken_of(last) and is_of_one(last, message)
    is_of_it = _WHAT_THEY.search(message.flat) or logic_pattern("where", "cities").search(message.flat)
    at_place = logic_pattern("where", "be_there").search(message.flat) or logic_pattern("where", "for_whom").match(message.flat)
    is_ok = logic_pattern("where", "is_ok").search(message.flat) and CLEARLY_OF_ALL.isdisjoint(message.signs)  # "6 years of it, fine?"
    is_there = bool(at_place and message.places)  # "is Reno one of the places", "and for somebody in Ely"
    if is_of_before and (is_there or is_ok or (is_of_it and OF_JOBS.isdisjoint(message.signs))):
        return Reach.ONE
    is_ranked = max(message.scores.form[form] for form in ("most", "least")) >= SURELY_RANKED_FROM and not message.values
    of_more = (last is None or len(choices_of(last)) == 1) and _WHICH_HAS.match(message.flat) is not None  # nobody asks which of one
    if is_ranked or of_more or _RANK.search(message.flat):
        return Reach.ALL
    scores = message.scores.reach
    best = max((label for label in scores if label != "bot"), key=lambda label: scores[label])
    best = "all" if best == "one" and scores["all"] + scores["several"] > scores["one"] else best
    if best == "all" and is_of_before and (_goes_on(message) or is_bare_subject(message.flat)):
        return Reach.ONE
    is_list = last is None or (last.reach is Reach.ALL and not OF_JOBS.isdisjoint(message.signs))  # "which ones say 7 years" after one
    is_several = best == "several" and (is_list or not is_spoken_of(last))
    return Reach.ALL if is_several or follow_pattern("any_of").search(message.flat) or _THE_ONES.match(message.flat) else Reach(best)


_WHAT_THEY = compile_later(
    r"\b(?:max|min|maximum|minimum|longest|shortest|earliest|latest|least|most|highest|lowest|biggest)\s(?:[a-z]+\s){0,3}?"
    r"(?:they|it|you|u|i|we|one|someone|people|the (?:job|role|company))\s[a-z]+\b"
    r"|\b(?:max|maximum|min|minimum|starting|top end|high end|low end)\s(?:pay|salary|base|rate|wage|comp)\b(?!\s(?:here|of all))"
)
"""What is the most that one employer does: "the longest commute they accept", "the max pay"."""

_WHICH_HAS = compile_later(lambda: rf"\W*(?:(?:and|ok|so)\s)*which (?:ones? )?{follow_pattern('which_does').pattern}")


def is_spoken_of(last: Query | None) -> bool:
    """Tell whether a company or posting that is there was spoken of."""
    return last is not None and (bool(last.within) or any(target.kind is not TargetKind.UNKNOWN for target in last.targets))


def is_of_one(last: Query | None, message: Message) -> bool:
    """Tell whether a company was spoken of, or a list that had one posting only and that "who doesn't say it" asks nothing of."""
    return last is not None and (bool(last.targets) or (len(last.within) == 1 and WHO.match(message.flat) is None))


def _goes_on(message: Message) -> bool:
    """Tell whether a message after one about a company goes on about that: it points at it, or is short and asks for no jobs."""
    of_others = (_ANY_THAT, _WHO_IS, _THE_ONES)
    if not OF_JOBS.isdisjoint(message.signs) or any(pattern.match(message.flat) for pattern in of_others):
        return False
    if _WHO_IS_THE.match(message.flat):
        return True
    if message.points_back:
        return message.scores.reach["all"] < SURELY_ALL_FROM or OF_ALL.isdisjoint(message.signs)  # "whats that paying"
    is_anything = _ANY_THING.match(message.flat) or follow_pattern("anything_on").match(message.flat)
    is_anything = is_anything or follow_pattern("says_anything").search(message.flat)
    is_plain = not message.places and not any(value.kind != "skill" for value in message.values)
    if is_anything and is_plain:
        return True
    is_likely = len(message.question.tokens) <= _SHORT_FOLLOW_UP or message.scores.reach["all"] < SURELY_ONE_FROM
    is_likely = is_likely or follow_pattern("with_own").match(message.flat.lstrip(" ¿")) is not None  # "n w a phd in stats"
    is_price = "cue=pay" in message.signs and HOW_MUCH.search(message.flat) is not None  # "et le salaire c combien"
    is_thing = is_price or "cue=experience" in message.signs or _COUNTS_THINGS.match(message.flat) is not None
    of_one = {"sign=count"} if is_thing else set[str]()
    if logic_pattern("must", "words").search(message.flat) or not {"begins=wh", "begins=count"}.isdisjoint(message.signs):
        of_one.add("sign=for_me")  # "and do i gotta speak english", "who would I work with"
    if _MAY_ANYONE.match(message.flat) or follow_pattern("says_any").search(message.flat):  # "und gehalt steht da was"
        of_one.add("sign=any")
    return is_likely and not (OF_ALL - of_one).intersection(message.signs)


_ANY_THAT = compile_later(r"\W*(?:(?:and|ok|so)\s)*any(?:one|body|thing)?\s(?:that|which|who|of|others?)\b")
_WHO_IS = compile_later(r"\W*(?:(?:and|ok|so)\s)*who(?:'?s|\sis)\s(?:not\s)?(?:\w+ing|remote|hybrid|onsite|ok|fine)\b(?!\smanager)")
_WHO_IS_THE = compile_later(
    r"\W*(?:(?:and|ok|so|y|und|et|e)\s)*(?:who(?:'?s|\sis|\sare)\s(?:the|their|my|our|in\scharge)|quien es (?:el|la|su|mi)"
    r"|wer ist (?:der|die|mein)|qui est (?:le|la|mon|leur)|quem e (?:o|a|meu))\b(?!\s(?:best|most|highest|only|cheapest|one)\b)"
)
_THE_ONES = compile_later(r"\W*(?:(?:and|ok|so|what about|how about)\s)*(?:the\s)?ones\s(?:in|near|from|with|without|that|which)\b")
_MAY_ANYONE = compile_later(r"\W*(?:and |so )?(?:can|could|may) any(?:one|body)\b")
_COUNTS_THINGS = compile_later(
    r"\W*(?:(?:and|ok|so|y|und|et|e)\W+)*"
    r"(?:how many (?:\w+s|people|ppl|staff)|cuant[oa]s \w+s|combien (?:de |d')\w+|quant[oa]s \w+s"
    r"|wie ?viele? (?:stunden|tage|wochen|monate|leute|personen|kunden|kollegen|mitarbeiter))\b"
)
"""What counts no jobs: those have signs of their own, and what is said of them, "how many require", does not end so."""

_ANY_THING = compile_later(
    r"\W*(?:(?:and|ok|so|is there|are there)\s)*any\s(?!(?:that|which|who|other|others|more|of|in|for|with|w|without|where|one|ones)\b)"
)
OF_JOBS = frozenset({"sign=which_of_all", "sign=of_jobs", "sign=jobs"})
CLEARLY_OF_ALL = OF_JOBS | {"sign=any"}
OF_ALL = frozenset(f"sign={kind}" for kind in ("any", "which_of_all", "of_jobs", "jobs", "show", "most", "least", "count", "for_me"))
ASKS = OF_ALL - {"sign=most"} | {"sign=goes_on", "sign=wh", "sign=yes_no", "sign=which"}  # "thx ur the best"


def may_be_of_all(message: Message) -> bool:
    """Tell whether a message that names no posting names what a posting must state, and points at none: "rails work?"."""
    asks_where = follow_pattern("where_get").match(message.flat.lstrip(" ¿")) or _SOMEWHERE.search(message.flat)
    is_begun = asks_where or any(one.match(message.flat) for one in (WHO, _ANY_THAT))
    if is_begun or {"sign=show", "sign=jobs"} <= message.signs.keys():
        return True  # "list all the postings that talk about" points at none with its "that"
    if message.points_back:
        return False
    if not CLEARLY_OF_ALL.isdisjoint(message.signs):
        return True
    if may_apply().search(message.flat) or any(place.sureness == SUREST for place in message.places):
        return THE_ROLE.search(message.flat) is None  # "in Accra, could i take the baker role" asks of one that is not found
    if message.values and all(value.kind == "skill" for value in message.values) and not OF_COMPANIES.isdisjoint(message.signs):
        return False  # "Databricks salary" names a company that is a technology, too
    is_short = len(message.question.tokens) <= _SHORT_TALK and "begins=wh" not in message.signs
    is_named = message.values or message.places or (fields_in(message.flat) and THE_ROLE.search(message.flat) is None)
    return bool(is_named) and (is_short or message.scores.reach["one"] < SURELY_ONE_FROM)


_SOMEWHERE = compile_later(lambda: rf"\s(?:{one_of(read_lexicon('asked_logic')['follow']['somewhere'])})\W*$")
THE_ROLE = compile_later(r"\b(?:the|that|this)\s(?:\w\S*\s){1,5}(?:role|job|position|posting|opening|gig)\b")
WHO = compile_later(r"\W*(?:(?:so|and|ok|alright|hey|hi|then)\W+)*who\s(?!(?:is|are|do|would|will|founded|built|made|owns|runs|can)\b)\w+")


def read_form(message: Message, reach: Reach, *, has_asks: bool) -> Form:
    """Return the form in which a message asks, as far as so many postings can be asked so."""
    scores = dict(message.scores.form)
    best = max(scores, key=lambda label: scores[label])
    if best == OPEN:
        scores.pop(OPEN)
        best = max(scores, key=lambda label: scores[label]) if scores and max(scores.values()) > 0.35 else "what"  # noqa: PLR2004
    form = Form.WHAT if best == "summary" and logic_pattern("whole", "own_resume").search(message.flat) else Form(best)
    if _RANK.search(message.flat) and reach is not Reach.ONE:
        return Form.MOST
    if reach is Reach.ONE:
        if form in (Form.COMPARE, Form.MOST, Form.LEAST, Form.LIST):
            form = Form.YES_NO if scores["yes_no"] > scores["what"] else Form.WHAT
        if form is Form.SUMMARY and not has_asks and "sign=summary" not in message.signs and asks_whether(message, (0, len(message.text))):
            return Form.YES_NO  # "will they give me a computer"
        return Form.WHAT if form is Form.SUMMARY and has_asks and scores["summary"] < 0.6 else form  # noqa: PLR2004
    if reach is Reach.ALL and form in (Form.WHAT, Form.YES_NO, Form.WHICH, Form.SUMMARY):
        return Form.LIST
    if reach is not Reach.SEVERAL or form not in (Form.WHICH, Form.LIST, Form.COMPARE):
        return form
    asked = _WHO_OF.search(message.flat)  # "who pays more, hooli or flex"
    sides = (side for side in (Form.MOST, Form.LEAST) if asked and follow_pattern(side.value).search(message.flat, asked.end()))
    return next(sides, Form.COMPARE)


_WHO_OF = compile_later(
    lambda: (
        r"(?<!\w)(?:who|which|wer|welche[rs]?|quien|cual|qui|laquelle|lequel|quem|qual)(?!\w)(?!.*\b(?:than|als|que)\b)"
        rf"|^\W*(?=(?:{follow_pattern('most').pattern}|{follow_pattern('least').pattern})[^,]*(?::|\s[-–]\s|\?))"
    )
)
_RANK = compile_later(
    r"\b(?:rank|sort|order|list)\b.{0,30}\bby\b|\b(?:any(?:thing|one|body)?|something|one)\s(?:\w+\s){0,3}?"
    r"(?:(?:pays?|paying)\s(?:more|better|higher)|(?:better|higher)\s(?:paid|paying))\b(?!\sthan)"
)


def form_of_ask(message: Message, parts: Sequence[tuple[int, int]], *, about: Sequence[str], own: Sequence[Value], is_single: bool) -> Form:
    """Return the form in which one thing is asked: whether it is so, which of several, how many, or what it is."""
    text = message.flat[parts[0][0] : parts[-1][1]]
    either = rf"\b(?:or|{'' if message.language == 'pt' else 'o|'}oder|ou|vs)\b|/"  # in Portuguese "o" is "the"
    is_either = re.search(either, logic_pattern("denied", "never").sub(" ", text)) is not None  # "yes or no?" is no choice
    if is_either and (len(about) if about else len({str(value.value) for value in own if value.kind in FIXED})) > 1:
        return Form.WHICH
    if tells_what().match(text):
        return Form.WHAT
    is_asked = asks_whether(message, (parts[0][0], parts[-1][1]), is_named=bool(about or own))
    if is_single:
        form = message.scores.best("form")
        is_asked = is_asked or logic_pattern("clauses", "whether").search(text) is not None or is_bare_subject(text)
        is_asked = is_asked or _is_bare_value(message, parts[0], own)
        form = "yes_no" if _ANY.match(text) or (is_asked and form in (*_OPEN_FORMS, *(() if is_either else ("which",)))) else form
    else:
        form = "yes_no" if _ANY.match(text) or is_asked or (text.rstrip().endswith("?") and own) else "what"
    return Form(form) if form in (Form.WHAT, Form.YES_NO, Form.HOW_MANY) else Form.WHAT


def _is_bare_value(message: Message, part: tuple[int, int], own: Sequence[Value]) -> bool:
    """Tell whether nothing but a kind of work or contract is named, with a question mark: "and hooli, remote?", "befristet?"."""
    kinds = [value for value in own if value.kind in FIXED]
    words = read_words(message.without_names(*part).rstrip())
    named = sum(len(message.flat[value.start : value.end].replace("-", " ").split()) for value in kinds)
    is_bare = sum(word_kind(word.text) is not WordKind.FUNCTION for word in words) <= named and len(words) <= _FEW_WORDS
    return bool(kinds) and message.flat[part[0] : part[1] + 1].rstrip().endswith("?") and is_bare


_OPEN_FORMS, _ANY = ("what", "summary", "how_many", OPEN), compile_later(r"\s*(?:is there |are there |got )?any\b(?!\s(?:idea|clue|of)\b)")
