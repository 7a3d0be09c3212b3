from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# How fast examples are made says something of the machine, not of the code.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")

SETTINGS = ("DATABASE_URL", "LOG_LEVEL", "LOG_FORMAT", "DISCORD_TOKEN", "DISCORD_API_URL", "DISCORD_GATEWAY_URL", "BOT_OWNER_IDS")


@pytest.fixture
def empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory without `.env` and database, and no settings in the environment."""
    monkeypatch.chdir(tmp_path)
    for name in (*SETTINGS, *(name.lower() for name in SETTINGS), "FORCE_COLOR", "NO_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path
