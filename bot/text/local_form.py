"""How a locale writes numbers and names countries; the words around them stay English."""

from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.numbers import format_currency

_SAME_AS = {"no": "nb", "zh-CN": "zh-Hans-CN", "zh-TW": "zh-Hant-TW"}
"""Tags that are in use, as the tables of forms call them."""


@lru_cache(maxsize=64)
def form_of(locale: str) -> Locale:
    """
    Return the forms of a locale by its BCP 47 tag, the English ones for a tag that is not known.

    >>> form_of("pt-BR").territories["DE"], form_of("tlh").language
    ('Alemanha', 'en')
    """
    try:
        return Locale.parse(_SAME_AS.get(locale, locale), sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en")


def write_money(amount: float, currency: str, *, form: Locale) -> str:
    """
    Write an amount, without cents where there are none.

    >>> write_money(135000, "USD", form=form_of("de")), write_money(20.5, "EUR", form=form_of("fr"))
    ('135.000 $', '20,50 €')
    """
    written: str = format_currency(amount, currency, locale=form, currency_digits=False, format=_pattern(form, amount))
    return " ".join(written.split())


def _pattern(form: Locale, amount: float) -> str:
    """Return the locale's pattern for money, with the cents left out of whole amounts."""
    pattern = str(form.currency_formats["standard"].pattern)
    return pattern.replace(".00", "") if float(amount).is_integer() else pattern
