"""What was refused, as a file to read at leisure."""

from collections.abc import Iterable

from bot.intake.source import Refusal, to_label

_LONGEST_REASON = 1_000


def refusals_file(refusals: Iterable[Refusal]) -> bytes:
    r"""
    Return a text with one line for each refusal: what it is about, and why it was refused.

    >>> refusals_file([Refusal("a\nb.md", "a\nb.md is empty; give the posting's whole text")]).decode()
    "a\ufffdb.md is empty; give the posting's whole text\n"
    """
    return "".join(f"{_tell(refusal)}\n" for refusal in refusals).encode("utf-8", "replace")


def _tell(refusal: Refusal) -> str:
    reason = to_label(refusal.reason, _LONGEST_REASON)
    source = to_label(refusal.source)
    return reason if source in reason else f"{source}: {reason}"
