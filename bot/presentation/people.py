"""People: who is a member of which server, whose turn it is to be answered, what they tell of themselves, and what is kept about them."""

import asyncio
import re
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from weakref import WeakValueDictionary

from cachetools import TLRUCache, TTLCache

from bot.answering.conversations import FORGOTTEN_AFTER
from bot.domain.answer import Answer, PostingReference
from bot.domain.errors import RolecallError
from bot.domain.facts import EducationLevel
from bot.domain.query import Profile
from bot.presentation.answer_card import posting_name, write_echo
from bot.presentation.buttons import ButtonAction, ButtonId
from bot.presentation.card import (
    Card,
    ChoiceField,
    ChoiceKind,
    Control,
    Form,
    Look,
    Row,
    TextField,
    Tone,
    cut,
    escaped,
    escaped_within,
)
from bot.presentation.notices import as_sentence, render_error
from bot.questions.commands import PROFILE_FIELDS, read_pay, read_profile, read_years, write_profile
from bot.storage.proposals import LASTING, REPORTS_LAST
from bot.storage.watches import ENTRIES_LAST
from bot.text.gazetteer import form_of, name_country, write_money
from bot.text.translations import say, say_of
from bot.topics.education import NAMES
from bot.topics.pay import EACH

# Who is a member of which server, as Discord said lately.

REMEMBERED_FOR = 15 * 60.0
"""Seconds that what Discord said counts."""

SEEN_FOR = 24 * 60 * 60.0
"""Seconds that the order is remembered in which a person used the bot in servers."""

_MOST = 100_000
"""Memberships in memory, over all people."""


@dataclass(frozen=True)
class MembershipStatus:
    """What is known of a person and some servers."""

    member_of: frozenset[int]
    unknown: tuple[int, ...]
    """To be asked about, the server where they used the bot last first."""


class Memberships:
    """
    What Discord said of people and servers, for a quarter of an hour; in memory only, and bounded.

    >>> memberships = Memberships(lambda: 0.0)
    >>> memberships.remember(7, 5, is_member=True)
    >>> memberships.status_of(7, {5, 6})
    MembershipStatus(member_of=frozenset({5}), unknown=(6,))
    """

    def __init__(self, ticks: Callable[[], float] = time.monotonic) -> None:
        self._ticks = ticks
        self._told: TLRUCache[tuple[int, int], tuple[bool, float]] = TLRUCache(_MOST, lambda _key, told, _now: told[1], timer=ticks)
        self._seen: TTLCache[tuple[int, int], float] = TTLCache(_MOST, SEEN_FOR, timer=ticks)

    def status_of(self, person: int, servers: Collection[int]) -> MembershipStatus:
        """Return of which of the servers the person is a member, and of which that is not known."""
        told = {server: self._told.get((person, server), (None, 0.0))[0] for server in servers}
        unknown = [server for server, is_member in told.items() if is_member is None]
        seen = {server: self._seen.get((person, server), -1.0) for server in unknown}
        unknown.sort(key=lambda server: (-seen[server], server))
        return MembershipStatus(frozenset(server for server, is_member in told.items() if is_member), tuple(unknown))

    def remember(self, person: int, server: int, *, is_member: bool, lasts: float = REMEMBERED_FOR) -> None:
        """Keep what Discord has just said, for so many seconds; what was not asked for longest is forgotten when there is too much."""
        self._told[person, server] = (is_member, self._ticks() + lasts)

    def see(self, person: int, server: int) -> bool:
        """Note that a person uses the bot in a server, which Discord lets members only; tell whether that is new."""
        is_known = self._told.get((person, server), (False, 0.0))[0] and (person, server) in self._seen
        self.remember(person, server, is_member=True)
        self._seen[person, server] = self._ticks()
        return not is_known

    def knows(self, person: int) -> bool:
        """Tell whether anything is remembered of a person."""
        return any(one == person for known in (self._told, self._seen) for one, _ in known)

    def forget_person(self, person: int) -> None:
        """Drop what is known of a person."""
        self._drop(lambda key: key[0] == person)

    def forget_server(self, server: int) -> None:
        """Drop what is known of a server's members."""
        self._drop(lambda key: key[1] == server)

    def _drop(self, is_meant: Callable[[tuple[int, int]], bool]) -> None:
        for known in (self._told, self._seen):
            for key in list(filter(is_meant, known)):
                known.pop(key, None)


