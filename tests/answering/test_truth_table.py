"""Questions for a yes or no against plain sentences: each is told by its own polarity and by the sentence's, or not at all."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from builders_answering import ask, open_assistant, posting_texts

from bot.answering.assistant import Assistant
from bot.domain.query import Verdict

YES, NO, UNCLEAR = Verdict.YES, Verdict.NO, Verdict.UNCLEAR

_BODIES = {
    "Otterbrook": (
        "Lantern Engineer",
        """Otterbrook makes lanterns for harbours.

## What you bring

* 5+ years of experience building software
* Professional experience with one of Java, Python, or Go
* Knowledge of lantern chemistry is not essential, we offer training
* A love for hedgehogs
* Some JavaScript
* Blender Experience (Bonus): modelling of lamps and brackets with Blender
* You don't need experience with our particular glaze framework, just curiosity
* Sailing experience isn't required

## Process

Send us a lantern that you built and you never have to sit through a whiteboard session.

Otterbrook does not accept portfolios from unsolicited staffing firms.

We do not use timed quizzes.

## NO RECRUITMENT AGENCIES

You glaze in any shirt: no fancy clothes required.

You can choose times and how many of the lanterns that came in during the week you want to look at.""",
    ),
    "Pebbleton": (
        "Archive Clerk",
        """## Requirements

* You must not have any felony convictions
* You must not have a record of quarrels of any sort, including unpaid gambling debts
* Appointment not to exceed 24 months; may be extended once
* Minimal travel required
* Two (2) years of experience as a clerk
* Evening shifts earn an additional 8 percent
* Ability to lift boxes of 60 pounds

Exam open to current Pebbleton employees only.""",
    ),
    "Wickford": (
        "Platform Developer",
        """Wickford is a remote company.

## Requirements

* 3+ years of experience building marketplaces
* 6+ years of experience in software engineering
* Kubernetes (a must)
* You may need to carry heavy crates
* Web3 experience is not required, but you are excited to learn

## Nice to have

* Background in astronomy

## Benefits

* There is a trampoline in the office
* 22 vacation days a year and unlimited sick and tea days
* Every employee gets a sabbatical after four years""",
    ),
    "Thistlewell": (
        "Honey Developer",
        """## Requirements

* You don't need Rust, but Elixir is a must
* Bachelor's degree not required, but two years of Terraform are a must
* Comfortable with Docker (Podman is a bonus)
* Deep expertise in PostgreSQL
* Frequent travel to our hives
* A beekeeping licence may be needed later on
* Fluent Welsh; Cornish is a plus
* Active Top Secret clearance

## Good to know

A criminal record will not automatically disqualify you.

Visible tattoos are grounds for rejection.

Will somebody weigh my honey every evening?

No. We trust our keepers.

We never ask for references.

Weekend work is paid extra.

We do not allow pets in the office.""",
    ),
    "Quarrymoor": (
        "Stone Analyst",
        """## Was du mitbringst

* Erfahrung mit Kubernetes ist kein Muss
* Ein Führerschein ist zwingend erforderlich
* Python oder R

Wir verlangen kein Anschreiben.""",
    ),
    "Marlowick": (
        "Lighthouse Keeper",
        """## Requirements

* Knowledge of brass lamps (Polish is a big plus)
* Candle certifications are encouraged
* A boat licence, though strongly desired, is not a requirement
* Travel 10-25%, including nights
* Associate's degree or equivalent experience

Except where prohibited by state law, all offers are conditioned upon passing a drug test.

No experience is required. We pay $21 to $30 an hour.

Exam open to current Marlowick employees only.""",
    ),
    "Hobbleton": (
        "Stoker",
        """## Requirements

* At least 5 years of experience as a stoker and at least 3 years crew management experience

We hire current university students and recent graduates, who can earn money. The job is fully remote within the United States.

We let you work from home or in the office, and those who like may choose hybrid options. We hire on a permanent contract.""",
    ),
    "Thistlewick": (
        "Beekeeper",
        """## Requirements

