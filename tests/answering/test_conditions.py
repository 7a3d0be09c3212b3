"""Whole messages on what a job demands, lets off or grants: a yes or no only where a sentence tells it, and the sentence."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from builders_answering import ask, open_assistant, posting_texts

from bot.answering.assistant import Assistant
from bot.domain.query import Verdict

YES, NO, UNCLEAR = Verdict.YES, Verdict.NO, Verdict.UNCLEAR

_BODIES = {
    "Marlow": (
        "Boat Painter",
        """## Requirements

* A driving licence, though this isn't required and will not affect your application
* Fluent German, but no French is required

Please add a cover letter about your boats, although that is not mandatory and takes time.""",
    ),
    "Pinegrove": ("Kite Engineer", "Location: Remote, Pittsburgh, PA\n\nYou must be legally eligible to work in the United States."),
    "Koalatech": ("Data Engineer", "Location: Remote\n\nYou may work from anywhere."),
    "Sundial": ("Support Agent", "Location: Remote (UK only)"),
    "Harbour City": ("Dock Captain", "(Exam open to current city employees)\n\nApplications will only be accepted on-line."),
    "Elmtown": ("Road Engineer", "(Exam open to all, including current town employees)"),
    "Fishers Union": ("Net Maker", "## Requirements\n\n* Union membership is required\n* Membership of the choir is welcome"),
    "Lajor": ("Tulip Packer", "Location: Lisse, The Netherlands\n\nSuitable candidates start within two weeks, and speak Dutch."),
    "Kranwerk": ("Kranführer", "## Anforderungen\n\n* Fließende Deutschkenntnisse\n* Gute Englischkenntnisse"),
    "Palmar": ("Support Clerk", "## Requirements\n\n* Fluent Spanish or English\n* Good Polish is a plus"),
    "Bricklane": (
        "Clerk",
        """Once your CV is read you will be asked to attend a talk, and to complete a practical test.

This position has no promotion potential.

For recruiters: we run this ourselves and will not be accepting applications through recruitment agencies.

Fully covered dental and vision coverage

Applicants with criminal histories are considered in line with the law.""",
    ),
    "Veevo": ("Glass Tester", "Location: Remote, California - Pleasanton\n\n* Must be located in the Pacific or Mountain Time Zones"),
    "Medfarm": (
        "Laborantin",
        "Location: Remote, Montréal, Canada\n\nPoste à distance pour candidats résidant dans la province de Québec uniquement.",
    ),
    "Hazelnut": (
        "Nut Sorter",
        """Location: San Francisco | Remote

While some roles may require proximity to our San Francisco office, remote roles can sit in any of these states: AZ, CA, DC, NM and TX.""",
    ),
    "Tuco": (
        "Phone Fitter",
        "Location: Remote, Anywhere\n\nBase pay is $125,900 - $139,900 USD for US residents OR $109,900 - $122,100 CAD for Canadians.",
    ),
    "Reefy": (
        "Coral Programmer",
        """As a remote Python house, we are a small team, each with at least five years of experience.

## Requirements

* at least a year with Python""",
    ),
    "Lampion": (
        "Laternen-Praktikum (Internship)",
        "## Requirements\n\n* Currently enrolled in a program\n\nThere is a possibility of retainment after the internship.",
    ),
    "Molly": ("Press Intern", "Internship in our press room."),
    "Kindred": (
        "Lamp Designer",
        "Green card (PERM) sponsorship is available for this role.\n\nCertificates: we care about real experience over credentials.",
    ),
    "Kraft Billing": (
        "Full Stack Dev",
        """We have an Ember frontend; however we don't require experience with any tool.

## Requirements

