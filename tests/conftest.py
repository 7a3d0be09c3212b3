import gc
import os
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# How fast examples are made says something of the machine, not of the code. Where a change is judged the examples are the same each time.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("judging", settings.get_profile("any machine"), derandomize=True)
settings.load_profile("judging" if os.environ.get("CI") else "any machine")

# The code is compiled once, and not by each of the hundred processes that tests start, also where the environment would have it so.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# Thousands of tests and their modules stay for good: to look through them for garbage again and again took a fifth of the time.
gc.set_threshold(50_000, 20, 100)

SETTINGS = ("DATABASE_URL", "LOG_LEVEL", "LOG_FORMAT", "DISCORD_TOKEN", "DISCORD_API_URL", "DISCORD_GATEWAY_URL", "BOT_OWNER_IDS")


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are cores: some tests wait, for a process, a disk, or a time that is over."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_finish() -> None:
    """What is collected is looked through once, and never again."""
    gc.collect()
    gc.freeze()


@pytest.fixture
def empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory without `.env` and database, and no settings in the environment."""
    monkeypatch.chdir(tmp_path)
    for name in (*SETTINGS, *(name.lower() for name in SETTINGS), "FORCE_COLOR", "NO_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path
