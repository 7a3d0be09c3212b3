"""What a host starts the bot with says what the bot knows; .ci/image carries the Dockerfile out."""

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.__main__ import COMMANDS
from bot.cli.commands import read_arguments
from bot.settings import Settings

ROOT = Path(__file__).parent.parent
DEPLOY = ROOT / "deploy"
DOCKERFILE = (DEPLOY / "Dockerfile").read_text("utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = {name: service for name, service in SERVICES.items() if service["image"] == "rolecall"}
UNIT = (DEPLOY / "rolecall.service").read_text("utf-8")

OF_OTHERS = {
    "PATH", "PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED",  # Python's
    "POSTGRES_USER", "POSTGRES_DB", "POSTGRES_PASSWORD",  # the image of PostgreSQL's
    "INTERACTIONS_DOMAIN",  # the Caddyfile's
    "LITESTREAM_DATABASE", "LITESTREAM_URL", "LITESTREAM_ACCESS_KEY_ID", "LITESTREAM_SECRET_ACCESS_KEY",
}  # fmt: skip
"""Variables that are no settings of the bot's, but of what stands beside it."""


def variables(text: str) -> set[str]:
    """Return the variables that a file sets or reads, comments left out."""
    lines = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))
    return set(re.findall(r"(?:\$\{?|^\s*|\s)([A-Z][A-Z0-9_]{3,})(?=[=}:]|: )", lines, re.MULTILINE))


@pytest.mark.parametrize(
    "file", [path for path in sorted(DEPLOY.iterdir()) if path.suffix not in {".json", ".service"}], ids=lambda path: path.name
)
def test_every_variable_is_a_setting_or_known_to_be_of_something_else(file: Path) -> None:
    named = variables(file.read_text("utf-8")) - OF_OTHERS
    example = (ROOT / ".env.example").read_text("utf-8")
    assert {name for name in named if name.lower() not in Settings.model_fields or f"\n{name}=" not in example} == set()


def test_the_variables_are_found_where_they_stand() -> None:
    assert {"HEALTH_PORT", "LOG_FORMAT", "PATH"} <= variables(DOCKERFILE)
    assert {"DATABASE_URL", "SHARDS", "HEALTH_HOST", "POSTGRES_PASSWORD"} <= variables((DEPLOY / "compose.yaml").read_text("utf-8"))
    assert variables((DEPLOY / "Caddyfile").read_text("utf-8")) == {"INTERACTIONS_DOMAIN"}


# The image.


def test_the_image_is_built_in_two_stages_and_runs_not_as_root() -> None:
    build, last = re.split(r"^FROM .+$", DOCKERFILE, flags=re.MULTILINE)[1:]
    assert "pip install" in build
    assert "pip install" not in last
    user = re.findall(r"^USER (\d+):\d+$", last, re.MULTILINE)
    assert user
    assert int(user[-1]) >= 1000
    assert last.index("\nVOLUME /data") < last.index("\nUSER")
    assert "HEALTHCHECK" in last


def test_what_the_image_copies_is_there_and_nothing_else_is_sent_to_the_build() -> None:
    copied = [source for line in re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.MULTILINE) for source in line.split()]
    assert copied
    assert all((ROOT / source).exists() for source in copied)
    ignored = (DEPLOY / "Dockerfile.dockerignore").read_text("utf-8").splitlines()
    assert "*" in ignored
    assert {line[1:] for line in ignored if line.startswith("!")} == set(copied)


# The containers.


def test_alone_it_is_one_process_with_a_volume_and_the_rest_is_asked_for() -> None:
    assert [name for name, service in SERVICES.items() if "profiles" not in service] == ["bot"]
    assert OURS["bot"]["volumes"] == ["data:/data"]
    assert {profile for service in SERVICES.values() for profile in service.get("profiles", ())} == {"postgres", "litestream"}


