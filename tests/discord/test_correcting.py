"""A preview on Discord is corrected in forms: what was found stands in them, what is typed is checked, and nothing typed is lost."""

from typing import Any

from builders_discord import shown, text_of
from builders_managing import BAKER, BAKER_PAID_MORE, Managed, form_of, labels_of

from bot.intake.form_text import FORM_GROUPS

TERMS, HEAD, ASKED = ("Pay, contract, benefits, visa", "Title, company, link, location", "What is asked for")


async def _open(managed: Managed, preview: Any, group: str) -> Any:
    return await managed.press(await managed.press(preview, "Correct …"), group)


def _typed(form: Any, **changed: str) -> dict[str, str]:
    """What the form sends when only some boxes are changed."""
    fields = form_of(form)
    return {field["custom_id"]: changed.get(label.replace(" ", "_"), field.get("value", "")) for label, field in fields.items()}


def _by_phone(text: str) -> str:
    for plain, changed in (("'", "’"), ('"', "”"), ("--", "—"), ("...", "…")):
        text = text.replace(plain, changed)
    return f"{text} "


async def test_each_group_of_fields_has_a_form_with_what_was_found(managed: Managed) -> None:
    groups = await managed.press(await managed.paste(), "Correct …")
    assert labels_of(groups) == [*(group.label for group in FORM_GROUPS), "◀ Preview"]
    form = await managed.press(groups, TERMS)
    assert "We pay $40,000 to $50,000 a year." in form_of(form)["Pay"]["value"]
    assert "value" not in form_of(form)["Visa"]
    assert "Acme Bread · Night Baker" in text_of(await managed.press(groups, "◀ Preview"))


async def test_a_correction_is_shown_with_who_made_it_kept_and_told(managed: Managed) -> None:
    preview = await managed.paste()
    form = await _open(managed, preview, ASKED)
    sent = await managed.rita.submit_modal(form, _typed(form, Requirements="You can lift 25 kg"))
    assert shown(sent).id == shown(preview).id
    assert "1 requirement:" in text_of(sent)
    assert "✎ *corrected by rita*" in text_of(sent)
    form = await _open(managed, sent, HEAD)
    sent = await managed.rita.submit_modal(form, _typed(form, Location="Lisbon and Porto"))
    assert "Location: Lisbon and Porto ✎ *corrected by rita*" in text_of(sent)
    await managed.press(sent, "Keep")
    (kept,) = await managed.kept()
    assert {correction.field for correction in kept.posting.corrections} == {"requirements", "head_location"}
    assert "Two years" not in text_of(await managed.mia.slash(managed.channel, "requirements", company="acme bread"))


async def test_a_correction_survives_a_later_update_of_the_same_posting(managed: Managed) -> None:
    form = await _open(managed, await managed.paste(), ASKED)
    await managed.press(await managed.rita.submit_modal(form, _typed(form, Requirements="You can lift 25 kg")), "Keep")
    update = await managed.paste(BAKER_PAID_MORE, by=managed.omar)
    assert "✎ *corrected by rita*" in text_of(update)
    await managed.press(update, "Keep", by=managed.omar)
    (kept,) = await managed.kept()
    assert kept.revision == 2
    assert [fact.value for fact in kept.posting.facts["requirements"]] == ["You can lift 25 kg"]


async def test_an_emptied_box_says_that_the_posting_does_not_say(managed: Managed) -> None:
    form = await _open(managed, await managed.paste(), TERMS)
    sent = await managed.rita.submit_modal(form, _typed(form, Pay=""))
    assert "**Pay**: nothing\n✎ *corrected by rita*" in text_of(sent)
    await managed.press(sent, "Keep")
    assert "does not say" in text_of(await managed.mia.slash(managed.channel, "salary", company="acme bread"))


async def test_what_a_phone_changes_while_nobody_types_corrects_nothing(managed: Managed) -> None:
    text = BAKER.replace("You can lift 25 kg", "You'll lift 25 kg -- it's \"heavy\"...")
    form = await _open(managed, await managed.paste(text), ASKED)
    typed = {box: _by_phone(shown_text) for box, shown_text in _typed(form).items()}
    sent = await managed.rita.submit_modal(form, typed)
    assert "✎" not in text_of(sent)
    assert "You'll lift 25 kg" in text_of(sent)


async def test_complaints_change_nothing_and_what_was_typed_is_given_back(managed: Managed) -> None:
    form = await _open(managed, await managed.paste(), TERMS)
    told = await managed.rita.submit_modal(form, _typed(form, Pay="lots of money", Visa="yes | They love visas"))
    assert "Nothing was corrected" in text_of(told)
    assert "- Pay" in text_of(told)
    assert "- Visa" in text_of(told)
    (file,) = shown(told).attachments
    assert b"lots of money" in await file.read()
    again = await managed.press(told, "Open the form again")
    assert form_of(again)["Pay"]["value"] == "lots of money"
    sent = await managed.rita.submit_modal(again, _typed(again, Pay="40000 USD a year | We pay $40,000 to $50,000 a year.", Visa=""))
    assert "**Pay**: $40,000 a year" in text_of(sent)
    assert shown(sent).attachments == []


async def test_a_form_that_was_open_during_a_restart_is_taken(managed: Managed) -> None:
    form = await _open(managed, await managed.paste(), ASKED)
    await managed.stage.restart()
    sent = await managed.rita.submit_modal(form, _typed(form, Requirements="You can lift 25 kg"))
    assert "1 requirement:" in text_of(sent)


async def test_what_was_typed_for_a_preview_that_is_settled_is_given_back(managed: Managed) -> None:
    preview = await managed.paste()
    form = await _open(managed, preview, ASKED)
    await managed.press(await managed.press(preview, "◀ Preview"), "Keep")
    told = await managed.rita.submit_modal(form, _typed(form, Requirements="You can lift 25 kg"))
    assert "kept already" in text_of(told)
    (file,) = shown(told).attachments
    assert b"You can lift 25 kg" in await file.read()


async def test_a_kept_posting_is_opened_again_and_corrected(managed: Managed) -> None:
    await managed.add_and_keep()
    preview = await managed.omar.slash(managed.channel, "posting edit", posting="acme bread")
    assert "This text is here as **#1 Acme Bread · Night Baker**" in text_of(preview)
    form = await managed.press(await managed.press(preview, "Correct …", by=managed.omar), ASKED, by=managed.omar)
    sent = await managed.omar.submit_modal(form, _typed(form, Requirements="You can lift 25 kg"))
    assert "Corrected: **#1 " in text_of(await managed.press(sent, "Keep", by=managed.omar))
