"""The address that a posting from the web is kept with: its own, or that of its page."""

import re
from urllib.parse import unquote

from yarl import URL

from bot.text.links import to_link

_STATED = re.compile(r"---\n(?:(?!---)[^\n]*\n){0,60}?link: (?P<link>\S+)\n")
_TRACKING = re.compile(
    r"utm_\w+|gclid|fbclid|msclkid|dclid|yclid|twclid|li_fat_id|igshid|mc_[ce]id|_hs(?:enc|mi)|mkt_tok|_gl|gh_src|lever-(?:source|origin|via)"
    r"|trk|trackingid|refid",
    re.IGNORECASE,
)
"""Parameters that only tell where somebody came from; `ref` and `source` may be what names the posting."""


def choose_link(text: str, url: URL) -> str | None:
    r"""
    Return the link for a posting whose text was read out of a page: the page's, or None where the text's head states a better one.

    That of a site's front page is none: many give it as the address of each of their pages.

    >>> choose_link("---\ntitle: Cook\n---\n\nSee https://bistro.example/about.", URL("https://bistro.example/7?utm_source=x"))
    'https://bistro.example/7'
    >>> choose_link("---\nlink: https://bistro.example/apply/7\n---\n", URL("https://bistro.example/7")) is None
    True
    """
    stated = find_stated_link(text)
    return None if stated and not _is_front_page(stated) else clean_link(url)


def find_stated_link(text: str) -> str | None:
    """Return the link in the head that was written for what was read out of markup."""
    stated = _STATED.match(text)
    return stated["link"] if stated else None


def clean_link(url: URL) -> str | None:
    """
    Return an address without what only tracks people, or None for one that is too long for a link.

    >>> clean_link(URL("https://bistro.example/7?utm_source=x&ref=8%3D9&gh_src=y#top"))
    'https://bistro.example/7?ref=8%3D9'
    """
    query = url.raw_query_string
    kept = "&".join(part for part in query.split("&") if not _TRACKING.fullmatch(unquote(part.partition("=")[0])))
    bare = str(url.with_query(None).with_fragment(None))
    return to_link(f"{bare}?{kept}" if kept else bare)


def is_same_page(link: str | None, url: URL) -> bool:
    """
    Tell whether a link is a page's own: the same site, path and parameters.

    >>> is_same_page("http://www.bistro.example/7/", URL("https://bistro.example/7?utm_source=x"))
    True
    >>> is_same_page("https://bistro.example/8", URL("https://bistro.example/7"))
    False
    """
    return link is not None and _key(link) == _key(str(url))


def _key(link: str) -> str | None:
    try:
        found = clean_link(URL(link))
    except ValueError:
        return None
    return found and re.sub(r"^https?://(?:www\.)?", "", found).rstrip("/")


def _is_front_page(link: str) -> bool:
    try:
        url = URL(link)
    except ValueError:
        return True
    return url.path in ("", "/") and not url.query_string
