"""Makes up long postings: an ordinary one, and some of shapes that are hard to read in linear time."""

from collections.abc import Callable

_PLACES = ("Lisbon", "Ghent", "Oslo", "Denver", "Austin", "Toronto", "Poland", "Chile", "Kenya", "Japan")
_TOOLS = ("Python", "Kotlin", "Terraform", "PostgreSQL", "React", "Kafka", "Rust", "Spark", "Django", "Ansible")


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


SHAPES: dict[str, Callable[[int], str]] = {
    "an ordinary posting": _posting,
    "one endless line": _one_line,
    "nothing but figures": _figures,
    "nothing but marks": _marks,
    "nothing but years": _years,
    "nothing but places": _places,
    "short lines": _short_lines,
}
"""What is repeated, with other numbers and words each time."""


def make_text(shape: str, length: int) -> str:
    """Return a text of about so many characters."""
    make = SHAPES[shape]
    parts = ["# [Clockmaker](https://jobs.example/1)\n### Tick & Tock\n#### `🌎 Remote`\n\n"]
    size = number = 0
    while size < length:
        parts.append(make(number))
        size += len(parts[-1])
        number += 1
    return "".join(parts)