_MINUTE = 60.0
_MOST_PEOPLE = 10_000
"""People that a limit counts at a time."""


class RateLimit:
    """
    Counts in memory how often each person did something within so many seconds.

    >>> limit = RateLimit(1, 60.0, lambda: 0.0)
    >>> limit.count(7), limit.count(8), limit.count(7)
    (0.0, 0.0, 60.0)
    """

    def __init__(self, most: int, seconds: float, ticks: Callable[[], float] = time.monotonic) -> None:
        self.most = most
        self._seconds = seconds
        self._ticks = ticks
        self._times: TTLCache[int, list[float]] = TTLCache(_MOST_PEOPLE, seconds, timer=ticks)

    def count(self, person: int) -> float:
        """Count once more and return 0; where that is too often, return after how many seconds it is not."""
        now = self._ticks()
        times = [at for at in self._times.get(person, ()) if at > now - self._seconds]
        if len(times) >= self.most:
            return times[0] + self._seconds - now
        self._times[person] = [*times, now]
        return 0.0


class Turns:
    """
    Keeps one person's many questions from holding up those of the others: they are answered one after the other.

    A question that comes while none of that person's is under way is always admitted. Of those that come meanwhile, so many are a minute.
    """

    def __init__(self, most: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.most = most
        self._waiting = RateLimit(most, _MINUTE, clock)
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        """Each is there as long as a question of that person's is answered or waits."""

    def take(self, person: int) -> asyncio.Lock | None:
        """Return what is held while a question of a person's is answered; None where it is one too many of those that wait."""
        turn = self._turns.setdefault(person, asyncio.Lock())
        return None if turn.locked() and self._waiting.count(person) else turn


# What is kept about a person: `/privacy` with its buttons.

_LONGEST_LINE, _LONGEST_LISTED = 150, 60


def privacy_card(
    remembered: Sequence[PostingReference], owner: int, *, told: Profile | None = None, watched: Sequence[str] = (), locale: str
) -> Card:
    """
    Say what is kept about a person, with buttons to see and delete what can be: their name in reports too.

    `told` is what they told of themselves, `watched` what they watch.
    """
    names = [f"- {escaped(cut(posting_name(one.company, one.title, locale=locale), _LONGEST_LINE))}" for one in dict.fromkeys(remembered)]
    parts = ["\n".join(_kept_lines(locale))]
    if names:
        parts.append("\n".join([say("At the moment I remember that we spoke of:", locale), *names]))
    else:
        parts.append(say("At the moment I remember nothing that we spoke of.", locale))
    if told:
        parts.append(f"{say('You told me of yourself:', locale)}\n{told_lines(told, locale)}")
    if watched:
        parts.append("\n".join([say("You watch:", locale), *(f"- {escaped_within(one, _LONGEST_LISTED)}" for one in watched)]))
    forget = Control(say("Forget it now", locale), press=ButtonId(ButtonAction.FORGET, owner=owner))
    give = Control(say("Give me a file of it", locale), press=ButtonId(ButtonAction.GIVE_TOLD, owner=owner))
    row = (forget, give) if told is not None or watched else (forget,)
    return Card(title=say("What is kept about you", locale), body="\n\n".join(parts), rows=(row,), is_personal=True)


def _kept_lines(locale: str) -> tuple[str, ...]:
    talk, member, seen = round(FORGOTTEN_AFTER / 60), round(REMEMBERED_FOR / 60), round(SEEN_FOR / 3600)
    keep, forget = say("Keep what I told you", locale), say("Forget it now", locale)
    spoken = "which postings we last spoke of and what about, for {minutes} minutes, so that I understand “and in Canada?”"
    servers = (
        "which of my servers you are a member of, for {minutes} minutes, so that you see their postings in direct messages,"
        " and where you used me last, for {hours} hours"
    )
    reported = "what you report as not right, with the answer and without your name unless you give it, for {days} days"
    done = "who added, changed, removed or restored which posting when: your Discord name and number, as part of the posting's history"
    told = "What you tell of yourself for `/fit`: for {minutes} minutes; longer only if you press *{keep}*, until you press *{forget}* here"
    watched = "What you watch, until you end it or press *{forget}*; what I told you of it, for {days} days"
    return (
        say("For a short while only:", locale),
        "- " + say(spoken, locale, minutes=talk),
        "- " + say(servers, locale, minutes=member, hours=seen),
        "\n" + say("Your questions are not kept; what I could not answer is counted without you.", locale),
        "\n" + say("Written down, for those who manage postings:", locale),
        "- " + say(reported, locale, days=REPORTS_LAST.days),
        "- " + say(done, locale),
        "- " + say("a posting that you add and neither keep nor cancel, with your name, for {days} days", locale, days=LASTING.days),
        "- " + say("what a server's admins set with `/settings`", locale),
        "\n" + say(told, locale, minutes=talk, keep=keep, forget=forget),
        say(watched, locale, forget=forget, days=ENTRIES_LAST.days),
    )


def forgotten_card(locale: str) -> Card:
    """Say that nothing is kept about a person any more."""
    return Card(say("Forgotten. I remember nothing about you.", locale), is_personal=True)


def given_card(locale: str) -> Card:
    """Say what is in the file that a person is given."""
    return Card(say("This is what you told me of yourself, and what you watch.", locale), is_personal=True)


# What a person tells of themselves.


def told_lines(told: Profile, locale: str) -> str:
    """Return what a person told of themselves, a line for each thing."""
    pay, place = told.pay, told.place
    is_country = place is not None and place.country is not None and place.state is None and place.city is None
    values = write_profile(told) | {
        "country": name_country(place.country, locale) if is_country and place and place.country else place.typed if place else "",
        "degree": say(NAMES[told.degree], locale) if told.degree else "",
        "visa": "" if told.needs_visa is None else say("Yes", locale) if told.needs_visa else say("No", locale),
    }
    if pay and pay.currency:
        amount = write_money(pay.value, pay.currency, form=form_of(locale))
        values["pay"] = " ".join(filter(None, (amount, say(EACH[pay.per], locale) if pay.per else "")))
    labels = {
        "country": say("Country or state", locale),
        "years": say("Years of experience", locale),
        "degree": say("Degree", locale),
        "skills": say("Skills", locale),
        "visa": say("Visa sponsorship needed", locale),
        "pay": say("Least pay", locale),
    }
    return (
        "\n".join(f"- {say_of(label, escaped(values[name]), locale=locale)}" for name, label in labels.items() if values.get(name)) or "–"
    )


def tell_card(owner: int, echo: str, *, locale: str) -> Card:
    """Ask a person to tell of themselves, before it is said what fits them; `echo` is what they asked."""
    asked = say(
        "Tell me a little of yourself first: where you live, years, degree, skills, visa, pay. Each may be left out."
        " I use it for your questions only, forget it after {minutes} minutes, and keep it longer only if you say so.",
        locale,
        minutes=round(FORGOTTEN_AFTER / 60),
    )
    return Card(
        asked,
        rows=((Control(say("Tell", locale), press=ButtonId(ButtonAction.TELL, owner=owner), look=Look.GOOD),),),
        footer=write_echo(echo, locale),
        tone=Tone.ASKING,
        is_personal=True,
    )


def not_here_card(answer: Answer, owner: int, *, locale: str) -> Card:
    """Say in public that an answer which goes by what somebody told is for them alone, with a button that shows what fits of a posting."""
    told = say("What fits you is for your eyes only. You may also ask me in a direct message.", locale)
    posting = answer.postings[0].id if answer.postings and answer.listing is None else None
    show = Control(say("Does it fit me?", locale), press=ButtonId(ButtonAction.FIT, posting=posting or 0, owner=owner))
    return Card(told, rows=((show,),) if posting else (), tone=Tone.ASKING, is_personal=True)


def told_rows(owner: int, *, is_kept: bool, locale: str) -> tuple[Row, ...]:
    """Return the buttons below an answer that goes by what somebody told: to have it kept, and to tell otherwise."""
    keep = [] if is_kept else [Control(say("Keep what I told you", locale), press=ButtonId(ButtonAction.KEEP_TOLD, owner=owner))]
    return ((*keep, Control(say("Change what I told you", locale), press=ButtonId(ButtonAction.TELL, owner=owner))),)


def profile_form(told: Mapping[str, str], *, locale: str) -> Form:
    """Return the form in which a person tells of themselves, with what they told before; a form has five fields."""
    degrees = tuple((say(NAMES[level], locale), level.value) for level in EducationLevel)
    visa = ((say("I may work there already", locale), "no"), (say("I need an employer who sponsors a visa", locale), "yes"))
    years_and_pay = "; ".join(filter(None, (told.get("years", ""), told.get("pay", ""))))
    hints = say("As in: Kenya, or Texas", locale), say("As in: 4; 60000 EUR a year. One alone will do", locale)
    return Form(
        ButtonId(ButtonAction.TOLD),
        title=say("About you: each may be left empty", locale),
        fields=(
            TextField("country", say("Country, or state of the USA", locale), text=told.get("country", ""), hint=hints[0]),
            TextField("years", say("Years of experience; least pay", locale), text=years_and_pay, hint=hints[1]),
            ChoiceField("degree", say("Degree", locale), ChoiceKind.WORD, choices=degrees, chosen=told.get("degree", "")),
            TextField("skills", say("Skills", locale), text=told.get("skills", ""), hint="Python, SQL, …", is_long=True),
            ChoiceField("visa", say("Permit to work", locale), ChoiceKind.WORD, choices=visa, chosen=told.get("visa", "")),
        ),
    )


def read_form(texts: Mapping[str, str]) -> dict[str, str]:
    """
    Return what was sent with the form by what it is, as `read_profile` takes it.

    Years and pay stand in one field: in either order, with any sign between, or one of them alone.

    >>> read_form({"years": "4; 60000 EUR a year"}), read_form({"years": "60k EUR"}), read_form({"years": "4 years"})
    ({'years': '4', 'pay': '60000 EUR a year'}, {'pay': '60k EUR'}, {'years': '4 years'})
    """
    told = {name: texts[name] for name in PROFILE_FIELDS if name in texts and name != "years"}
    parts = [part.strip() for part in _BETWEEN.split(texts.get("years", ""), maxsplit=1) if part.strip()]
    if len(parts) > 1 and _can_be(read_pay, parts[0]) and not _can_be(read_years, parts[0]):
        parts.reverse()
    if len(parts) == 1 and not _can_be(read_years, parts[0]) and _LIKE_PAY.search(parts[0]):
        parts.insert(0, "")
    return told | {name: value for name, value in zip(("years", "pay"), parts, strict=False) if value}


def refusals_of(typed: Mapping[str, str], *, locale: str) -> str:
    """Return what is wrong with what was sent, a line for each thing that cannot be read; empty where all can be, and anything is told."""
    told = []
    for name, value in typed.items():
        try:
            read_profile({name: value})
        except RolecallError as error:
            told.append(escaped(as_sentence(render_error(error, locale))))
    if not told and read_profile(typed) == Profile():
        return as_sentence(say("Nothing was filled in; one thing is enough. `/privacy` deletes what you told before", locale))
    return "\n".join(told)


def _can_be(read: Callable[[str], object], typed: str) -> bool:
    try:
        read(typed)
    except RolecallError:
        return False
    return True


_BETWEEN = re.compile(r"\s*[;/|\n]\s*(?=\D{0,3}\d)|(?<=\w),\s+(?=\D{0,3}\d)")
_LIKE_PAY = re.compile(r"\d{3}|\d\s?[kK]\b|[$€£]|\b[A-Z]{3}\b")
"""Whatever else it is, it was not meant for years."""
