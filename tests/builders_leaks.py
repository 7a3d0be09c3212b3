"""Random worlds for the test of leaks: servers with postings that are much alike, each full of words that nobody elsewhere may read."""

import json
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from bot.admin.context import Services
from bot.domain import facts as facts_of_domain
from bot.domain.answer import Answer
from bot.domain.facts import Experience, Fact, Pay, Period, Quote
from bot.domain.person import EVERYONE, Actor
from bot.domain.posting import Posting
from bot.intake.sources import Source
from bot.presentation.card import Card, Control, Form, TextField

NAMES = ("Acme", "Acme Labs", "Acne", "Brook & Vale", "Brooks Vale", "Nomad Health", "Nomad List")
ROLES = ("Data Engineer", "Data Analyst", "Baker")
_LETTERS = "bcdfghjklmnpqrstvwxz"
_SECRET = re.compile(rf"zq(?:[{_LETTERS}]u){{4}}qz|\d{{3}},\d{{3}}")
_SELDOM = 0.03
_NEAR = 6
"""A new server stands beside some of so many that were new before."""


@dataclass
class Secrets:
    """Words and amounts, each in one posting of one scope, and who may read them."""

    of: dict[str, str] = field(default_factory=dict)
    """The scope that a secret belongs to."""

    managed: set[str] = field(default_factory=set)
    """Those that only who manages the scope may read: of removed and proposed postings."""

    spoken: set[str] = field(default_factory=set)
    """Those that somebody typed who must not know them: what they typed may be repeated."""

    def word(self, scope: str) -> str:
        """A word that stands in no lexicon."""
        number = len(self.of)
        word = "zq" + "".join(_LETTERS[number // 20**place % 20] + "u" for place in range(4)) + "qz"
        self.of[word] = scope
        return word

    def amount(self, scope: str) -> int:
        """An amount of six digits that stands nowhere else."""
        amount = 100_000 + len(self.of) * 7 % 899_999
        self.of[f"{amount:,}"] = scope
        return amount

    def open(self, scope: str) -> None:
        """Let all who see a scope read what was managed there: whoever manages it may just have kept it."""
        self.managed -= {secret for secret in self.managed if self.of[secret] == scope}

    def leaked(self, words: str, *, readers: Collection[str], manages: str | None = None) -> list[str]:
        """Return what may not be read by somebody who sees some scopes' postings, and manages one scope or none."""
        found = [secret for secret in _SECRET.findall(words) if secret in self.of and secret not in self.spoken]
        return [one for one in found if self.of[one] != manages and (self.of[one] not in readers or one in self.managed)]

    def shows(self, words: str, scopes: Collection[str]) -> bool:
        """Tell whether anything of these scopes can be read."""
        return any(self.of.get(secret) in scopes for secret in _SECRET.findall(words))


@dataclass
class Scope:
    """What is in one server, or for everyone."""

    name: str
    postings: list[int] = field(default_factory=list)
    """The numbers of all its postings, removed ones with them."""

    whole: list[Posting] = field(default_factory=list)
    proposals: list[str] = field(default_factory=list)
    uploads: list[str] = field(default_factory=list)


@dataclass
class World:
    """A server that nobody has seen before beside others, and everyone's postings."""

    scopes: tuple[Scope, ...]

    @property
    def servers(self) -> list[int]:
        """The servers' ids."""
        return [int(scope.name) for scope in self.scopes if scope.name != EVERYONE]

    def numbers_hidden_from(self, readers: Collection[str]) -> set[int]:
        """The numbers of postings that somebody may not see."""
        return {number for scope in self.scopes if scope.name not in readers for number in scope.postings}


def make_posting(random: Random, secrets: Secrets, scope: str) -> Posting:
    """A posting whose source, company, title, text, pay and link each hold a secret of its own."""
    in_source, in_name, in_title, in_link, *in_text = (secrets.word(scope) for _ in range(7))
    amount, place = secrets.amount(scope), random.choice(("Kenya", "Germany"))
    values: dict[str, tuple[Any, str]] = {
        "pay": (Pay(minimum=amount, maximum=amount, currency="USD", per=Period.YEAR), f"We pay ${amount:,} a year, {in_text[0]}."),
        "requirements": (f"You know Python and {in_text[1]}", f"You know Python and {in_text[1]}."),
        "countries": (
            facts_of_domain.Eligibility(scope=facts_of_domain.Scope.LISTED, countries=("KE" if place == "Kenya" else "DE",)),
            f"You may work from {place} for {in_text[2]}.",
        ),
        "experience": (Experience(years=4), "At least 4 years of it."),
    }
    facts = {topic: (Fact(value=value, quote=Quote(text=words)),) for topic, (value, words) in values.items() if random.random() < 0.75}
    if "requirements" in facts:
        facts["skills"] = (Fact(value="Python", quote=facts["requirements"][0].quote),)
    return Posting(
        source=f"{in_source}.md",
        title=f"{random.choice(ROLES)} {in_title}",
        company=f"{random.choice(NAMES)} {in_name}",
        link=f"https://jobs.example/{in_link}",
        location=None,
        text="\n\n".join([*(found[0].quote.text for found in facts.values()), f"On-call is every {in_text[0]} week."]),
        facts=facts,
    )


async def make_world(random: Random, known: list[Scope], *, secrets: Secrets, services: Services) -> World:
    """A new server with postings, which is added to the known ones, beside one or two of those; `known` begins with everyone's."""
    others = random.sample(known[1:][-_NEAR:], min(len(known) - 1, random.choice((1, 1, 2))))
    scope = Scope(str(10**17 + len(known)))
    known.append(scope)
    await _keep(scope, [make_posting(random, secrets, scope.name) for _ in range(random.choice((1, 1, 1, 2)))], services=services)
    if random.random() < _SELDOM or len(known) == 2:
        await _keep(known[0], [make_posting(random, secrets, EVERYONE)], services=services)
    await _add_what_is_managed(known[0] if random.random() < _SELDOM else scope, random, secrets=secrets, services=services)
    return World((known[0], *others, scope))


async def _keep(scope: Scope, made: Sequence[Posting], *, services: Services) -> None:
    kept = await services.store.keep(made, scope=scope.name, by=_actor_of(scope))
    scope.postings += [one.id for one in kept]
    scope.whole += made


async def _add_what_is_managed(scope: Scope, random: Random, *, secrets: Secrets, services: Services) -> None:
    """Give a scope a removed posting, a proposal, or an upload that waits, or none of them."""
    store, actor, before = services.store, _actor_of(scope), len(secrets.of)
    match random.choice(("proposed", "proposed", "waiting", "waiting", "removed", *["nothing"] * 7)):
        case "removed":
            (kept,) = await store.keep([make_posting(random, secrets, scope.name)], scope=scope.name, by=actor)
            await store.remove(kept.id, scopes={scope.name}, by=actor)
            scope.postings.append(kept.id)
        case "proposed":
            posting, revises = make_posting(random, secrets, scope.name), random.choice((None, *scope.postings))
            proposal = await store.proposals.put(posting, scope=scope.name, by=actor, revises=revises, base=revises and 1)
            scope.proposals.append(proposal.id)
        case "waiting":
            posting = make_posting(random, secrets, scope.name)
            found = [Source(posting.source, posting.text)] * 2
            scope.uploads.append(await services.uploads.keep(found, scope=scope.name, by=1))
    secrets.managed.update(list(secrets.of)[before:])


def _actor_of(scope: Scope) -> Actor:
    return Actor(id=f"discord:{scope.name}", name="somebody")


def words_of(shown: Any) -> str:
    """Everything that is read in what came out: a card, a form, an answer, choices."""
    return "\n".join(_parts_of(shown)).casefold()


def _parts_of(shown: Any) -> Iterator[str]:
    match shown:
        case str():
            yield shown
        case Card():
            yield from filter(None, (shown.body, shown.title, shown.link, shown.footer, shown.note))
            yield from (entry.body for entry in shown.entries)
            for control in controls_of(shown):
                yield from filter(None, (control.label, control.link, control.press.id if control.press else None))
            for file in shown.files:
                yield from (file.name, file.data.decode("utf-8", "replace"))
        case Form():
            yield shown.title
            for box in shown.fields:
                yield from (box.label, box.hint, box.text if isinstance(box, TextField) else "")
        case Answer():
            yield json.dumps(shown.model_dump(mode="json"), ensure_ascii=False)
        case _:
            for part in shown:
                yield from _parts_of(part)


def controls_of(shown: Any) -> list[Control]:
    """The buttons of a card."""
    if not isinstance(shown, Card):
        return []
    return [*(entry.control for entry in shown.entries), *(control for row in shown.rows for control in row)]
