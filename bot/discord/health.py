"""How the bot is: whether it is alive and ready, and figures for Prometheus; nothing tells of persons, servers or companies."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from functools import partial
from typing import Any, TypeAlias

import aiohttp
from aiohttp import web
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest

from bot.domain.answer import Answer
from bot.domain.errors import QuotaReached, RolecallError, SettingsError, UnreadablePosting

# What is counted.

_ANSWERING = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 15.0, 60.0, float("inf"))
_HOLDING = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, float("inf"))
TOO_MANY, SERVER_TROUBLE = 429, 500
ANSWER, NOTICE = "answer", "notice"
"""What may be under way; tasks are named so."""

Measure: TypeAlias = Callable[[], Awaitable[Mapping[str, int]]]
MeasureBoards: TypeAlias = Callable[[], Awaitable[Mapping[str, Mapping[str, int]]]]


class Figures:
    """Counts what happens since the start; each bot has its own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        own: dict[str, Any] = {"namespace": "rolecall", "registry": self.registry}
        self._questions = Counter("questions", "Questions by topic and by how they ended", ["topic", "outcome"], **own)
        self._answered = Histogram("answer_seconds", "From coming in to being answered", ["way"], buckets=_ANSWERING, **own)
        self.late = Counter("late", "Questions that came up too late to be deferred", **own)
        self.untold = Counter("untold", "Answers that could be brought to nobody", **own)
        self.reconnects = Counter("reconnects", "Lost connections to Discord's gateway", **own)
        self._troubles = Counter("discord_troubles", "Requests that Discord answered with 429 or an error of its own", ["status"], **own)
        self._refused = Counter("uploads_refused", "Uploads that were not taken, by why", ["reason"], **own)
        self.database = Histogram("database_seconds", "How long a statement takes", buckets=_HOLDING, **own)
        self._held_up = Histogram("loop_lag_seconds", "How much later than it should something has its turn", buckets=_HOLDING, **own)
        self._waiting = Gauge("waiting", "What is under way: answers, and notices to be sent", ["kind"], **own)
        self._rows = Gauge("rows", "What the database holds", ["kind"], **own)
        self._counted = {
            "boards": Gauge("boards", "Boards that are followed, and of these paused ones and those that are due", ["state"], **own),
            "links": Gauge("links", "Addresses of single postings that are due", ["state"], **own),
            "openness": Gauge("openness", "Postings by whether they are still open", ["verdict"], **own),
            "boards_read": Gauge("boards_read", "Boards that were read within the last hour, day and week, and never", ["within"], **own),
            "boards_failing": Gauge("boards_failing", "Boards that could not be read last, by their kind", ["kind"], **own),
        }
        ProcessCollector(registry=self.registry)

    def count_answer(self, answer: Answer) -> None:
        """Count a question."""
        self._questions.labels(answer.topic or "none", answer.state.value).inc()

    def time_answer(self, way: str, since: float) -> None:
        """Note how long an answer took; `since` is the loop's clock when it was asked for."""
        self._answered.labels(way).observe(max(asyncio.get_running_loop().time() - since, 0.0))

    def count_refusal(self, error: RolecallError) -> None:
        """Count an upload that was not taken; other refusals are none."""
        if isinstance(error, UnreadablePosting | QuotaReached):
            self._refused.labels("quota" if isinstance(error, QuotaReached) else "unreadable").inc()

    def watch_waiting(self, count: Callable[[str], int]) -> None:
        """Ask from now on how much is under way, by its kind."""
        for kind in (ANSWER, NOTICE):
            self._waiting.labels(kind).set_function(partial(count, kind))

    def trace(self) -> aiohttp.TraceConfig:
        """Return what counts the troubles in Discord's answers."""

        async def note(*told: Any) -> None:
            status = told[-1].response.status
            if status == TOO_MANY or status >= SERVER_TROUBLE:
                self._troubles.labels(str(status)).inc()

        config = aiohttp.TraceConfig()
        config.on_request_end.append(note)
        return config

    async def measure_lag(self) -> None:
        """Look at how long others hold up the loop, until this is cancelled."""
        while True:
            due = time.monotonic() + _LOOKED_EVERY
            await asyncio.sleep(_LOOKED_EVERY)
            self._held_up.observe(max(time.monotonic() - due, 0.0))

    async def measure_rows(self, measure: Measure, measure_boards: MeasureBoards | None = None) -> None:
        """Count now and then what the database holds and how boards are kept current, until this is cancelled."""
        while True:
            with suppress(RolecallError):
                for kind, count in (await measure()).items():
                    self._rows.labels(kind).set(count)
                for name, counts in (await measure_boards()).items() if measure_boards else ():
                    self._counted[name].clear()  # a kind of which none fails any more is not there at all
                    for label, count in counts.items():
                        self._counted[name].labels(label).set(count)
            await asyncio.sleep(_COUNTED_EVERY)


_LOOKED_EVERY, _COUNTED_EVERY = 0.25, 60.0


# What asks for it.

Check: TypeAlias = Callable[[], Awaitable[bool]]
_PATIENCE = 2.0
"""Seconds that a check may take."""


@asynccontextmanager
async def serving_health(
    figures: Figures,
    checks: Mapping[str, Check],
    *,
    measure: Measure,
    measure_boards: MeasureBoards | None = None,
    place: tuple[str, int],
) -> AsyncIterator[int]:
    """
    Answer /healthz, /readyz and /metrics as long as this lasts; give the port, which is any free one for 0.

    `measure` counts what the database holds, `measure_boards` how boards are kept current, by figure and label; `place` is the address and
    port. Raises SettingsError where the port cannot be had.
    """

    async def tell_ready(_request: web.Request) -> web.Response:
        found = {name: await _holds(check) for name, check in checks.items()}
        return web.json_response(found, status=200 if all(found.values()) else 503)

    async def tell_alive(_request: web.Request) -> web.Response:
        return web.Response(text="alive\n")

    async def tell_figures(_request: web.Request) -> web.Response:
        return web.Response(body=generate_latest(figures.registry), headers={"Content-Type": "text/plain; version=0.0.4; charset=utf-8"})

    app = web.Application()
    app.add_routes([web.get("/healthz", tell_alive), web.get("/readyz", tell_ready), web.get("/metrics", tell_figures)])
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, *place).start()
        except OSError as error:
            told = f"nothing can listen at {place[0]}:{place[1]} ({error.strerror}); set another HEALTH_PORT or HEALTH_HOST"
            raise SettingsError(told) from error
        measuring = [asyncio.create_task(work) for work in (figures.measure_lag(), figures.measure_rows(measure, measure_boards))]
        try:
            yield int(runner.addresses[0][1])
        finally:
            for task in measuring:
                task.cancel()
    finally:
        await runner.cleanup()


async def _holds(check: Check) -> bool:
    try:
        async with asyncio.timeout(_PATIENCE):
            return await check()
    except (RolecallError, TimeoutError):
        return False
