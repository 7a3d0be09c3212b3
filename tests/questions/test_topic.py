"""Which topic a question is about, in any phrasing."""

import pytest

from bot.questions.topic import OTHER, find_subjects, rank_topics
from bot.text.words import read_words
from bot.topics import TOPICS


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("what's the pay", "pay"),
        ("salry?", "pay"),
        ("how much do they pay", "pay"),
        ("whats the range", "pay"),
        ("requirments", "requirements"),
        ("what do i need to know", "requirements"),
        ("nice to haves", "preferred"),
        ("what would i be doing all day", "responsibilities"),
        ("how many days of vacation", "benefits"),
        ("is there parental leave", "benefits"),
        ("where do i have to live", "countries"),
        ("which contries can i work from", "countries"),
        ("is it remote or hybrid", "workplace"),
        ("how many days a week in the office", "workplace"),
        ("what time zone", "timezone"),
        ("how many years of experience", "experience"),
        ("is a masters degree required", "education"),
        ("do i need a phd", "education"),
        ("what tech stack", "skills"),
        ("full time or contract", "employment_type"),
        ("is it clt or pj", "employment_type"),
        ("would they sponsor a visa", "visa"),
        ("h1b sponsorship", "visa"),
        ("how do i apply", "apply"),
        ("any deadline", "apply"),
        ("what does the company do", "company"),
        ("who would i report to", OTHER),
        ("any equity", OTHER),
        ("how many interview rounds", OTHER),
        ("is there on call", OTHER),
    ],
)
def test_a_phrase_asks_for_its_topic(question: str, topic: str) -> None:
    assert rank_topics(read_words(question))[0].topic == topic


@pytest.mark.parametrize("question", ["", "hello there", "flex", "thanks a lot", "purple elephants"])
def test_what_asks_for_nothing_has_no_topic(question: str) -> None:
    assert rank_topics(read_words(question)) == ()


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.name)
def test_every_topic_is_found_by_the_first_of_its_own_phrases(topic: object) -> None:
    asked_as = next(iter(getattr(topic, "asked_as", ())))
    assert getattr(topic, "name", "") in {match.topic for match in rank_topics(read_words(asked_as))[:2]}


def test_words_that_name_the_role_count_less() -> None:
    words = read_words("is the travel engineer remote")
    assert rank_topics(words, role={"travel"})[0].topic == "workplace"


@pytest.mark.parametrize(
    ("question", "subject"), [("is there a 401k", "retirement"), ("who is my manager", "reports_to"), ("what laptop do i get", "equipment")]
)
def test_subjects_are_named_by_their_phrases(question: str, subject: str) -> None:
    assert subject in find_subjects(read_words(question))
