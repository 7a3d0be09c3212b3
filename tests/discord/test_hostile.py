"""What postings and people write cannot ping, hide, break or flood anything."""

from pathlib import Path
from typing import Any

import pytest
from builders_discord import Stage, embed_of, on_stage, rows_of, text_of

HOSTILE = """\
# Clerk [click me](https://evil.example/login) @everyone

Company: **Acme** <@&1> @here
Location: Remote

||Acme|| is hiring a clerk who files letters ```all day``` long for @everyone and <@123456789012345678> in the office.

## Requirements
- [Free money](https://evil.example/a_b_c) for @everyone
- ```py
- `code` and *stars* and __lines__ ~~gone~~ ||hidden||
- # a heading of its own
- > a quote of its own
- \u200b\u200b\u200b
- zero\u200bwidth and \u202eturned around
- Z\u0351\u0352\u0353\u0354\u0355\u0356\u0357a\u0351l\u0352g\u0353o

## Pay
We pay $50,000 to $60,000 a year.
"""
LONG_LINE = "Experience with " + "very " * 12_000 + "long lines"
ENDLESS = f"# Cook\n\nCompany: Brook\n\nBrook is looking for a cook.\n\n## Requirements\n- {LONG_LINE}\n" + "- A knife\n- A spoon\n" * 200


def _sent(stage: Any) -> list[dict[str, Any]]:
    return [entry.json for entry in stage.env.http_requests if isinstance(entry.json, dict)]


async def test_markdown_and_masked_links_of_a_posting_are_shown_as_text(tmp_path: Path) -> None:
    async with on_stage(tmp_path, {"hostile.md": HOSTILE}) as stage:
        told = text_of(await stage.mia.slash(stage.channel, "requirements", company="acme"))
        assert "- Free money for" in told
        assert "](http" not in told.replace("\\]", "")
        assert "```" not in told
        assert "||" not in told
        assert "- code and stars and" in told


async def test_no_mention_can_be_made_by_a_posting(tmp_path: Path) -> None:
    async with on_stage(tmp_path, {"hostile.md": HOSTILE}) as stage:
        for command in ("requirements", "company", "salary"):
            await stage.mia.slash(stage.channel, command, company="acme")
        await stage.direct("tell me about @everyone at acme <@1>")
        answer = text_of(await stage.mia.slash(stage.channel, "requirements", company="acme"))
        assert "@everyone" not in answer
        assert "<@" not in answer.replace("\\<@", "")
        bodies = [body.get("data", body) for body in _sent(stage) if "components" in body or "components" in body.get("data", {})]
        assert bodies
        assert all(body["allowed_mentions"] == {"parse": []} for body in bodies)


async def test_a_posting_without_end_is_cut_into_pages_that_discord_takes(tmp_path: Path) -> None:
    async with on_stage(tmp_path, {"endless.md": ENDLESS}) as stage:
        answer = await stage.mia.slash(stage.channel, "requirements", company="brook")
        embed = embed_of(answer)
        assert len(embed) <= 6000
        assert len(embed.description or "") <= 4096
        assert "very…" in text_of(answer)


@pytest.mark.parametrize(
    "text", ["\u200b", "@everyone", "[x](https://evil.example)", "a" * 2000, "\u202e" * 500, "```" * 100, "💥" * 400, "%s {0} {x}"]
)
async def test_whatever_a_person_writes_is_answered_harmlessly(text: str, stage: Stage) -> None:
    answer = await stage.direct(text)
    assert len(embed_of(answer)) <= 6000
    assert "@everyone" not in (embed_of(answer).description or "")
    told = await stage.mia.slash(stage.channel, "salary", company=text[:200])
    assert len(embed_of(told)) <= 6000
    assert "](https" not in (embed_of(told).description or "").replace("\\]", "")


async def test_an_address_that_is_none_makes_no_button_and_no_title_link(tmp_path: Path) -> None:
    text = "# [Cook](javascript:alert(1))\n### Brook\n\nBrook is looking for a cook.\nApply: http://user:pw@evil.example/x\n"
    async with on_stage(tmp_path, {"odd.md": text}) as stage:
        answer = await stage.mia.slash(stage.channel, "apply", company="brook")
        assert embed_of(answer).url is None
        assert all(button.get("url") is None for row in rows_of(answer) for button in row["components"])
