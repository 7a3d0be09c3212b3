import pytest


@pytest.fixture(autouse=True)
def _no_settings(empty_folder: object) -> None:
    """Every command runs in an empty folder, without settings."""