@pytest.mark.parametrize("name", OURS)
def test_a_container_of_the_bot_can_write_nowhere_and_become_nobody(name: str) -> None:
    service = OURS[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert not service.get("ports")


def test_two_processes_have_all_shards_between_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """With a password for PostgreSQL; without it the one process has as many as Discord advises, on SQLite."""
    monkeypatch.delenv("SHARDS", raising=False)
    shards = [OURS[name]["environment"]["SHARDS"] for name in ("bot", "bot-2")]
    assert shards[0] == "${POSTGRES_PASSWORD:+0/2}"
    ranges = [Settings(shards=written, _env_file=None).shard_range for written in ("0/2", shards[1])]  # type: ignore[call-arg]
    assert [(one.numbers, one.in_all) for one in ranges if one] == [((0,), 2), ((1,), 2)]
    assert {service["environment"]["DATABASE_URL"] for service in OURS.values()} == {
        "${POSTGRES_PASSWORD:+postgresql+asyncpg://rolecall:${POSTGRES_PASSWORD}@db/rolecall}"
    }


def test_what_a_container_starts_is_understood() -> None:
    started = [service["command"] for service in OURS.values() if "command" in service]
    assert len(started) == 2
    for words in started:
        assert read_arguments(words, COMMANDS).run is not None


def test_what_containers_need_of_each_other_and_of_the_project_is_there() -> None:
    for service in SERVICES.values():
        assert set(service.get("depends_on", ())) <= SERVICES.keys()
        for volume in service.get("volumes", ()):
            source = volume.split(":")[0]
            assert (DEPLOY / source).exists() if source.startswith("./") else source in COMPOSE["volumes"]
    assert (DEPLOY / OURS["bot"]["build"]["context"] / OURS["bot"]["build"]["dockerfile"]).resolve() == DEPLOY / "Dockerfile"
    upstream = re.findall(r"reverse_proxy (.+) \{", (DEPLOY / "Caddyfile").read_text("utf-8"))[0]
    for name, port in (place.split(":") for place in upstream.split()):
        words = SERVICES[name]["command"]
        assert words[words.index("--port") + 1] == port


def test_the_caddyfile_is_one_site_and_whole() -> None:
    text = re.sub(r"#.*", "", (DEPLOY / "Caddyfile").read_text("utf-8")).replace("{$INTERACTIONS_DOMAIN}", "bot.example.org")
    assert text.split()[:2] == ["bot.example.org", "{"]
    assert text.count("{") == text.count("}") == len(re.findall(r"^.*\{$", text, re.MULTILINE))


def test_what_a_worker_dies_over_is_given_to_the_other_though_it_is_a_post() -> None:
    words = (DEPLOY / "Caddyfile").read_text("utf-8").split()
    assert words[words.index("lb_retry_match") :][:4] == ["lb_retry_match", "{", "method", "POST"]
    assert {"lb_try_duration", "request_buffers"} <= set(words)


@pytest.mark.skipif(shutil.which("caddy") is None, reason="caddy is not installed")
def test_caddy_takes_its_file() -> None:
    command = ["caddy", "validate", "--adapter", "caddyfile", "--config", str(DEPLOY / "Caddyfile")]
    settings = {"INTERACTIONS_DOMAIN": "bot.example.org", "HOME": "/nowhere", "PATH": os.environ["PATH"]}
    ran = subprocess.run(command, env=settings, capture_output=True, text=True, check=False)  # noqa: S603
    assert ran.returncode == 0, ran.stderr


# The unit.


def test_the_unit_starts_the_bot_for_its_own_user_and_waits_until_it_has_ended() -> None:
    assert "ExecStart=/opt/rolecall/bin/python -m bot run\n" in UNIT
    assert "\nUser=rolecall\n" in UNIT
    assert "\nUMask=0077\n" in UNIT
    assert int(re.findall(r"^TimeoutStopSec=(\d+)$", UNIT, re.MULTILINE)[0]) > 10


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed")
def test_systemd_takes_the_unit_and_holds_it_for_safe(tmp_path: Path) -> None:
    here = tmp_path / "rolecall.service"
    here.write_text(UNIT.replace("/opt/rolecall/bin/python", "/bin/true"), "utf-8")
    ran = subprocess.run(["systemd-analyze", "verify", str(here)], capture_output=True, text=True, check=False)  # noqa: S603, S607
    assert (ran.returncode, ran.stderr) == (0, "")
    rated = ["systemd-analyze", "security", "--offline=true", "--threshold=20", str(here)]
    ran = subprocess.run(rated, capture_output=True, text=True, check=False)  # noqa: S603
    if "unrecognized option" in ran.stderr or "Unknown" in ran.stderr:
        pytest.skip("this systemd-analyze is too old to rate a unit that is not installed")
    assert ran.returncode == 0, ran.stdout[-300:]


# What is kept beside SQLite.


def test_litestream_copies_the_file_that_the_bot_has() -> None:
    kept = yaml.safe_load((DEPLOY / "litestream.yml").read_text("utf-8"))
    assert [database["path"] for database in kept["dbs"]] == ["${LITESTREAM_DATABASE}"]
    assert SERVICES["litestream"]["environment"]["LITESTREAM_DATABASE"] == "/data/rolecall.db"
    assert SERVICES["litestream"]["user"] == re.findall(r"^USER (\S+)$", DOCKERFILE, re.MULTILINE)[-1]
    assert Settings.model_fields["database_url"].default.endswith("///rolecall.db")
