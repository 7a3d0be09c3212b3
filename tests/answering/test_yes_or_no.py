"""Whole messages on places and conditions, over a few postings: the yes or no that they come to, and the words that say so."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from builders_answering import ask, open_assistant, posting_text

from bot.answering.assistant import Assistant
from bot.domain.query import Verdict

YES, NO, UNCLEAR = Verdict.YES, Verdict.NO, Verdict.UNCLEAR

_BODIES = {
    "Brightpan": (
        "Pan Designer",
        """Location: Remote, Philippines

Our people in the Philippines are located within Metro Manila, Batangas, Cavite and Laguna only.

## Requirements

* Must have a back-up laptop at hand
* 3+ years of making a great variety of pans and of lids with Rust or Golang
* Multi-kitchen safety experience
* Previous designer experience
* Bachelor's degree in metallurgy, chemistry or physics""",
    ),
    "Kettleworks": (
        "Kettle Tester",
        """Location: Remote, Argentina

## Requirements

* Previous tea experience

**Resume must be submitted in English, please**""",
    ),
    "Tramline": (
        "Van Driver",
        """Location: Leeds, England

## You bring

* You are at least 23 years old
* You own a van from 2012 or newer
* Right to work in the UK""",
    ),
    "Nordvik": (
        "Rope Maker",
        """Location: Bergen, Norway

We work in a hybrid model with three days in the office.

## Requirements

* Fluent Norwegian
* French would be a plus

The French rope market is large: strong nerves are required.""",
    ),
    "Saltmarsh": (
        "Salt Buyer",
        """Location: Remote, United States

We are unable to accept applications from candidates outside of the US.""",
    ),
    "Oakwell": (
        "Forest Aide",
        """Location: Truro, England

This is an on-site job. Your place depends on it: you must be enrolled as a student at a college.""",
    ),
    "Larkfield": (
        "Song Tester",
        """## Requirements

* 5 years of experience in testing
* Solid understanding of test automation
* Comfortable with several coding languages
* Good English (Spanish is a plus)

## Benefits

* 25 days of PTO""",
    ),
    "Hillbright": (
        "Flour Chemist",
        """(Exam open to current guild employees)

## Requirements

1. A Bachelor's degree in chemistry; or
2. A chemist's certificate of the guild

The job needs a PhD with 2 years of experience, or a BS with more than 8 years of experience.

You must be a citizen or a permanent resident of Norway.

There is no substitution of education for specialized experience. Applications will only be accepted on-line; no phone calls.

Aides at the mill are half-time positions, and work less than full-time.""",
    ),
    "Fernway": (
        "Fern Grower",
        """Location: Remote, United States

We only hire people who live in the Eastern or Central time zones.

## Requirements

* 2+ years of growing ferns, preferably in Rust, but experience with Go is also fine
* Experience with React Native or interest in learning it
* You speak and write English fluently
* Polish is highly regarded
* Prior experience in retail is highly preferred
* Experience refers to paid and unpaid experience, including volunteer work in parks
* Link us to GitHub and you never see a whiteboard

* Able to join an on call rotation, after becoming familiar with the ferns
* Experience in night shifts

## We offer

* Une salle de sport dans nos locaux
* A background investigation is required

We neither ask for nor use your salary history. We will consider people with criminal histories.""",
    ),
    "Quillmoor": (
        "Quill Cutter",
        """You must be based in Portugal and be eligible for employment in the European Union.

Nobody gets a wage: no salary, but a share of the quills. The job is eligible for telework.""",
    ),
    "Gullwick": (
        "Loom Clerk",
        """Employment type: Temporary

Applicant must be a citizen of Norway or a lawful permanent resident (green card holder). We do not sponsor visas.

You are under 30 years old.

Programs range from high school to bachelor's degrees, and are a gift of ours.

Option 1: Bachelor's degree in weaving and 5 years of experience.Option 2: 7 years of experience in weaving.

Two years at the next lower grade. (Note: There is no education substitution for this grade level.)

We participate in E-Verify.

NO RECRUITMENT AGENCIES""",
    ),
    "Inkwell": (
        "Ink Mixer",
        """## You bring

* You live in Leeds and know its mills""",
    ),
    "Everbrook": (
        "Brook Keeper",
        """#### `🌎 Remote,Oslo, Norway`

* Location: Global""",
    ),
}


@pytest.fixture
async def assistant(tmp_path: Path) -> AsyncIterator[Assistant]:
    texts = {company: posting_text(company, title, body) for company, (title, body) in _BODIES.items()}
    async with open_assistant(tmp_path, texts) as (_, assistant):
        yield assistant


async def _last(assistant: Assistant, messages: str) -> tuple[Verdict | None, str]:
    """Return the yes or no to the last of some messages, and all that is quoted for it."""
    for message in messages.split(" > "):
        answer = await ask(assistant, message, conversation="ann")
    return answer.verdict, " ".join(quote.text for quote in answer.quotes)


