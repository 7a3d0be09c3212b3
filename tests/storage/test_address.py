import pytest

from bot.domain.errors import StorageError
from bot.storage.address import read_address

SPELLINGS = [
    ("sqlite:///kept.db", "sqlite+aiosqlite", "kept.db"),
    ("sqlite:////var/kept.db", "sqlite+aiosqlite", "/var/kept.db"),
    ("sqlite+aiosqlite:///kept.db", "sqlite+aiosqlite", "kept.db"),
    ("sqlite://", "sqlite+aiosqlite", None),
    ("sqlite:///:memory:", "sqlite+aiosqlite", None),
    ("postgres://ada:pw@db.example/jobs", "postgresql+asyncpg", None),
    ("postgresql://ada:pw@db.example/jobs", "postgresql+asyncpg", None),
    ("postgresql+psycopg2://ada:pw@db.example/jobs", "postgresql+asyncpg", None),
    (" postgresql+asyncpg://ada:pw@db.example/jobs\n", "postgresql+asyncpg", None),
]


@pytest.mark.parametrize(("url", "driver", "file"), SPELLINGS)
def test_the_usual_spellings_are_understood(url: str, driver: str, file: str | None) -> None:
    address = read_address(url)
    assert (address.url.drivername, address.file) == (driver, file)


def test_what_hosts_put_behind_the_question_mark_is_understood() -> None:
    address = read_address("postgres://a:b@db.example/jobs?sslmode=require&channel_binding=require&application_name=bot&search_path=jobs")
    assert address.url.query == {"ssl": "require"}
    assert address.server_settings == {"application_name": "bot", "search_path": "jobs"}


WRONG = [
    "",
    "kept.db",
    "postgres:ada:s3cr3t@db",
    "postgres://ada:s3cr3t@db.example:s3cr3t/jobs",
    "mysql://ada:s3cr3t@db.example/jobs",
    "postgres://ada:s3cr3t@db.example/jobs?sslcert=s3cr3t",
]


@pytest.mark.parametrize("url", WRONG)
def test_a_wrong_url_is_told_in_one_line_that_does_not_repeat_it(url: str) -> None:
    with pytest.raises(StorageError, match="DATABASE_URL") as caught:
        read_address(url)
    assert "s3cr3t" not in str(caught.value)
    assert "\n" not in str(caught.value)
    assert caught.value.__suppress_context__ or caught.value.__context__ is None


def test_a_place_names_no_password() -> None:
    assert read_address("postgres://ada:s3cr3t@db.example:6543/jobs").place == "the PostgreSQL database jobs at db.example:6543"
