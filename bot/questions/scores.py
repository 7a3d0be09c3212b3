"""The scores of the questions that are set by hand: each says what it is worth on the labelled slice (`python -m training.questions`)."""

from collections.abc import Collection, Mapping

from bot.questions.model import NOTHING, OPEN

TOPIC_FROM = 0.32
"""A topic's share of the score from which it is asked for beside the first one."""

LANGUAGE_FROM = 0.4
"""A language's share of the score from which the text tells it; below it the reader's locale does."""

SURE_LANGUAGE_FROM = 0.85
"""The share from which that holds for a text without any small word of a language."""

CLAUSE_TOPIC_FROM = 0.5
"""A topic's score in one clause of several, from which it is asked for there."""

SURE_CLAUSE_FROM = 0.8
"""The score from which a clause's topic stands whatever the whole message's is."""

LEAST_BESIDE = 0.3
"""What a further topic must have of the score where its clause asks for another one."""

LEAST_OF_WHOLE = 0.015
"""What a clause's topic must have of the score of the whole message, unless the clause is quite sure."""

FOLLOWS_FROM = 0.5
"""The score from which a message goes on about what was spoken of before."""

BOT_FROM = 0.6
"""The score from which a message is said to the bot or about it, and asks nothing of postings."""

SURELY_BOT_FROM = 0.9
"""The score from which that holds for a message with a word of some topic in it."""

SURELY_ALL_FROM = 0.85
"""The score from which a message with "there" or "they" in it is about all postings, though one was spoken of."""

SURELY_ONE_FROM = 0.7
"""The score from which a message that names no posting is about one nevertheless, so that it is asked back which."""

UNREAD_BELOW = 0.25
"""Where no topic of a part that ends in a question mark reaches this, the part is named as not understood."""

NAME_FROM = -1.0
"""Log-odds from which words are the name of a company that is there."""

FIT_AT_MOST = 1.0
"""What a fitting title may add to a word that is nearly a company's name: words further below are not looked up."""

STRANGE_WORD = 4.0
"""By so much less a word is enough that is no other word of questions, and nearly a company's name."""

NEAR_NAME_FROM = 0.0
"""Log-odds from which it is asked back whether a word that is not quite a company's name means that company."""

OTHER_MEANING = 4.0
"""What it costs in log-odds that words spell a company's whole name and a technology, a place or a value such as remote as well."""

ORDINARY_NAME_FROM = 1.0
"""The same for an ordinary word of English: "is copper hiring?" where Hopper is."""

FAMOUS_NAME_FROM = -4.0
"""Log-odds from which the name of an employer that everybody knows is one."""

UNKNOWN_NAME_FROM = -1.0
"""Log-odds from which words of an English message are the name of a company that is not there."""

STRANGE_NAME_FROM = -2.0
"""The same for a word that is known of no question and of no English: of held-out ones 122 of 127 names, and 5 of 68 others."""

ALONE_WITH_TOPIC_FROM = -9.0
"""The same for the first words of a message that beside them names only a topic."""

UNKNOWN_NAME_ELSEWHERE = 0.0
"""The same for other languages, whose words are not all known."""


UNCUED_BELOW = 0.75
"""The score below which a topic that no word speaks for gives way to one that some word does."""

LEAST_CUED = 0.05
"""What that one must have."""


SURELY_ASKED_FROM = 0.9
"""The score from which a topic that a word speaks for is asked about, whatever else a message is like."""

SURELY_RANKED_FROM = 0.8
"""The score from which a message that names no posting asks for the most or the least of all."""


def heed_cues(scores: Mapping[str, float], signs: Collection[str]) -> dict[str, float]:
    """
    Return the topics' scores with those of the best one and of one that words speak for changed, where the best one is not sure.

    >>> heed_cues({"other": 0.45, "pay": 0.1}, {"cue=pay"}), heed_cues({"other": 0.8, "pay": 0.1}, {"cue=pay"})
    ({'other': 0.1, 'pay': 0.45}, {'other': 0.8, 'pay': 0.1})
    """
    best = max(scores, key=lambda topic: scores[topic])
    cued = [topic for topic in scores if f"cue={topic}" in signs]
    cued = ["other"] if "other" in cued and best not in cued and scores["other"] >= LEAST_CUED else cued
    heard = max(cued, key=lambda topic: scores[topic], default=best)
    if best in cued or best == OPEN or scores[best] >= UNCUED_BELOW or scores[heard] < LEAST_CUED:
        return dict(scores)
    return {**scores, best: scores[heard], heard: scores[best]}


def choose_topics(scores: Mapping[str, float]) -> tuple[str, ...]:
    """
    Return the topics that a text asks for by their scores, the first one surest.

    >>> choose_topics({"pay": 0.5, "visa": 0.4, "skills": 0.1}), choose_topics({"nothing": 0.6, "pay": 0.4})
    (('pay', 'visa'), ('nothing',))
    """
    ranked = sorted(scores, key=lambda topic: -scores[topic])
    if ranked[0] in (OPEN, NOTHING):
        return (ranked[0],)
    return tuple(topic for topic in ranked if scores[topic] >= TOPIC_FROM and topic not in (OPEN, NOTHING)) or (ranked[0],)