@pytest.mark.parametrize(
    ("messages", "verdict", "quoted"),
    [
        ("I'm based in Laguna in the Philippines, can I work for Brightpan?", YES, "Cavite and Laguna only"),
        ("i'm in laguna, can i work for brightpan", YES, "Cavite and Laguna only"),
        ("vivo en Batangas, puedo trabajar en brightpan?", YES, "Batangas"),
        ("i live in cebu, brightpan ok?", UNCLEAR, "Cavite and Laguna only"),
        ("i live in laguna, california. can i work for brightpan", NO, "Philippines"),
        ("hola, estoy en córdoba argentina, puedo aplicar a kettleworks?", YES, "Argentina"),
        ("estoy en cordoba, me puede contratar kettleworks?", YES, "Argentina"),
        ("vivo en Córdoba, España. kettleworks me contrata?", NO, "Argentina"),
        ("ich wohne in Cordoba in Spanien, nehmen die mich bei kettleworks?", NO, "Argentina"),
        ("i live in san fran, saltmarsh ok?", YES, "unable to accept"),
        ("im in philly, can i do saltmarsh", YES, "unable to accept"),
        ("moro em floripa, kettleworks me contrata?", NO, "Argentina"),
        ("je suis à cracovie, saltmarsh c'est possible ?", NO, "unable to accept"),
        ("does saltmarsh take people from outside the us", NO, "unable to accept"),
        ("does saltmarsh take people from outside the us > what about canada", NO, "unable to accept"),
        ("does saltmarsh take people from outside the us > and from texas?", YES, "unable to accept"),
        ("i live in accra, everbrook possible for me?", YES, "Global"),
        ("im in sheffield, tramline ok?", UNCLEAR, "Leeds"),
        ("i live in leeds, tramline ok?", YES, "Leeds"),
        ("is tramline only for leeds people", UNCLEAR, "Leeds"),
    ],
)
async def test_a_place_is_told_yes_or_no_with_the_postings_words(
    assistant: Assistant, messages: str, verdict: Verdict, quoted: str
) -> None:
    told, quotes = await _last(assistant, messages)
    assert told is verdict
    assert quoted in quotes


@pytest.mark.parametrize(
    ("messages", "verdict"),
    [
        ("what does brightpan pay > i live in singapore, still ok?", NO),
        ("what does brightpan pay > but id stay in manila, ok?", YES),
        ("brightpan: is there a bonus > estoy en chile, se puede?", NO),
        ("saltmarsh pay? > im in japan, is that ok", NO),
        ("saltmarsh pay? > im in japan, is that ok > ok?", NO),
        ("saltmarsh pay? > ich bin in graz, passt das?", NO),
        ("saltmarsh pay? > contratan en argentina?", NO),
        ("saltmarsh: can't i be in europe?", NO),
        ("tramline leeds? > im 21, is that ok", NO),
    ],
)
async def test_ok_behind_a_place_asks_of_that_place(assistant: Assistant, messages: str, verdict: Verdict) -> None:
    told, _ = await _last(assistant, messages)
    assert told is verdict


@pytest.mark.parametrize(
    ("messages", "verdict", "quoted"),
    [
        ("can i telework at nordvik", YES, "hybrid"),
        ("en nordvik se puede teletrabajar?", YES, "hybrid"),
        ("gibt es homeoffice bei nordvik?", YES, "hybrid"),
        ("nordvik: can i work from home", UNCLEAR, "hybrid"),
        ("is nordvik fully remote", NO, "hybrid"),
        ("what does brightpan pay > what about oakwell, can i work from home there", NO, "on-site"),
        ("what does brightpan pay > and oakwell, kann ich da im homeoffice arbeiten?", NO, "on-site"),
    ],
)
async def test_some_days_at_home_are_work_at_home(assistant: Assistant, messages: str, verdict: Verdict, quoted: str) -> None:
    told, quotes = await _last(assistant, messages)
    assert told is verdict
    assert quoted in quotes


@pytest.mark.parametrize(
    ("messages", "verdict", "quoted"),
    [
        ("tramline pay? > n im 22, can i still drive?", NO, "23 years"),
        ("tramline age limit? > im 22 so no?", NO, "23 years"),
        ("tramline age limit? > im 22 so no? > is 25 old enough", YES, "23 years"),
        ("tramline: is 21 too young", YES, "23 years"),
        ("tramline: is 30 too young", NO, "23 years"),
        ("can a 30 year old work for tramline", YES, "23 years"),
        ("tengo 19 años, puedo trabajar en tramline?", NO, "23 years"),
        ("do i have to be 23 for tramline", YES, "23 years"),
        ("do i have to be 18 for tramline", UNCLEAR, "23 years"),
        ("tramline pay? > my van is a 2008 transit, is that ok", NO, "2012"),
        ("tramline pay? > my van is from 2015, ok?", YES, "2012"),
        ("mi furgoneta es de 2009, tramline la acepta?", NO, "2012"),
        ("can i send tramline my cv in welsh", None, ""),
        ("can i send kettleworks my cv in spanish", NO, "in English"),
        ("puedo mandar a kettleworks el cv en inglés?", YES, "in English"),
        ("kettleworks: lebenslauf auf deutsch ok?", NO, "in English"),
        ("i have no right to work in the uk, would tramline take me", NO, "Right to work"),
        ("i have the right to work in the uk, would tramline take me", YES, "Right to work"),
    ],
)
async def test_what_somebody_tells_of_themselves_is_held_against_the_bound(
    assistant: Assistant, messages: str, verdict: Verdict | None, quoted: str
) -> None:
    told, quotes = await _last(assistant, messages)
    assert told is verdict
    assert quoted in quotes


