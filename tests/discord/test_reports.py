"""Under each answer anybody can say that it is not right; those who manage the postings see what was asked and said."""

from pathlib import Path

from builders_discord import Stage, buttons_of, shown, text_of
from builders_managing import BAKER, Managed, form_of, labels_of, on_managed_stage
from simcord import InteractionResult

from bot.domain.person import EVERYONE


async def _report(managed: Managed, question: str = "what does acme pay?", **values: object) -> InteractionResult:
    """Ask as Mia, and report the answer."""
    answer = await managed.mia.slash(managed.channel, "ask", question=question)
    form = await managed.mia.click(shown(answer), label="Not right?")
    return await managed.mia.submit_modal(form, values)


async def test_a_report_is_told_to_the_servers_managers_without_who_asked(managed: Managed) -> None:
    await managed.add_and_keep()
    thanks = await _report(managed, comment="it is 45 now")
    assert "Thank you" in text_of(thanks)
    listed = await managed.rita.slash(managed.channel, "posting list", show="reported")
    told = text_of(listed)
    assert listed.ephemeral
    assert "what does acme pay?" in told
    assert "$40,000 to $50,000" in told
    assert "it is 45 now" in told
    assert "mia" not in told
    (report,) = await managed.stage.opened.store.reports.list_reports(scopes={managed.scope})
    assert report.by is None


async def test_who_reports_is_named_only_where_they_want_it_and_may_forget_it_again(managed: Managed) -> None:
    await managed.add_and_keep()
    await _report(managed, named=True)
    assert "mia" in text_of(await managed.rita.slash(managed.channel, "posting list", show="reported"))
    privacy = await managed.mia.slash(managed.channel, "privacy")
    await managed.mia.click(shown(privacy), label="Forget it now")
    assert "mia" not in text_of(await managed.rita.slash(managed.channel, "posting list", show="reported"))


async def test_a_manager_corrects_the_posting_and_closes_the_report(managed: Managed) -> None:
    await managed.add_and_keep()
    await _report(managed)
    listed = await managed.rita.slash(managed.channel, "posting list", show="reported")
    assert "Acme Bread · Night Baker" in text_of(await managed.press(listed, "Correct the posting"))
    listed = await managed.rita.slash(managed.channel, "posting list", show="reported")
    assert "No answer is reported" in text_of(await managed.press(listed, "Close the report"))


async def test_members_cannot_see_or_close_reports(managed: Managed) -> None:
    await managed.add_and_keep()
    await _report(managed)
    listed = await managed.rita.slash(managed.channel, "posting list", show="reported")
    told = await managed.mia.click(shown(await _shown_to_all(managed, listed)), label="Close the report")
    assert "Only members" in text_of(told)
    assert await managed.stage.opened.store.reports.list_reports(scopes={managed.scope})


async def _shown_to_all(managed: Managed, listed: InteractionResult) -> InteractionResult:
    """An answer that everybody sees, with the button of a hidden one."""
    answer = await managed.mia.slash(managed.channel, "salary", company="acme")
    managed.put_button(answer, buttons_of(listed)["Close the report"]["custom_id"])
    stored = managed.stage.env.backend.get_message(shown(answer).channel_id, shown(answer).id)
    stored.components[0]["components"][-2]["components"][0]["label"] = "Close the report"
    return answer


async def test_in_direct_messages_everyones_postings_go_to_the_host_and_a_servers_own_to_its_managers(tmp_path: Path) -> None:
    async with on_managed_stage(tmp_path, {"crust.md": BAKER.replace("Acme Bread", "Crust Works")}) as managed:
        await managed.add_and_keep()
        for company, scope in (("Crust Works", EVERYONE), ("Acme Bread", managed.scope)):
            answer = await managed.stage.direct(f"what does {company} pay?")
            form = await managed.mia.user.click(answer, label="Not right?")
            assert form_of(form).keys() == {"What is wrong?", "Tell them my name"}
            await managed.mia.user.submit_modal(form, {})
            (report,) = await managed.stage.opened.store.reports.list_reports(scopes={scope})
            assert company in report.question


async def test_the_same_report_is_counted_and_nobody_reports_without_end(managed: Managed) -> None:
    await managed.add_and_keep()
    told = [text_of(await _report(managed)) for _ in range(6)]
    assert all("Thank you" in one for one in told[:5])
    assert "ten minutes" in told[5]
    (report,) = await managed.stage.opened.store.reports.list_reports(scopes={managed.scope})
    assert report.times == 5


async def test_an_answer_that_names_no_posting_can_be_reported_too(stage: Stage) -> None:
    unknown = await stage.mia.slash(stage.channel, "ask", question="what does initech pay?")
    assert "Not right?" in labels_of(unknown)
    form = await stage.mia.click(shown(unknown), label="Not right?")
    await stage.mia.submit_modal(form, {"comment": "it is there"})
    (report,) = await stage.opened.store.reports.list_reports(scopes={str(stage.guild.id)})
    assert "initech" in report.said


async def test_managers_are_told_once_that_something_is_reported(managed: Managed) -> None:
    await managed.add_and_keep()
    notices = managed.stage.guild.create_text_channel("notices")
    await managed.rita.slash(managed.channel, "settings", notices=notices)
    await _report(managed)
    first = managed.stage.said_last(notices)
    assert "reported" in text_of(first)
    await _report(managed, "what does acme want?")
    assert managed.stage.said_last(notices).id == first.id
