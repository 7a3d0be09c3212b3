"""The forms that people shorten a company's name to."""

import re
from enum import IntEnum
from functools import cache

from bot.matching.company_key import company_key, company_words, generic_words, glue_words, join_words
from bot.text.lexicon import read_lexicon


class FormKind(IntEnum):
    """How a form comes from the name, nearest first."""

    FULL = 0
    """The whole name: "nomadhealth"."""

    ALIAS = 1
    """Another name, or the whole without "the", "and" or ".com"."""

    CORE = 2
    """Without the words that say what kind of company it is: "nomad"."""

    ACRONYM = 3
    """Initials: "nbcu"."""

    PREFIX = 4
    """Its first words: "paloalto" of Palo Alto Networks."""


_SHORTEST_ACRONYM = 3
_SHORTEST_PREFIX = 3
_MOST_PREFIX_WORDS = 3
_DOMAIN_ENDING = re.compile(r"\.([A-Za-z]{2,4})$")
_CAPITAL = re.compile(r"[A-Z]")


def name_forms(name: str) -> dict[str, FormKind]:
    """
    Return every form that the name may be typed in, as a key, with the nearest way that it comes about.

    >>> {form: kind.name for form, kind in name_forms("Nomad Health, Inc.").items()}
    {'nomadhealth': 'FULL', 'nomad': 'CORE'}
    >>> name_forms("Palo Alto Networks")["pan"].name, "health" in name_forms("Nomad Health")
    ('ACRONYM', False)
    """
    words = company_words(name)
    forms = {join_words(words): FormKind.FULL}
    for form in _other_names(name, words):
        forms.setdefault(form, FormKind.ALIAS)
    if len(words) > 1:
        forms.setdefault("".join(_core(words)), FormKind.CORE)
        for form in _prefixes(words):
            forms.setdefault(form, FormKind.PREFIX)
    for form in _acronyms(name, words):
        forms.setdefault(form, FormKind.ACRONYM)
    forms.pop("", None)
    return forms


def core_of(name: str) -> str:
    """
    Return the key of a name without the words that say what kind of company it is; the whole if nothing else is left.

    >>> core_of("Grafana Labs"), core_of("Health Group")
    ('grafana', 'healthgroup')
    """
    return "".join(_core(company_words(name)))


def _other_names(name: str, words: tuple[str, ...]) -> list[str]:
    """Return the name's aliases, and the whole name without "the", without "and", without its domain ending."""
    forms = list(_aliases().get("".join(words), ()))
    if len(words) > 1 and words[0] == "the" and words[1:] != ("company",):
        forms.append("".join(words[1:]))
    if "and" in words[1:]:
        forms.append("".join(word for word in words if word != "and"))
    if "." in name and (ending := _DOMAIN_ENDING.search(name.strip())) and ending[1].lower() in _domain_endings():
        forms.append(company_key(name.strip()[: ending.start()]))
    return forms


def _core(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words up to the generic ones at the end."""
    generic, glue = generic_words(), glue_words()
    end = len(words)
    while end > 1 and (words[end - 1] in generic or words[end - 1] in glue):
        end -= 1
    names_somebody = words[0] not in generic and words[0] not in glue
    return words[:end] if end > 1 or (names_somebody and words[0].isalpha()) else words


def _prefixes(words: tuple[str, ...]) -> list[str]:
    """Return the name's first words: one, two, three; none that ends in glue or only says a kind of company."""
    glue, found = glue_words(), []
    for size in range(1, min(len(words), _MOST_PREFIX_WORDS + 1)):
        if words[size - 1] in glue or (size == 1 and words[0] in generic_words()):
            continue
        form = "".join(words[:size])
        if len(form) >= _SHORTEST_PREFIX and not form.isdigit():
            found.append(form)
    return found


def _acronyms(name: str, words: tuple[str, ...]) -> list[str]:
    """Return the initials of the words, and the capitals of a name that is spelt with several at its start: "NBCUniversal"."""
    found = []
    if len(words) >= _SHORTEST_ACRONYM:
        glue = glue_words()
        found.append("".join([word[0] for word in words if word not in glue]))
    if name[:2].isupper() and not name.isupper():
        found.append("".join(_CAPITAL.findall(name)).lower())
    return [form for form in found if _SHORTEST_ACRONYM <= len(form) < len("".join(words)) and form.isalpha()]


@cache
def _aliases() -> dict[str, list[str]]:
    """Return the other names of companies, by the company's key."""
    names: dict[str, list[str]] = {}
    for alias, name in read_lexicon("companies")["aliases"].items():
        names.setdefault(company_key(name), []).append(company_key(alias))
    return names


@cache
def _domain_endings() -> frozenset[str]:
    """Return the endings of addresses that people leave off."""
    return frozenset(read_lexicon("companies")["domain_endings"])
