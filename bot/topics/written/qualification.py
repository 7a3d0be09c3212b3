"""Years of experience and degrees as people edit them: `5 years`, `bachelor, required`."""

import re

from bot.domain.qualification import Education, EducationLevel, Experience
from bot.text.lexicon import read_lexicon
from bot.text.numbers import COUNT, read_count
from bot.topics.written.figures import write_figure
from bot.topics.written.form import Miswritten, WrittenForm, pattern_of

_YEARS: dict[str, list[str]] = read_lexicon("written_words")["years"]
_MOST_YEARS = 60
_EXPERIENCE = re.compile(
    rf"(?:{pattern_of(_YEARS['before'])}\s?)?(?P<count>\d{{1,2}}\.\d{{1,400}}|{COUNT})\s?\+?\s?(?:{pattern_of(_YEARS['unit'])})?(?:\s?\+)?"
    rf"(?:\s{pattern_of(_YEARS['behind'])}){{0,2}}",
    re.IGNORECASE,
)
_DEGREES: dict[str, list[str]] = read_lexicon("written_words")["degrees"]
_LEVELS = {word: level for level in EducationLevel for word in (*_DEGREES[level.value], level.value)}
_FILLER = re.compile(pattern_of(_DEGREES["filler"]))
_NEEDED: dict[str, list[str]] = read_lexicon("written_words")["needed"]
_EDUCATION = re.compile(rf"(?P<level>.+?)[\s,;:(-]{{1,3}}(?:(?P<no>{pattern_of(_NEEDED['no'])})|{pattern_of(_NEEDED['yes'])})\)?")


def write_experience(experience: Experience) -> str:
    """
    Return the least number of years in words.

    >>> write_experience(Experience(years=1)), write_experience(Experience(years=2.5))
    ('1 year', '2.5 years')
    """
    return f"{write_figure(experience.years)} year{'' if experience.years == 1 else 's'}"


def read_experience(written: str) -> Experience:
    """
    Return the least number of years that a person wrote; Miswritten for a range or anything else.

    >>> read_experience("at least five years").years, read_experience("3+").years
    (5.0, 3.0)
    """
    found = _EXPERIENCE.fullmatch(written)
    if found is None:
        raise Miswritten(f'"{written[:60]}" is no single number of years')
    years = read_count(found["count"])
    if years > _MOST_YEARS:
        raise Miswritten(f"{write_figure(years)} years are more than {_MOST_YEARS}")
    return Experience(years=years)


def write_education(education: Education) -> str:
    """
    Return a degree in words, and whether it is required.

    >>> write_education(Education(level=EducationLevel.HIGH_SCHOOL, required=False))
    'high school, not required'
    """
    return f"{education.level.value.replace('_', ' ')}, {'' if education.required else 'not '}required"


def read_education(written: str) -> Education:
    """
    Return the degree that a person wrote; Miswritten where they do not say whether it is required.

    >>> read_education("Bachelor's degree, preferred").required
    False
    """
    found = _EDUCATION.fullmatch(written.lower())
    if found is None:
        level = _read_level(written.lower())
        if level is not EducationLevel.NONE:
            raise Miswritten('say whether the degree is "required" or "not required"')
        return Education(level=level, required=False)
    return Education(level=_read_level(found["level"]), required=found["no"] is None)


def _read_level(words: str) -> EducationLevel:
    level = _LEVELS.get(words.strip()) or _LEVELS.get(" ".join(_FILLER.sub(" ", words).split()))
    if level is None:
        names = [level.value.replace("_", " ") for level in EducationLevel]
        raise Miswritten(f'"{words[:60]}" is none of these: {", ".join(names[:-1])} or {names[-1]}')
    return level


EXPERIENCE_FORM: WrittenForm[Experience] = WrittenForm(
    write=write_experience, read=read_experience, example="5 years | 5+ years of experience with Go"
)
EDUCATION_FORM: WrittenForm[Education] = WrittenForm(
    write=write_education, read=read_education, example="bachelor, required | You have a BS in Physics"
)