* Must live in Eastern or Central time zones
* You must be authorized to work in the United States

The job is fully remote, open to people in the United States.""",
    ),
    "Pebblecombe": (
        "Ferry Engineer",
        """## Requirements

* Bachelor's degree in ropes and 4+ years of experience at sea, or 7+ years of experience at sea in lieu of a naval degree
* Rope certification is a plus
* Knowledge of Kubernetes

The job is fully remote, with the option to join on-site as often as you like.

There is no expectation that this job will convert to a full time employee. You must be able to work full time hours.

H-1B transfer candidates are welcome. We do not sponsor new visas.

FREE: Mac laptop, oilskins and whatever is needed.""",
    ),
    "Saltmere": (
        "Risk Planner (QTA or RTB)",
        """Location: Remote, US

## Requirements

* Member of the Quay Tenders' Association (QTA) (RTB preferred)
* You have a four-door car, 2012 or newer, and are at least 23 years old
* Candidates outside the Boston, Massachusetts metro area will not be considered
* Be part of the live support rotation

## What we offer

* A heated outdoor swimming pool
* Complete hardware: screens, chair and laptop
* We are very flexible on schedule
* This placement runs for 7 months

## Pay

Zone A: USD 90,000 - USD 110,000
Zone B: USD 80,000 - USD 100,000""",
    ),
    "Fennmoor": (
        "Crate Engineer",
        """Location: Remote, US

Pay: $100K - 120K a year, 1099 in the US, and the local average plus a fifth for people outside the US.

## Requirements

* Kotlin
* 2 years of Docker
* Experience with forklifts is a must
* You check 40 crates per day""",
    ),
    "Barrowick": (
        "Loom Engineer",
        """## Requirements

* Experience with containers including Docker / Kubernetes
* Excel, SQL and SPSS or other statistical package experience required
* Vue, Angular or Svelte
* If you've managed a team before, it's a bonus.
* A good record of publication in weaving
* At least 5 years of experience as a weaver and at least 3 years people management experience

## Nice to have

* Terraform

## Benefits

There are catered lunches. Company shuttles are offered to employees for travel from Oldtown.""",
    ),
    "Tidewell": (
        "Harbour Intern (Internship)",
        """Location: Remote, Montreal, Canada

