"""Places that markup holds in fields, written as postings write them."""

from typing import Any

from bot.parsing.formats.loose_json import as_object, as_words
from bot.text.local_form import form_of


def write_place(value: Any) -> str | None:
    """
    Write a schema.org Place or PostalAddress, or a place in words; None where it names nothing.

    >>> write_place({"address": {"addressLocality": "Lyon", "addressRegion": "", "addressCountry": {"name": "FR"}}})
    'Lyon, France'
    >>> write_place("Lyon"), write_place({})
    ('Lyon', None)
    """
    if isinstance(value, str):
        return as_words(value)
    place = as_object(value)
    inner = place.get("address", place)
    if isinstance(inner, str):
        return as_words(inner)
    address = as_object(inner)
    parts = [as_words(address.get(key)) for key in ("addressLocality", "addressRegion")]
    country = as_words(address.get("addressCountry"))
    words = [part for part in (*parts, name_country(country) if country else None) if part]
    return ", ".join(dict.fromkeys(words)) or as_words(place.get("name"))


def name_country(words: str) -> str:
    """
    Return a country's name for its code, which in a place may also be a state's; other words as they are.

    >>> name_country("DE"), name_country("Germany"), name_country("EU")
    ('Germany', 'Germany', 'EU')
    """
    code = words.upper()
    if len(code) != 2 or not code.isalpha() or code in ("EU", "UN", "ZZ"):  # noqa: PLR2004
        return words
    name: str = form_of("en").territories.get("GB" if code == "UK" else code, words)
    return name
