"""A failure is told in one line, and its cause is logged under the id in that line."""

import logging
import re

import pytest

from bot.domain.errors import StorageError
from bot.presentation.failures import describe


def test_an_error_that_a_person_can_mend_is_its_own_line() -> None:
    assert describe(StorageError("kept.db is damaged; put a backup in its place")) == "kept.db is damaged; put a backup in its place"


def test_a_failure_of_our_own_is_logged_with_its_cause_under_the_id_that_is_told(caplog: pytest.LogCaptureFixture) -> None:
    error = ZeroDivisionError("of our own making")
    told = re.match(r"Something went wrong inside Rolecall with cook\.md \(error id ([0-9A-F]{6})\)\.", describe(error, met_with="cook.md"))
    assert told
    [record] = caplog.records
    assert record.levelno == logging.ERROR
    assert told[1] in record.getMessage()
    assert record.exc_info
    assert record.exc_info[1] is error
    assert "of our own making" not in told.string
