import pytest
from builders import document

from bot.topics.timezone import find_timezone, render_timezone


def _phrase(body: str = "We bake.", *, title: str | None = None, location: str | None = None) -> str | None:
    facts = find_timezone(document(body, title=title, location=location))
    return facts[0].value.text if facts else None


@pytest.mark.parametrize(
    ("body", "phrase"),
    [
        ("It helps to be within 3 hours of Pacific time.", "within 3 hours of Pacific time"),
        ("We are a small team spread across UTC -5 to UTC +3.", "UTC -5 to UTC +3"),
        ("Be online from 9am to 12pm PST for meetings.", "from 9am to 12pm PST"),
        ("You live between GMT+3 and GMT -7.", "between GMT+3 and GMT -7"),
        ("Fully remote within CET +/-2h.", "within CET +/-2h"),
        ("Located within UTC+3–UTC-8 time zones", "within UTC+3–UTC-8"),
        ("Must live in Eastern or Central time zones.", "Eastern or Central time zones"),
        ("Be in the LA-NY time zones.", "LA-NY time zones"),
        ("Work Schedule: 8:00 am – 5:00 pm EST, Monday to Friday", "8:00 am – 5:00 pm EST"),
        ("This role works PST hours.", "PST hours"),
        ("Able to work within North American time zones.", "within North American time zones"),
        ("We look for people in the Americas to align with our working hours.", "align with our working hours"),
        ("Work time must overlap with North America (most countries)", "Work time must overlap with North America"),
        ("A time zone that overlaps with Australia.", "time zone that overlaps with Australia"),
        ("At least 4 hours overlap with the team is needed.", "4 hours overlap with the team is needed"),
        ("Our core hours are 2pm to 6pm GMT.", "2pm to 6pm GMT"),
        ("## Work hours\n* 10:00am-6:45pm", "10:00am-6:45pm"),
        ("Based in PT, MT, CT or ET time zones.", "PT, MT, CT or ET time zones"),
        ("Kernarbeitszeit 10:00 bis 15:00", "10:00 bis 15:00"),
        ("You bake with nine others at night, 21:30 to 05:30.", "21:30 to 05:30"),
        ("Night shift, 10pm to 6am", "10pm to 6am"),
        ("Monday to Friday, 8:00 to 16:30", "8:00 to 16:30"),
        ("You work from 6am to 2pm.", "6am to 2pm"),
        ("Schichten von 14:00 bis 22:00 Uhr", "14:00 bis 22:00"),
        ("Disponible en la zona horaria de Bogotá.", "zona horaria de Bogotá"),
    ],
)
def test_zones_and_hours_are_found_as_short_phrases(body: str, phrase: str) -> None:
    assert _phrase(body) == phrase


@pytest.mark.parametrize(
    "body",
    [
        "Flexible working hours.",
        "Our shop is open Monday to Saturday, 8:00 to 18:00.",
        "Ring us Monday to Friday, 9:00 to 17:00.",
        "You work with teams across multiple time zones.",
        "We welcome people from all time zones.",
        "Applications close on Friday at 5 pm EST.",
        "Support is available 9am to 5pm PST.",
        "On-call outside of normal business hours.",
        "We are spread across US and EU time zones.",
        "In CA, WA, NY, NJ and CT the pay per year is higher.",
        "You know CT software and the MT format.",
        "CET : compte épargne temps",
        "40 hours a week, full-time.",
        "24 hours of time off for volunteers",
    ],
)
def test_other_hours_and_zones_are_not_the_jobs(body: str) -> None:
    assert _phrase(body) is None


def test_the_head_tells_where_the_text_is_silent_and_only_then() -> None:
    assert _phrase(location="Remote - EST") == "EST"
    assert _phrase(title="Baker (Remote, US EST)") == "EST"
    assert _phrase("Core hours: 10am - 2pm CET.", location="Remote - EST") == "10am - 2pm CET"


def test_the_quote_is_the_whole_sentence() -> None:
    facts = find_timezone(document("We bake. You work EST hours. Bring a hat."))
    assert facts[0].quote.text == "You work EST hours."
    assert render_timezone(facts).sentence == "Time zone or hours: EST hours."


@pytest.mark.parametrize(
    "body",
    [
        "You test it with In-System Test (IST) rigs on the job.",
        "Submit it by 11:59 PM EST on Monday.",
        "This posting will be removed at 11 p.m. Eastern time on Friday.",
        "A shift differential is paid if work hours are between 5:00 p.m. and 8:00 a.m.",
    ],
)
def test_deadlines_bonuses_and_short_forms_of_other_things_name_no_zone(body: str) -> None:
    assert _phrase(body) is None
