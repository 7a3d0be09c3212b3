"""Lays blocks of text out in pages; a block is never cut."""

from collections.abc import Iterable

LONGEST_PAGE = 1800
"""Characters: what is read without much scrolling; a chat takes 4,096."""

MOST_BLOCKS = 15


def lay_out(blocks: Iterable[str], *, longest: int = LONGEST_PAGE, most: int = MOST_BLOCKS) -> tuple[tuple[str, ...], ...]:
    """
    Return the pages, each as many blocks as fit; a block that is longer than a page has one for itself.

    There is always a page, if an empty one.

    >>> lay_out(["aaa", "bbb", "cc"], longest=8)
    (('aaa', 'bbb'), ('cc',))
    """
    pages: list[list[str]] = [[]]
    length = 0
    for block in blocks:
        if pages[-1] and (length + len(block) + 1 > longest or len(pages[-1]) == most):
            pages.append([])
            length = 0
        pages[-1].append(block)
        length += len(block) + 1
    return tuple(map(tuple, pages))
