"""What a bot says of itself: when it comes to a server, while it is set up, and when it is asked about."""

from dataclasses import dataclass
from datetime import datetime

from bot.presentation.buttons import ButtonAction, ButtonId
from bot.presentation.card import Card, Control, Look, Row, Tone, cut, escaped, readable
from bot.text.translations import say

_LONGEST_NAME = 100


def welcome_card(example: str | None, *, locale: str) -> Card:
    """Introduce the bot to a server; `example` is a company of which there is a posting, None where there are none yet."""
    named = escaped(cut(readable(example or "Acme"), _LONGEST_NAME))
    question = say("what does {} pay?", locale).format(named)
    lines = [
        say("I answer questions about job postings in their own words, and say so where they are silent.", locale),
        f"\n**{say('What you can ask', locale)}**",
        f"- {say('`/salary`, `/requirements`, `/countries` and more: one command for each thing that people ask', locale)}",
        f"- {say('`/ask`, or mention me: a question in your own words, as in “{question}”', locale, question=question)}",
        f"- {say('`/postings` lists what is here, `/help` what can be asked', locale)}",
        f"\n**{say('For those who manage this server', locale)}**",
        f"- {say('`/setup` asks who manages postings, in which language I answer, and where I tell what changed', locale)}",
        f"- {say('`/posting add` takes a text, a file or a link; or choose Apps and “Add as posting” in the menu of a message', locale)}",
    ]
    if example is None:
        lines.append("\n" + say("To try me, add five example postings; one press takes them away again.", locale))
    return Card(
        "\n".join(lines),
        title=say("Hello, I am Rolecall", locale),
        rows=(() if example else ((examples_control(locale),),)),
    )


def examples_control(locale: str) -> Control:
    """Return the button that adds the example postings, which takes the right to manage."""
    return Control(say("Add five examples", locale), press=ButtonId(ButtonAction.ADD_EXAMPLES), look=Look.GOOD)


def examples_card(count: int, *, locale: str) -> Card:
    """Say that the examples are there."""
    told = say("{number} example postings are here now. Try `/salary company:flex`, or ask me in your own words.", locale, number=count)
    taken = Control(say("Take the examples away", locale), press=ButtonId(ButtonAction.DROP_EXAMPLES))
    return Card(told, rows=((taken,),), is_personal=True)


def first_posting_rows(*, has_postings: bool, locale: str) -> tuple[Row, ...]:
    """Return what comes after the settings: the first posting, or examples to try with."""
    add = Control(say("Add a posting", locale), press=ButtonId(ButtonAction.ADD), look=Look.GOOD if not has_postings else Look.PLAIN)
    return ((add,) if has_postings else (add, Control(examples_control(locale).label, press=ButtonId(ButtonAction.ADD_EXAMPLES))),)


@dataclass(frozen=True)
class Standing:
    """How the bot stands at the moment."""

    version: str
    running_since: datetime
    latency: float
    """Seconds that Discord takes to answer; not finite where that is not known yet."""

    joined_at: datetime | None = None
    """When it came to the server where it is asked."""

    source: str = ""
    """Where its source code is."""


def about_card(standing: Standing, *, postings: int | None, owner: int, locale: str) -> Card:
    """Say what runs here; `postings` is None where the database does not answer."""
    lines = [f"{say('Version', locale)} {standing.version}"]
    if postings is not None:
        lines.append(say("{number} postings here; `/postings` lists them", locale, number=f"{postings:,}"))
    if standing.joined_at:
        lines.append(say("In this server since {date}", locale, date=_date(standing.joined_at)))
    lines.append(say("Running since {date}", locale, date=_date(standing.running_since, "f")))
    is_well = postings is not None and 0 <= standing.latency < float("inf")
    if postings is None:
        lines.append(say("The database does not answer just now; what I remember I still answer.", locale))
    elif is_well:
        milliseconds = round(standing.latency * 1000)
        lines.append(say("All is well: the database answers, and Discord within {number} ms.", locale, number=milliseconds))
    else:
        lines.append(say("The database answers; the connection to Discord is new.", locale))
    privacy = Control(say("What is kept about you", locale), press=ButtonId(ButtonAction.PRIVACY, owner=owner))
    source = (Control(say("Source code", locale), link=standing.source),) if standing.source else ()
    return Card(
        "\n".join(f"- {line}" for line in lines),
        title=say("About Rolecall", locale),
        tone=Tone.ANSWER if is_well else Tone.ASKING,
        rows=((privacy, *source),),
        is_personal=True,
    )


def _date(at: datetime, form: str = "D") -> str:
    return f"<t:{int(at.timestamp())}:{form}>"
