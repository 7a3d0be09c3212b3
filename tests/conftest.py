from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("without timing", deadline=None)
settings.load_profile("without timing")  # speed is measured in benchmarks/, and what runs first compiles its patterns

SETTINGS = ("DATABASE_URL", "LOG_LEVEL", "LOG_FORMAT", "DISCORD_TOKEN", "DISCORD_API_URL", "DISCORD_GATEWAY_URL", "BOT_OWNER_IDS")


@pytest.fixture
def empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory without `.env` and database, and no settings in the environment."""
    monkeypatch.chdir(tmp_path)
    for name in (*SETTINGS, *(name.lower() for name in SETTINGS), "FORCE_COLOR", "NO_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path
