"""The cards that were laid out last."""

from collections import OrderedDict

from bot.domain.answer import Answer
from bot.interfaces.chat.answer_card import View, answer_card
from bot.interfaces.chat.card import Card

_MOST = 2000


class RecentCards:
    """
    Lays an answer out once for each way it is looked at.

    The Assistant gives the same object for a question that it answered before: that is what a card is found by, which is held here
    for as long as its card, so that no other object can have its identity.
    """

    def __init__(self) -> None:
        self._cards: OrderedDict[tuple[int, View], tuple[Answer, Card]] = OrderedDict()

    def card_of(self, answer: Answer, view: View) -> Card:
        """Return the answer's card."""
        key = (id(answer), view)
        if key in self._cards:
            self._cards.move_to_end(key)
            return self._cards[key][1]
        card = answer_card(answer, view)
        self._cards[key] = (answer, card)
        if len(self._cards) > _MOST:
            self._cards.popitem(last=False)
        return card
