"""What a reading process may take: less of the processor than the answers, so much memory and so much time."""

import contextlib
import gc
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_NICER = 5
"""How much lower its priority is: beside it a process of ordinary priority gets three quarters of a core, and it is not starved."""

_MEMORY_BOUND = 1_000_000_000
"""Bytes of addresses: 140 MB are the program itself, and 10 MB of JSON in small pieces become 300 MB of values."""

_COLLECTED_AFTER = (50_000, 20, 100)
"""
Python's own are (700, 10, 10): reading makes many small objects, hardly any of them garbage that refers to itself, and took a tenth longer.
"""

_FIRST_TO_END = "900"
"""Where the memory of the whole machine runs out, Linux ends such a process, and not the one that answers."""


def collect_seldom() -> None:
    """Let the garbage collector look less often through what reading postings makes."""
    gc.set_threshold(*_COLLECTED_AFTER)


def limit_process() -> None:
    """Lower the priority of this process and bound its memory, as far as the system has ways to do so."""
    if hasattr(os, "nice"):
        os.nice(_NICER)
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(_FIRST_TO_END, encoding="ascii")
    if sys.platform != "win32":
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        bound = _MEMORY_BOUND if hard == resource.RLIM_INFINITY else min(_MEMORY_BOUND, hard)
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_AS, (bound, hard))


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """
    End this process if what is done inside takes longer; only for processes that do nothing else.

    Where there are alarms the system itself ends it, also while one long step holds the interpreter; elsewhere a thread does.
    """
    if sys.platform != "win32":
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, seconds)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
        return
    timer = threading.Timer(seconds, os._exit, (1,))
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