@pytest.mark.parametrize(
    ("messages", "verdict"),
    [
        ("do i have to be a student for oakwell", YES),
        ("muss ich für oakwell studieren", YES),
        ("do i need a backup laptop for brightpan", YES),
        ("does brightpan require kitchen safety experience", YES),
        ("does the brightpan job require designer experience already", YES),
        ("does a physics degree count at brightpan", YES),
        ("does a law degree count at brightpan", UNCLEAR),
        ("is a degree in chemistry ok for brightpan", YES),
        ("do i need a chemistry degree for brightpan", UNCLEAR),
        ("is 4 years of rust enough for brightpan", YES),
        ("6 yrs of sales but just 1 yr of rust, ok for brightpan?", NO),
        ("is 5 months of experience enough for brightpan", NO),
        ("must i know go for brightpan", NO),
        ("is pto unlimited at larkfield", None),
        ("larkfield: english needed?", YES),
        ("larkfield: spanish needed?", NO),
        ("saltmarsh: ny only?", NO),
        ("saltmarsh: only salt fans?", None),
        ("is automation experience needed at larkfield", YES),
        ("is mobile experience needed at larkfield", None),
        ("does larkfield need public speaking", None),
        ("must i speak french at nordvik", NO),
        ("can i work for fernway from new york", YES),
        ("vivo en los angeles, puedo trabajar en fernway?", NO),
        ("i live in dallas texas, fernway ok?", UNCLEAR),
        ("do i have to know react native already at fernway", NO),
        ("fernway: do i need fluent english", YES),
        ("is polish a must at fernway", NO),
        ("is there on call at fernway", YES),
        ("will i work night shifts at fernway", None),
        ("is retail experience a hard requirement at fernway", NO),
        ("does volunteer work count as experience at fernway", YES),
        ("will they make me do whiteboard stuff at fernway if i link my github", NO),
        ("i only know go, does fernway take that", YES),
        ("y a une salle de sport chez fernway", YES),
        ("does the fernway job involve a background check", YES),
        ("i have an old criminal record, would fernway still consider me", YES),
        ("does fernway hire ex cons", YES),
        ("got a felony on my record, would fernway take me", YES),
        ("does fernway ask for my salary history", NO),
        ("could i do quillmoor from berlin", NO),
        ("could i do quillmoor from lisbon", YES),
        ("does quillmoor even pay a salary", NO),
        ("puede uno teletrabajar en quillmoor", YES),
        ("do i have to live in leeds for inkwell", YES),
        ("muss ich in leeds wohnen für inkwell", YES),
        ("do i need a degree for hillbright", NO),
        ("would hillbright take a phd in place of the experience", NO),
        ("can i just mail hillbright a paper application", NO),
        ("braucht man bei hillbright einen uniabschluss", NO),
        ("i know neither rust nor go, can i apply to fernway", UNCLEAR),
        ("i have a chemistry bachelor and 4 years, enough for hillbright?", NO),
        ("can anyone off the street apply to hillbright", NO),
        ("do i already have to work there to apply at hillbright", YES),
        ("is hillbright open to the general public", NO),
        ("im on an h1b, would hillbright take me", NO),
        ("i have a green card, would hillbright take me", YES),
        ("are the mill aides at hillbright full time", NO),
        ("sind die stellen bei hillbright in der mill vollzeit?", NO),
        ("must i speak norwegian at nordvik", YES),
        ("o contrato da gullwick é permanente?", NO),
        ("a vaga da gullwick é efetiva?", NO),
        ("is gullwick a permanent job", NO),
        ("got a green card not citizenship, is gullwick still open 2 me", YES),
        ("gullwick take ppl on opt?", NO),
        ("does gullwick have an age limit", YES),
        ("can education replace experience at gullwick", NO),
        ("can i do gullwick without a degree", YES),
        ("is there a minimum age at gullwick", UNCLEAR),
        ("does tramline have a minimum age", YES),
        ("does gullwick take part in e-verify", YES),
        ("may recruitment agencies approach gullwick about this vacancy?", NO),
        ("im an agency, can i put candidates forward to gullwick", NO),
    ],
)
async def test_a_condition_is_told_yes_or_no(assistant: Assistant, messages: str, verdict: Verdict | None) -> None:
    told, _ = await _last(assistant, messages)
    assert told is verdict


async def test_a_role_that_is_not_here_is_asked_back_and_not_looked_for_everywhere(assistant: Assistant) -> None:
    answer = await ask(assistant, "living in mississauga. can i take the head miller role")
    assert answer.state.value == "not_understood"


async def test_a_list_by_a_citys_short_name_is_no_list_of_all(assistant: Assistant) -> None:
    answer = await ask(assistant, "who's hiring in san fran")
    assert answer.listing is None or answer.listing.fitting < len(_BODIES)
