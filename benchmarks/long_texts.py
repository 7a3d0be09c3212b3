"""Makes up long postings: an ordinary one, and some of shapes that are hard to read in linear time."""

from collections.abc import Callable

_PLACES = ("Lisbon", "Ghent", "Oslo", "Denver", "Austin", "Toronto", "Poland", "Chile", "Kenya", "Japan")
_TOOLS = ("Python", "Kotlin", "Terraform", "PostgreSQL", "React", "Kafka", "Rust", "Spark", "Django", "Ansible")


_STATES = ("TX", "CA", "NY", "WA", "OR", "IN", "ME")


def _posting(number: int) -> str:
    place, tool = _PLACES[number % 10], _TOOLS[number // 3 % 10]
    low, high = f"{number % 90 + 60},{number % 900 + 100}", f"{number % 90 + 160},000"
    return (
        f"\n## Requirements {number}\n\n* {number % 9 + 1}+ years with **{tool}** in team {number}\n* A degree in field {number}\n"
        f"\n## What we offer in {place}\n\nThe base salary is ${low} to ${high} a year in {place}, office {number}. You may work\n"
        f"remotely from {place}, within {number % 5 + 1} hours of UTC+{number % 12}, and we do not sponsor visas for grade {number}.\n"
        f"- {number} days of leave\n- Apply at https://jobs.example/{number}\n"
    )


def _one_line(number: int) -> str:
    return f"we pay {number} dollars for {_TOOLS[number % 10]} in {_PLACES[number // 7 % 10]}, which "


def _figures(number: int) -> str:
    return f"${number} - {number + 7}k, {number}.000 € – up to {number},{number % 900 + 100} "


def _marks(number: int) -> str:
    return f"**{number} *[_a{number}_](https://x.example/({number}) `b` ### \\- | "


def _short_lines(number: int) -> str:
    return f"{number} remote\n* USA only:\n  - not {_PLACES[number % 10]} {number}\n"


def _years(number: int) -> str:
    return f"{number % 30}+ years of experience in {_TOOLS[number % 10]}, a BS/MS or degree {number} preferred, "


def _places(number: int) -> str:
    return f"{_PLACES[number % 10]}, US, TX or remote in {_PLACES[number // 10 % 10]} {number}, EST, "


def _places_by_state(number: int) -> str:
    return f"{_PLACES[number % 10]}, {_STATES[number % 7]} / {_STATES[number // 7 % 7]} | US or us us us & {_STATES[number % 5]}-{number}, "


def _denials(number: int) -> str:
    return f"We do not, not ever, hire or sponsor no one not in {_PLACES[number % 10]}, nor outside the US, except {number} not remote.\n"


def _cues(number: int) -> str:
    return (
        f"candidates must be located and eligible to work remote, hiring for this role {number} only in {_PLACES[number % 10]}; "
        f"not open outside of {_PLACES[number // 10 % 10]}. "
    )


def _pay_words(number: int) -> str:
    return f"salary pay bonus base range for the role in {_PLACES[number % 10]}: from ${number % 90 + 60}k per year plus equity budget, "


def _headings(number: int) -> str:
    return f"## What you will do {number}\n**Requirements:**\nNice to have {number}:\n"


def _deep_bullets(number: int) -> str:
    return f"{' ' * (number % 17)}{'*-+•'[number % 4]} {number}. o Experience {number} with {_TOOLS[number % 10]}:\n"


def _links(number: int) -> str:
    return f"[apply {number}](https://jobs.example/{number}/(a)?b=c) jobs{number}@shop.example https://www.x{number}.io/a_b_c "


def _labels(number: int) -> str:
    return f"Location: remote or hybrid\nType {number}: full-time, contract\nSalary: {number} EUR\nHours: {number % 12}:00 - 17:00 EST\n"


def _names(number: int) -> str:
    return f"At Acme{number} of Oak, we join The Tick{number}'s team. Elm{number} is a company. "


def _tags(number: int) -> str:
    return f'<div class="a{number}"><p>Remote &amp; <b>{number}</b><br/><li>Go</div>\n'


def _json(number: int) -> str:
    return f'{{"title": "Cook {number}", "place": ["{_PLACES[number % 10]}", null], "pay": {{"least": {number}}}}},\n'


def _quotes(number: int) -> str:
    return f"\"we're\" 'n' you'll “don’t” it's {number}'s ’’ '' \""


def _table(number: int) -> str:
    return f"| {number} | remote | {_PLACES[number % 10]} | ${number}k | --- | :--: |\n"


def _chinese(number: int) -> str:
    return f"我们正在招聘工程师{number}。薪水{number}万元，可远程工作！"


def _arabic(number: int) -> str:
    return f"نحن نبحث عن مهندس {number}، العمل عن بعد. "


def _pictures(number: int) -> str:
    return f"🎯 👩‍💻🇺🇸 {number} 💰\n✅ "


def _letters(number: int) -> str:
    return f"{number * 2654435761 % 2**64:X}aGVsbG8gd29ybGQ"


SHAPES: dict[str, Callable[[int], str]] = {
    "an ordinary posting": _posting,
    "one endless line": _one_line,
    "nothing but figures": _figures,
    "nothing but marks": _marks,
    "nothing but years": _years,
    "nothing but places": _places,
    "short lines": _short_lines,
    "a posting, no head": _posting,
    "places and codes": _places_by_state,
    "denials": _denials,
    "words of hiring": _cues,
    "words of pay": _pay_words,
    "headings": _headings,
    "deep bullets": _deep_bullets,
    "links": _links,
    "labels": _labels,
    "names": _names,
    "tags": _tags,
    "JSON": _json,
    "quotes": _quotes,
    "a table": _table,
    "Chinese": _chinese,
    "Arabic": _arabic,
    "pictures": _pictures,
    "letters and digits": _letters,
    "brackets": lambda _: "[(<{[(",
    "closed brackets": lambda _: "[]()()[](",
    "strokes": lambda _: "/ - | \\ -- — ",
    "stars": lambda _: "*_* ** __ `",
    "white space": lambda _: " \t \n  \n\n",
    "spaces": lambda _: "          ",
    "one word": lambda _: "remote ",
    "us": lambda _: "US us Us ",
    "not": lambda _: "not ",
    "digits": lambda _: "1234567890",
    "thousands": lambda _: "1,000.",
    "full stops": lambda _: "e.g. ",
    "one letter": lambda _: "a",
    "A": lambda _: "A ",
    "colons": lambda _: "a: b:\n",
}
"""What is repeated, with other numbers and words each time."""

_HEAD = "# [Clockmaker](https://jobs.example/1)\n### Tick & Tock\n#### `🌎 Remote`\n\n"
_HEADED = tuple(SHAPES)[:7]
"""These begin as a job board's postings do; of the others, the company's name is looked for in the text."""

_SENTENCE = "We bake bread for forty towns along the river, and look for a cook.\n\n"
"""So that texts without a letter are read too."""


def make_text(shape: str, length: int) -> str:
    """Return a text of about so many characters."""
    make = SHAPES[shape]
    parts = [_HEAD if shape in _HEADED else _SENTENCE]
    size = number = 0
    while size < length:
        parts.append(make(number))
        size += len(parts[-1])
        number += 1
    return "".join(parts)
