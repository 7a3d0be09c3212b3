"""Names in alphabetical order, for finding those that start with what was typed."""

from bisect import bisect_left, insort
from itertools import takewhile

Row = tuple[str, str]
"""A name, or its end from some word on, and the company's key."""


class NamesInOrder:
    """
    Rows that are sorted once, when first asked for, and kept in order from then on.

    >>> names = NamesInOrder()
    >>> names.add(("nomadhealth", "nomadhealth")), names.add(("flex", "flex"))
    (None, None)
    >>> names.starting("no", limit=5)
    [('nomadhealth', 'nomadhealth')]
    """

    def __init__(self) -> None:
        self._rows: list[Row] = []
        self._is_sorted = False

    def add(self, row: Row) -> None:
        """Take in a row."""
        if self._is_sorted:
            insort(self._rows, row)
        else:
            self._rows.append(row)

    def remove(self, row: Row) -> None:
        """Take a row out that is there."""
        self._sort()
        del self._rows[bisect_left(self._rows, row)]

    def starting(self, beginning: str, *, limit: int) -> list[Row]:
        """Return the first rows that start so, in order."""
        self._sort()
        start = bisect_left(self._rows, (beginning,))
        return list(takewhile(lambda row: row[0].startswith(beginning), self._rows[start : start + limit]))

    def _sort(self) -> None:
        """Sort the rows where they are not."""
        if not self._is_sorted:
            self._rows.sort()
            self._is_sorted = True
