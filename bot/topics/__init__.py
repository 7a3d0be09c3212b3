"""
What people ask about postings: one file for each topic.

TOPICS is the one ordered list; a new topic is one file and one word here.
"""

from typing import Any

from bot.topics.apply import APPLY
from bot.topics.authorization import AUTHORIZATION
from bot.topics.company import COMPANY
from bot.topics.countries import COUNTRIES
from bot.topics.education import EDUCATION
from bot.topics.employment_type import EMPLOYMENT_TYPE
from bot.topics.experience import EXPERIENCE
from bot.topics.lists import BENEFITS, PREFERRED, REQUIREMENTS, RESPONSIBILITIES
from bot.topics.pay import PAY
from bot.topics.skills import SKILLS
from bot.topics.timezone import TIMEZONE
from bot.topics.topic import Topic
from bot.topics.visa import VISA
from bot.topics.workplace import WORKPLACE

TOPICS: tuple[Topic[Any], ...] = (
    PAY,
    REQUIREMENTS,
    PREFERRED,
    RESPONSIBILITIES,
    BENEFITS,
    COUNTRIES,
    WORKPLACE,
    TIMEZONE,
    EXPERIENCE,
    EDUCATION,
    SKILLS,
    EMPLOYMENT_TYPE,
    VISA,
    AUTHORIZATION,
    APPLY,
    COMPANY,
)

OTHER = "other"
"""The topic of free questions: answered with the passage that fits."""

BY_NAME: dict[str, Topic[Any]] = {topic.name: topic for topic in TOPICS}
