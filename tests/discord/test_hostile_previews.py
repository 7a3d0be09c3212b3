"""Previews of hostile postings ping nobody, hide nothing, and stay within what Discord takes."""

from typing import Any

import pytest
from builders_discord import buttons_of, embed_of, rows_of, text_of
from builders_managing import Managed, form_of, labels_of

from bot.domain.person import ROLECALL
from bot.parsing.parse import parse_posting
from bot.presentation.buttons import ButtonAction, ButtonId

HOSTILE = """\
# Clerk [click me](https://evil.example/login) @everyone

Company: **Acme** <@&1> @here
Location: ||Remote|| <@123456789012345678>

||Acme|| is hiring a clerk who files letters ```all day``` long for @everyone and <@123456789012345678> in the office.

## Requirements
- [Free money](https://evil.example/a_b_c) for @everyone
- ```py
- `code` and *stars* and __lines__ ~~gone~~ ||hidden||
- > a quote of its own
- zero\u200bwidth and \u202eturned around

## Pay
We pay $50,000 to $60,000 a year.
"""
MANY = "# Cook\n\nCompany: Brook\n\nBrook is looking for a cook.\n\n## Requirements\n" + "".join(
    f"- Experience with recipe number {number} of the book\n" for number in range(3_000)
)
LONG_LINE = f"# Cook\n\nCompany: Brook\n\nBrook is looking for a cook.\n\n## Requirements\n- Experience with {'very ' * 20_000}long lines\n"
LONG_NAMES = f"# {'Cook ' * 900}\n\nCompany: {'Brook' * 900}\n\nBrook is looking for a cook who cooks for everybody each day.\n"
SIGNS = "# Cook\n\nCompany: Brook\n\n## Requirements\n" + "".join(f"- {'*_`|~>' * 90} {number}\n" for number in range(60))
WIDE = "# Cook\n\nCompany: Brook\n\n## Requirements\n" + "".join(f"- {'💥' * 300} experience {number}\n" for number in range(60))


def _check_limits(answer: Any) -> None:
    embed = embed_of(answer)
    assert len(embed) <= 6000
    assert len(embed.title or "") <= 256
    assert len((embed.description or "").encode("utf-16-le")) // 2 <= 4096
    rows = rows_of(answer)
    assert len(rows) <= 5
    buttons = [button for row in rows for button in row["components"]]
    assert all(len(row["components"]) <= 5 for row in rows)
    assert all(len(button["label"]) <= 80 and len(button.get("custom_id", "")) <= 100 for button in buttons)
    ids = [button["custom_id"] for button in buttons if "custom_id" in button]
    assert len(ids) == len(set(ids))


async def _preview(managed: Managed, text: str) -> Any:
    """Show the preview of any text, without the process that an upload of it would be read in."""
    posting = parse_posting(text, "hostile.md")
    proposal = await managed.stage.opened.store.proposals.put(posting, scope=managed.scope, by=ROLECALL)
    shown_before = await managed.paste()
    managed.put_button(shown_before, ButtonId(ButtonAction.LOOK, proposal=proposal.id).id)
    return await managed.press(shown_before, "Keep")


def _check_words(answer: Any) -> None:
    told = text_of(answer)
    for sign in ("@everyone", "@here", "||", "```"):
        assert sign not in told
    assert "<@" not in told.replace("\\<@", "")
    assert "](http" not in told.replace("\\]", "")


CASES = {"marks": HOSTILE, "many": MANY, "line": LONG_LINE, "names": LONG_NAMES, "signs": SIGNS, "wide": WIDE}


@pytest.mark.parametrize("text", CASES.values(), ids=CASES)
async def test_every_page_and_form_is_one_that_discord_takes(text: str, managed: Managed) -> None:
    page = await _preview(managed, text)
    for _ in range(12):
        _check_limits(page)
        _check_words(page)
        if buttons_of(page).get("Next ▶", {"disabled": True}).get("disabled"):
            break
        page = await managed.press(page, "Next ▶")
    groups = await managed.press(page, "Correct …")
    _check_limits(groups)
    for label in [label for label in labels_of(groups) if label not in ("◀ Preview", "More ▶")][:6]:
        form = await managed.press(groups, label)
        assert form.modal is not None
        assert len(form.modal["title"]) <= 45
        for name, field in form_of(form).items():
            assert len(name) <= 45
            assert len(field.get("value", "").encode("utf-16-le")) // 2 <= 4000
    kept = await managed.press(await managed.press(groups, "◀ Preview"), "Keep")
    _check_limits(kept)
    _check_words(kept)
    assert len(await managed.kept()) == 1