* Experience with Ember is a plus
* Tekla modelling
* Certificates such as OSCP, CISSP or similar are seen with favour but are not required""",
    ),
    "Durhamstead": (
        "Early Researcher",
        "Location: Durham, United Kingdom\n\nYou must not have been resident in the UK for more than 12 months.",
    ),
    "Passementerie": ("Couturier", "Le télétravail est possible, mais une présence ponctuelle à Lyon est demandée."),
    "Upwell": ("Data Clerk", "Location: Remote, United States\n\nYou join your team in person two days per quarter."),
    "Purecloud": ("Ledger Clerk", "Location: Remote\n\nThis job is fully remote, with no mandatory office presence."),
    "Nimbus": ("Writer", "Location: Remote\n\nThe Oslo office has free lunch once a month."),
    "Rundstahl": (
        "Walzer",
        "Das Büro ist in Berlin, Home-Office ist an drei Tagen pro Woche möglich.\n\nOffen für Menschen in Deutschland.",
    ),
}


@pytest.fixture
async def assistant(tmp_path: Path) -> AsyncIterator[Assistant]:
    async with open_assistant(tmp_path, posting_texts(_BODIES)) as (_, assistant):
        yield assistant


@pytest.mark.parametrize(
    ("message", "verdict", "said"),
    [
        ("driving licence a must at marlow?", NO, "isn't required"),
        ("is a cover letter required at marlow", NO, "not mandatory"),
        ("do i need german for marlow", YES, "German"),
        ("is french needed at marlow", NO, "no French"),
        ("pinegrove remote from lisbon ok?", NO, "United States"),
        ("pinegrove, remote work out of ohio?", UNCLEAR, "Ohio"),
        ("i'm in lisbon. is pinegrove remote?", YES, "remote"),
        ("sundial remote from manchester ok?", YES, "from Manchester"),
        ("sundial, wfh in spain fine?", NO, "not from Spain"),
        ("koalatech fully remote from india?", YES, "from India"),
        ("could i do passementerie 100% from home", UNCLEAR, "Lyon"),
        ("passementerie full télétravail ?", UNCLEAR, "Lyon"),
        ("can i work from home at passementerie", YES, "Lyon"),
        ("do i have to show up anywhere at upwell or is it 100% from home", UNCLEAR, "per quarter"),
        ("is upwell fully remote?", UNCLEAR, "per quarter"),
        ("is upwell remote?", YES, "remote"),
        ("do i have to come to the office at upwell", UNCLEAR, "per quarter"),
        ("do i have to come to an office at purecloud", NO, "no mandatory office"),
        ("is nimbus 100% remote", YES, "remote"),
        ("not working for the city rn, can i still go for dock captain in LA", NO, "current city employees"),
        ("im not a city employee yet, still ok to apply for dock captain?", NO, "current city employees"),
        ("harbour city: i dont work there, may i apply", NO, "current city employees"),
        ("im not a town employee, still ok to apply at elmtown? don't work there", YES, "open to all"),
        ("i am not in the union, can i apply to fishers union", NO, "is required"),
        ("no union membership, ok for fishers union?", NO, "is required"),
        ("not in the choir, ok for fishers union?", YES, "is welcome"),
        ("the dutch job at lajor, can i do it if i only speak english", NO, "speak Dutch"),
        ("is english enough for lajor", NO, "speak Dutch"),
        ("kranwerk geht auch nur mit englisch?", NO, "Deutschkenntnisse"),
        ("palmar only spanish ok?", YES, "Spanish or English"),
        ("can i join palmar if i only speak polish", NO, "Spanish or English"),
        ("can i do nimbus if i only speak english", None, "not mention"),
        ("palmar: no polish, ok?", YES, "Polish"),
        ("is there some kind of test when applying to bricklane", YES, "practical test"),
        ("any chance of promotion at bricklane", NO, "no promotion"),
        ("can one get promoted at bricklane", NO, "no promotion"),
        ("does bricklane take applications via recruitment agencies", NO, "agencies"),
        ("does bricklane pay for vision?", YES, "vision"),
        ("im a felon, do they take those at bricklane?", YES, "criminal histories"),
        ("veevo: im in new york, can i still apply", NO, "Time Zones"),
        ("can i do veevo from seattle", YES, "Time Zones"),
        ("can i do the medfarm job from ontario, im in ottawa", NO, "Québec"),
        ("medfarm from quebec city ok", YES, "Quebec"),
        ("im in ohio, can i work for hazelnut", NO, "TX"),
        ("can i work for hazelnut from austin", YES, "TX"),
        ("what does tuco pay someone living in canada", None, "CA$109,900"),
        ("how much would tuco pay people in the us", None, "$125,900"),
        ("how many years of python does reefy want", None, "at least a year"),
        ("do i need to be a student for the lampion internship", YES, "Currently enrolled"),
        ("do you have to be a student for molly's internship", None, "does not say"),
        ("is lampion fulltime after the internship possible?", UNCLEAR, "retainment"),
        ("wird das praktikum bei lampion bezahlt?", None, "nicht, was gezahlt wird"),
        ("does kindred sponsor green cards?", YES, "sponsorship"),
        ("does kindred care about certificates", NO, "over credentials"),
        ("muss man ember bei kraft billing schon können", NO, "Ember"),
        ("muss ich tekla kennen bei kraft billing", YES, "Tekla"),
        ("faut-il connaître ember chez kraft billing ?", NO, "Ember"),
        ("hay que saber tekla en kraft billing?", YES, "Tekla"),
        ("o kraft billing pede CISSP? é obrigatorio?", NO, "not required"),
        ("ive been living in the uk the last 3 years, can i go for durhamstead", NO, "12 months"),
        ("can i apply to durhamstead from the uk", UNCLEAR, "12 months"),
        ("rundstahl home office aus österreich möglich?", NO, "Österreich"),
    ],
)
async def test_a_condition_is_told_by_the_sentence_that_states_it(
    assistant: Assistant, message: str, verdict: Verdict | None, said: str
) -> None:
    answer = await ask(assistant, message)
    assert (answer.verdict, said in answer.text) == (verdict, True), answer.text
