"""Commands are registered when they changed, and only then."""

from pathlib import Path

from builders_discord import Stage, on_stage


def _registrations(stage: Stage) -> int:
    return sum(entry.method == "PUT" and entry.path.endswith("/commands") for entry in stage.env.http_requests)


async def test_a_restart_registers_nothing_again(tmp_path: Path) -> None:
    async with on_stage(tmp_path) as stage:
        assert _registrations(stage) == 1
        await stage.restart()
        assert _registrations(stage) == 1


async def test_a_command_that_was_changed_by_another_version_is_registered_anew(tmp_path: Path) -> None:
    async with on_stage(tmp_path) as stage:
        registered = stage.env.backend.commands[None]
        salary = next(command for (name, _), command in registered.items() if name == "salary")
        salary["name_localizations"] = {"de": "lohn"}
        await stage.restart()
        assert _registrations(stage) == 2
        assert stage.env.backend.commands[None][("salary", 1)]["name_localizations"]["de"] == "gehalt"
