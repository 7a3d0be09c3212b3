"""Controls in the form that Discord's API takes them in."""

from collections.abc import Sequence
from typing import Any

from bot.interfaces.chat.card import Control, Look, Row

_ROW, _BUTTON = 1, 2
_STYLES = {Look.PLAIN: 2, Look.GOOD: 3, Look.DANGER: 4}
_LINK = 5


def to_components(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """
    Return rows of buttons as message components.

    >>> to_components([(Control("Apply", link="https://jobs.example"),)])
    [{'type': 1, 'components': [{'type': 2, 'label': 'Apply', 'style': 5, 'url': 'https://jobs.example'}]}]
    """
    return [{"type": _ROW, "components": [_to_button(control) for control in row]} for row in rows]


def _to_button(control: Control) -> dict[str, Any]:
    button: dict[str, Any] = {"type": _BUTTON, "label": control.label}
    if control.press is None:
        return button | {"style": _LINK, "url": control.link}
    return button | {"style": _STYLES[control.look], "custom_id": control.press.id, "disabled": control.is_current}
