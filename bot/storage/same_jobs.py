"""Postings of one job on several boards, by agencies and under new links: found by their words, told of, and never merged."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.posting import ActionKind, Openness, OtherPosting
from bot.storage.database import Part, Turn
from bot.storage.records import RowState
from bot.storage.tables import in_chunks, is_current, posting, same_job, seen, sighting, word_band
from bot.storage.writing import to_action_row

MOST_ALSO_AT = 10
_MOST_CANDIDATES, _MOST_OF_BAND = 50, 200


class SameJobs(Part):
    """
    Which postings are of one job; every method may raise StorageError.

    A server's posting is compared with its own and everyone's, one of everyone's with all; whom that is told, scopes say at the reading.
    """

    async def find_candidates(self, bands: Sequence[int], *, scopes: Collection[str] | None, apart_from: int = 0) -> list[tuple[int, str]]:
        """
        Return the current postings that share most bands, each with its scope, at most fifty; those of all scopes for None.

        Of a band that very many share, as of an agency's own words, the newest are looked at.
        """
        if not bands:
            return []
        given: dict[str, object] = {f"band{number}": value for number, value in enumerate(bands)}
        asked = _sharing_most(len(bands), None if scopes is None else frozenset(scopes))
        return [(row.lineage, row.scope) for row in await self._database.read(asked, {"apart_from": apart_from, **given})]

    async def file(self, bands: Mapping[int, Sequence[int]], *, scopes: Mapping[int, str]) -> None:
        """Write down by which bands postings are found, in the place of what was there; their scopes by the same ids."""
        async with self._database.writing() as turn:
            for chunk in in_chunks(bands):
                await turn.connection.execute(sa.delete(word_band).where(word_band.c.lineage.in_(chunk)))
                rows = [{"lineage": one, "value": value, "scope": scopes[one]} for one in chunk for value in bands[one]]
                if rows:
                    await turn.connection.execute(sa.insert(word_band), rows)

    async def write(self, number: int, same: Mapping[int, bool], *, apart: Sequence[tuple[int, int]] = ()) -> None:
        """
        Write down which postings are of one job with one, in the place of what was there: their ids, and whether they are of one company.

        Pairs that are `apart` are of one job no more.
        """
        async with self._database.writing() as turn:
            before = same_job.c.lineage.in_([number]) | same_job.c.other.in_([number])
            known = (await turn.connection.execute(select(same_job.c.lineage, same_job.c.other, same_job.c.is_repost).where(before))).all()
            reposts = {(row.lineage, row.other) for row in known if row.is_repost}
            await turn.connection.execute(sa.delete(same_job).where(before))
            for one, other in apart:
                pair = same_job.c.lineage.in_((one, other)) & same_job.c.other.in_((one, other))
                await turn.connection.execute(sa.delete(same_job).where(pair))
            rows = [
                {"lineage": one, "other": two, "is_same_company": is_company, "is_repost": (one, two) in reposts}
                for other, is_company in same.items()
                for one, two in ((number, other), (other, number))
            ]
            if rows:
                await turn.connection.execute(sa.insert(same_job), rows)
                await note_reposts(turn, [number])


@lru_cache(maxsize=64)
def _sharing_most(count: int, scopes: frozenset[str] | None) -> sa.Select[Any]:
    """Return what finds the postings that share most of so many bands."""
    own = [] if scopes is None else [seen(scopes, word_band.c.scope)]
    bands = (
        select(word_band.c.lineage)
        .where(word_band.c.value == sa.bindparam(f"band{number}"), word_band.c.lineage != sa.bindparam("apart_from"), *own)
        .order_by(word_band.c.lineage.desc())
        .limit(_MOST_OF_BAND)
        .subquery()
        for number in range(count)
    )
    every = sa.union_all(*(select(band.c.lineage) for band in bands)).subquery()
    shared = sa.func.count().label("shared")
    most = select(every.c.lineage, shared).group_by(every.c.lineage).order_by(shared.desc(), every.c.lineage.desc())
    best = most.limit(_MOST_CANDIDATES).subquery()
    found = select(best.c.lineage, posting.c.scope).select_from(best).join(posting, (posting.c.lineage == best.c.lineage) & is_current)
    return found.order_by(best.c.shared.desc(), best.c.lineage.desc())


async def note_reposts(turn: Turn, lineages: Sequence[int]) -> None:
    """Note which postings come again under a new link, of one company, while the earlier one is closed; one of each pair is of these."""
    earlier = posting.alias("earlier")
    asked = select(same_job.c.other, *(posting.c[name] for name in ("lineage", "scope", "revision", "company", "title")))
    asked = asked.select_from(same_job).join(posting, (posting.c.lineage == same_job.c.lineage) & is_current)
    asked = asked.join(earlier, (earlier.c.lineage == same_job.c.other) & (earlier.c.state == RowState.CURRENT.value))
    asked = asked.join(sighting, (sighting.c.lineage == same_job.c.other) & (sighting.c.openness == Openness.CLOSED))
    is_new_link = posting.c.link.is_not(None) & (earlier.c.link.is_(None) | (earlier.c.link != posting.c.link))
    is_later = same_job.c.is_same_company & ~same_job.c.is_repost & (same_job.c.lineage > same_job.c.other)
    for chunk in in_chunks(lineages):
        of_these = same_job.c.lineage.in_(chunk) | same_job.c.other.in_(chunk)
        rows = await turn.connection.execute(asked.where(of_these, is_later, is_new_link))
        found = {(row.lineage, row.other): row for row in rows}
        for lineage, other in found:
            pair = (same_job.c.lineage == lineage) & (same_job.c.other == other)
            await turn.connection.execute(sa.update(same_job).where(pair).values(is_repost=True))
        for row in {lineage: row for (lineage, _), row in found.items()}.values():
            turn.has_changed = True
            turn.actions.append(to_action_row(ActionKind.REPOSTED, row, before=row.revision, after=row.revision))


async def read_same_jobs(
    connection: AsyncConnection, ids: Collection[int], *, scopes: Collection[str]
) -> dict[int, tuple[list[OtherPosting], datetime | None]]:
    """Return where else the jobs of postings stand, as far as the scopes may see it, and when an earlier posting of each was first read."""
    if not ids:  # of most postings nothing is asked
        return {}
    first = posting.alias("first")
    own = (same_job.c.lineage, same_job.c.other, same_job.c.is_repost, posting.c.company, posting.c.link)
    asked = select(*own, first.c.read_at, sighting.c.openness).select_from(same_job)
    asked = asked.join(posting, (posting.c.lineage == same_job.c.other) & is_current)
    asked = asked.join(first, (first.c.lineage == same_job.c.other) & (first.c.revision == 1))
    asked = asked.outerjoin(sighting, sighting.c.lineage == same_job.c.other)
    asked = asked.where(same_job.c.lineage.in_(list(ids)), seen(scopes, sa.func.coalesce(posting.c.scope, "")))
    found: dict[int, tuple[list[OtherPosting], datetime | None]] = {}
    for row in sorted(await connection.execute(asked), key=lambda row: row.other):
        others, earlier_at = found.get(row.lineage, ([], None))
        if row.openness != Openness.CLOSED and len(others) < MOST_ALSO_AT:
            others.append(OtherPosting(id=row.other, company=row.company, link=row.link))
        if row.openness == Openness.CLOSED and row.is_repost and isinstance(row.read_at, datetime):
            earlier_at = min(row.read_at, earlier_at or row.read_at)
        found[row.lineage] = others, earlier_at
    return found