This internship is remote for candidates residing in the province of Quebec only.""",
    ),
}


@pytest.fixture
async def assistant(tmp_path: Path) -> AsyncIterator[Assistant]:
    async with open_assistant(tmp_path, posting_texts(_BODIES)) as (_, assistant):
        yield assistant


@pytest.mark.parametrize(
    ("message", "verdict"),
    [
        ("is it true otterbrook wants people who love hedgehogs", YES),
        ("can i pick my own hours at otterbrook", YES),
        ("does otterbrook take recruiters", NO),
        ("can the pebbleton one be extended after the 24 months", YES),
        ("do they like people with a love for hedgehogs at otterbrook?", YES),
        ("does otterbrook make people sit through a whiteboard session", NO),
        ("does otterbrook make you do whiteboard interviews?", NO),
        ("so no whiteboard session at otterbrook?", YES),
        ("does otterbrook accept portfolios from unsolicited staffing firms?", NO),
        ("do they take portfolios from staffing firms at otterbrook", NO),
        ("does otterbrook use timed quizzes", NO),
        ("are there timed quizzes at otterbrook?", NO),
        ("is it true otterbrook doesnt use timed quizzes", YES),
        ("do i need to know lantern chemistry already for otterbrook", NO),
        ("isn't knowledge of lantern chemistry mandatory at otterbrook?", NO),
        ("never studied lantern chemistry, is that a dealbreaker for otterbrook", NO),
        ("is javascript expertise required at otterbrook?", NO),
        ("does otterbrook require expertise in javascript", NO),
        ("does otterbrook need some javascript?", YES),
        ("is blender experience mandatory at otterbrook", NO),
        ("is blender a must for otterbrook?", NO),
        ("can i apply to otterbrook without blender", YES),
        ("do i really need experience with their glaze framework to join otterbrook", NO),
        ("must i have sailing experience for otterbrook?", NO),
        ("never sailed, is that a dealbreaker for otterbrook", NO),
        ("i have 4 years building software, does that clear the bar for otterbrook?", NO),
        ("got 6 years building software, enough for otterbrook?", YES),
        ("i code python for years, zero java. okay for otterbrook?", YES),
        ("i only know go, no java, can i apply at otterbrook", YES),
        ("do i have to know java for otterbrook", NO),
        ("i don't know java, python or go. fine for otterbrook?", None),
        ("will a felony conviction get me knocked out at pebbleton", YES),
        ("is a felony conviction a problem for pebbleton?", YES),
        ("can i have felony convictions and apply at pebbleton", NO),
        ("does the pebbleton job require a lot of travel?", NO),
        ("is there any travel at pebbleton", YES),
        ("do evening shifts pay extra at pebbleton", YES),
        ("does the pebbleton clerk have to lift heavy boxes", YES),
        ("i dont work for pebbleton right now, can i still apply", NO),
        ("can outsiders take the pebbleton exam", NO),
        ("can someone from outside the pebbleton workforce apply", NO),
        ("im a current pebbleton employee, can i take the exam", YES),
        ("i have one year as a clerk, enough for pebbleton?", NO),
        ("i have 3 years as a clerk, is that enough for pebbleton", YES),
        ("only 2 yrs building marketplaces, will wickford accept that", NO),
        ("i have 4 years building marketplaces, ok for wickford?", YES),
        ("is kubernetes a must at wickford", YES),
        ("and kubernetes at wickford, must?", YES),
        ("kubernetes isn't mandatory at wickford, right?", NO),
        ("do i need web3 experience for wickford?", NO),
        ("no web3 experience, is that a dealbreaker at wickford", NO),
        ("do i need an astronomy background for wickford", NO),
        ("does wickford seriously have a trampoline in the office", YES),
        ("is it true wickford has a trampoline", YES),
        ("does everyone get a sabbatical at wickford", YES),
        ("do i have to carry heavy crates at wickford?", UNCLEAR),
        ("i only know go, is that an issue at otterbrook", None),
        ("no blender experience, is that a problem at otterbrook", NO),
        ("no kubernetes, is that an issue at wickford", YES),
        ("i only have 4 years of experience, is that a problem at otterbrook", YES),
        ("i only have 5 years of experience, is that a problem at otterbrook", NO),
        ("i have a 3 year gap in my cv, is that an issue at wickford", None),
        ("does wickford need scala? i only do python", None),
        ("isn't otterbrook sailing experience required?", NO),
        ("does wickford give unlimited vacation", None),
        ("does wickford have a gym in the office", None),
        ("are there set days in the office at wickford", NO),
        ("does otterbrook need glaze framework experience or is it optional", NO),
        ("do i need rust for thistlewell", NO),
        ("is elixir required at thistlewell", YES),
        ("do i need elixir at thistlewell?", YES),
        ("can i join thistlewell without rust", YES),
        ("can i join thistlewell without elixir", NO),
        ("is a degree mandatory at thistlewell", NO),
        ("is terraform a must at thistlewell", YES),
        ("is podman mandatory at thistlewell", NO),
        ("is docker mandatory at thistlewell", YES),
        ("do they need deep postgresql expertise at thistlewell", YES),
        ("is there a lot of travel at thistlewell", YES),
        ("do i need a beekeeping licence for thistlewell", UNCLEAR),
        ("is cornish mandatory at thistlewell", NO),
        ("is welsh mandatory at thistlewell", YES),
        ("i hold a secret clearance, ok for thistlewell?", NO),
        ("will a criminal record get me disqualified at thistlewell", NO),
        ("is a visible tattoo a problem at thistlewell", YES),
        ("does thistlewell ask for references", NO),
        ("is weekend work paid extra at thistlewell", YES),
        ("are pets allowed in the office at thistlewell", NO),
        ("is kubernetes ein muss bei quarrymoor", NO),
        ("braucht man bei quarrymoor einen führerschein", YES),
        ("verlangt quarrymoor ein anschreiben", NO),
        ("ich kann nur python, reicht das bei quarrymoor", YES),
        ("is polish strictly required at marlowick", NO),
        ("do they insist on polish at marlowick", NO),
        ("does marlowick do a drug test", YES),
        ("if i have a visible tattoo will thistlewell bin my application?", YES),
        ("are candle certifications mandatory at marlowick", NO),
        ("is a boat licence mandatory at marlowick", NO),
        ("does marlowick involve travelling more than 30 percent of the time", NO),
        ("is there over 5% travel at marlowick", YES),
        ("is it at least 10% travel at marlowick", YES),
        ("travel up to 15% at marlowick?", UNCLEAR),
        ("does marlowick ask its keepers for previous experience", NO),
        ("does marlowick require previous experience as a keeper", NO),
        ("never went to college, is the degree a hard requirement at marlowick", NO),
        ("no degree needed at marlowick?", YES),
        ("can i get the marlowick job w/out already working for them", NO),
        ("is a kubernetes certification mandatory at pebblecombe", None),
        ("hobbleton: 4 yrs of managing crews enough?", YES),
        ("is two years of crew management enough at hobbleton?", NO),
        ("hobbleton only for current students?", None),
        ("can i work for thistlewick from colorado", NO),
        ("thistlewick from new york ok?", YES),
        ("does thistlewick hire in texas?", UNCLEAR),
        ("hobbleton internship paid or nah", YES),
        ("is the hobbleton job unpaid?", NO),
        ("r u in the office at pebblecombe if u want", UNCLEAR),
        ("is the hobbleton contract permanent?", YES),
        ("does hobbleton take someone with 6 yrs of java", UNCLEAR),
        ("can i work in the office at hobbleton", YES),
        ("does hobbleton allow hybrid?", YES),
        ("is hobbleton hybrid?", UNCLEAR),
        ("is thistlewick hybrid?", NO),
        ("do they even pay at hobbleton tho", YES),
        ("im on an h1b transfer, ok for pebblecombe?", YES),
        ("does pebblecombe sponsor a new h1b", NO),
        ("do they weigh my honey every evening at thistlewell", NO),
        ("my honey gets weighed every evening at thistlewell?", NO),
        ("can i have gambling debts at pebbleton", NO),
        ("got 4 yrs in total mostly crew management, enough for hobbleton?", UNCLEAR),
        ("can i do thistlewick from cali", NO),
        ("can i do hobbleton from cali", YES),
        ("can i do hobbleton from cali, colombia", NO),
        ("no degree but 6 years at sea, would pebblecombe take me", NO),
        ("could i get the pebblecombe job without a degree if i have eight years of experience?", YES),
        ("can i come to the office at pebblecombe if i want", YES),
        ("do i have to be in the office at pebblecombe", NO),
        ("is pebblecombe onsite?", UNCLEAR),
        ("is the pebblecombe job likely to turn into a full-time job?", NO),
        ("could i do pebblecombe part time while studying", NO),
        ("pebblecombe gonna give me a macbook?", YES),
        ("does pebblecombe give a windows laptop?", NO),
        ("does pebblecombe give a laptop", YES),
        ("do i need kubernetes for barrowick", UNCLEAR),
        ("is sql required at barrowick", YES),
        ("must i know spss for barrowick", NO),
        ("is spss or another statistical package required at barrowick", YES),
        ("is vue or similar a must at barrowick", YES),
        ("is vue a must at barrowick", NO),
        ("barrowick: n terraform, is that a must there", NO),
        ("barrowick: and sql, must have?", YES),
        ("does barrowick insist that i have managed a team before", NO),
        ("must i have led a team before at barrowick", NO),
        ("barrowick: publications needed as well?", YES),
        ("do u get fed at barrowick", YES),
        ("does barrowick run shuttles from oldtown", YES),
        ("i got 7 yoe but only 1 yr managing ppl, am i good for barrowick", NO),
        ("8 years weaving but just 2 managing people, enough for barrowick?", NO),
        ("8 years weaving and 4 managing people, enough for barrowick?", YES),
        ("does wickford have a swimming pool", None),
        ("does otterbrook have a trampoline", None),
        ("does otterbrook want people who love cats", None),
        ("do night shifts pay extra at wickford", None),
        ("do i need to know lantern physics for otterbrook", None),
        ("will a speeding ticket get me knocked out at pebbleton", None),
        ("does wickford accept portfolios from staffing firms", None),
        ("do they build marketplaces for boats at wickford", None),
    ],
)
async def test_a_plain_sentence_is_told_yes_or_no_by_its_polarity(assistant: Assistant, message: str, verdict: Verdict | None) -> None:
    answer = await ask(assistant, message)
    assert answer.verdict is verdict


async def test_an_hourly_rate_asks_for_no_hours(assistant: Assistant) -> None:
    answer = await ask(assistant, "what hourly rate does marlowick pay?")
    assert "$21 to $30 an hour" in answer.text


async def test_the_gist_of_a_job_in_a_town_is_a_summary(assistant: Assistant) -> None:
    assert (await ask(assistant, "gimme the gist of the wickford oslo job")).topic == "company"


@pytest.mark.parametrize(
    ("messages", "verdict", "said"),
    [
        (("does saltmere need a QTA",), YES, "QTA"),
        (("sum up saltmere", "so do i need to be a QTA"), YES, "QTA"),
        (("saltmere: must i be an RTB",), NO, "RTB preferred"),
        (("what does saltmere pay", "my sister is 30, what car does she need"), None, "four-door"),
        (("what does saltmere pay", "how old can my car be"), None, "2012 or newer"),
        (("can i do saltmere from dallas",), NO, "will not be considered"),
        (("is saltmere ok from providence, rhode island",), UNCLEAR, "will not be considered"),
        (("can i do saltmere from boston",), YES, "United States"),
        (("do i have to be in boston for saltmere",), YES, "will not be considered"),
        (("any on call stuff at saltmere?",), YES, "live support rotation"),
        (("what does saltmere pay", "someone said theres a swimming pool, is that for real"), YES, "swimming pool"),
        (("does saltmere give u the hardware",), YES, "Complete hardware"),
        (("what does saltmere pay", "do they do flexible hours, i have classes"), YES, "very flexible on schedule"),
        (("what does saltmere pay", "and how long does it go"), None, "7 months"),
        (("what does saltmere pay in zone a", "and b"), None, "$80,000"),
        (("what does saltmere pay", "is boston one of the places"), YES, "United States"),
        (("is fennmoor 1099?", "w2?"), None, "1099"),
        (("fennmoor: 1099 or w2",), None, "1099"),
        (("fennmoor: can i be outside the us",), YES, "United States"),
        (("fennmoor how many crates a day",), None, "40 crates"),
        (("tidewell: do they take people outside of quebec",), NO, "Quebec"),
        (("got 3 years of kotlin, and only 1 docker, ok for fennmoor?",), UNCLEAR, "2 years of Docker"),
        (("what does fennmoor pay", "never done forklifts before tho"), NO, "is a must"),
        (("does fennmoor want kotlin", "im in york is that ok"), None, "not say"),
        (("tidewell paga en dolares?",), None, "anuncio no dice"),
        (("whereabouts is the tidewell internship",), None, "Quebec"),
        (("fennmoor kotlin use hota hai kya",), YES, "Kotlin"),
    ],
)
async def test_what_is_asked_next_is_no_echo_of_the_answer_before(
    assistant: Assistant, messages: tuple[str, ...], verdict: Verdict | None, said: str
) -> None:
    for message in messages:
        answer = await ask(assistant, message, conversation="one")
    assert answer.verdict is verdict
    assert said in answer.text
