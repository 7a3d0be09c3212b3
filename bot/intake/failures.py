"""What a person is told of a text that Rolecall itself failed on."""

import secrets

import structlog

from bot.intake.reading import Failure
from bot.intake.source import Refusal

_LOG = structlog.get_logger(__name__)


def refuse_failure(failure: Failure) -> Refusal:
    """Log the cause under an error id, and return the refusal that names the id."""
    error_id = secrets.token_hex(3).upper()
    _LOG.error("a posting could not be read", error_id=error_id, source=failure.source, cause=failure.cause)
    return Refusal(
        failure.source, f"{failure.source} could not be read because of a fault in Rolecall; report it with the error id {error_id}"
    )
