"""Words that only look like those of a posting lead to none; those that name one lead to that one, or are asked back."""

import pytest

from bot.domain.query import Form, Query, Reach, TargetKind
from bot.questions.company_index import CompanyIndex
from bot.questions.company_names import Entry
from bot.questions.read_question import read_question

_ROWS = [
    (1, "Marlow Health Plan", "Analytics Manager - Claims Lake"),
    (2, "Fernhill Foods", "BI & Pricing Analytics Manager"),
    (3, "", "Full Stack Engineer (billing focus)"),
    (4, "Pinboardly", "Staff Engineer for Sharing team"),
    (5, "Quarrymax", "Senior Rust Developer"),
    (6, "City of Tarn", "PLANETARIUM EDUCATOR"),
    (7, "", "Senior Engineer Wichapa, KS"),
    (8, "", "Postdoctoral position"),
    (9, "Startups de Lys", "Intrapreneur(e)"),
    (10, "Ostrel", "Staff Developer Relations Engineer, Maps"),
    (11, "Summit Scholars", "Staff Frontend Engineer"),
    (12, "Northern Lanterns", "Staff Data Scientist"),
    (13, "Vellum Bio", "Sr. Scientist II"),
    (14, "Tidewater Systems", "Senior Sonar Scientist - SWATH TO 7 #12 (TS/SCI)"),
    (15, "", "Développeur principal"),
    (16, "", "Die Mälzerei Ostwald sucht zum 01.02.2030 in Rottal eine/n"),
    (17, "Glaserei Zirbenhof", "Bookkeeper"),
    (18, "", "Contract: Brindle consultant for a client in Zug"),
    (19, "", "Cook wanted, Taverna Lagada"),
    (20, "Lampion House", "Junior Illustrator"),
]
_INDEX = CompanyIndex(Entry(id=number, scope="everyone", company=company, title=title) for number, company, title in _ROWS)


def _read(*messages: str) -> Query:
    last: Query | None = None
    for message in messages:
        last = read_question(message, _INDEX, scopes={"everyone"}, last=last)
    assert last is not None
    return last


def _told(query: Query) -> list[int]:
    return [number for target in query.targets for number in target.postings[:1] if target.kind is TargetKind.FOUND]


@pytest.mark.parametrize(
    ("messages", "wanted"),
    [
        # A role after the word for a job in another language, or joined to it.
        (("oi, da pra trabalhar de portugal na vaga full stack?",), 3),
        (("quanto paga a vaga de full stack?",), 3),
        (("cuanto pagan en el puesto full stack",), 3),
        (("Guten Morgen, wie lange läuft die Postdoc-Stelle?",), 8),
        (("quel est le salaire pour le poste d'intrapreneur ?",), 9),
        (("dev principal: combien d'années d'expérience",), 15),
        # One word that is all of a title.
        (("postdoc stipend how much",), 8),
        (("what does quarrymax pay", "the postdoc, is there housing?"), 8),
        (("quel est le salaire chez quarrymax", "et pour l'intrapreneur ?"), 9),
        # "Team" in a title is no word for its posting.
        (("who do i write to at quarrymax", "how many people are there in the team"), 5),
        (("does quarrymax sponsor", "who leads the team"), 5),
        # What a company or role is called in short.
        (("what does quarrymax pay", "and the scholars company"), 11),
        (("nl data scientist tl;dr",), 12),
        (("nl data scientist pay",), 12),
        (("can i live in leeds for quarrymax", "dev rel one: from york fine?"), 10),
        (("when is the last date to apply for planetarium",), 6),
        # A name that only a title has, or the word of a company's name that no other has.
        (("what does quarrymax pay", "when does ostwald start"), 16),
        (("what does quarrymax pay", "can i start in june at ostwald"), 16),
        (("was zahlt quarrymax?", "wie viele stunden pro woche bei ostwald"), 16),
        (("what does quarrymax pay", "ostwald timezone"), 16),
        (("what does ostwald pay",), 16),
        (("is zirbenhof hybrid",), 17),
        (("QUARRYMAX SALARIO??",), 5),
        (("what does quarrymax pay", "is zirbenhof hybrid"), 17),
        (("wie viel urlaub bei zirbenhof",), 17),
        (("what does quarrymax pay", "Zirbenhof salary"), 17),
        # "Contract" behind a name is no kind of contract.
        (("what does quarrymax pay", "whats the rate for the brindle contract"), 18),
        # All that is said names one: it is not the one spoken of.
        (("what does quarrymax pay", "and the educator?"), 6),
        (("what does quarrymax pay", "and the engineer in kansas?"), 7),
    ],
)
def test_the_posting_that_is_named_is_the_one_that_is_meant(messages: tuple[str, ...], wanted: int) -> None:
    query = _read(*messages)
    assert _told(query) == [wanted]
    assert query.reach is Reach.ONE


@pytest.mark.parametrize(
    ("message", "wanted"),
    [
        ("what are the degree requirements for the analytics manager", {1, 2}),
        ("what does the scientist job pay", {13, 14, 12}),
    ],
)
def test_a_role_that_several_titles_have_is_asked_back(message: str, wanted: set[int]) -> None:
    (target,) = _read(message).targets
    assert target.kind is TargetKind.TIED
    assert set(target.postings) == wanted


@pytest.mark.parametrize(
    "message",
    [
        "combien de millions pour le plan lecture ?",  # "de" is no data engineer
        "da pra trabalhar de casa?",
        "how many people are there in the team",
        "is it a good company",
        "do they use de and da",
        "who will i report to",
        "any scholarships?",
    ],
)
def test_what_names_no_posting_leads_to_none(message: str) -> None:
    assert _told(_read(message)) == []


@pytest.mark.parametrize(
    "message",
    [
        "is it a health company",
        "how big is the team",
        "is the company public",
        "is there a planetarium nearby",
        "any travel for the team",
        "and the team?",
        "and sharing?",
        "and the maps?",
        "and the manager?",
        "what about the postdoc network they mention",
    ],
)
def test_a_follow_up_stays_with_the_posting_spoken_of(message: str) -> None:
    assert _told(_read("what does quarrymax pay", message)) == [5]


@pytest.mark.parametrize("message", ["air canada then, any jobs?", "any jobs at deutsche bahn", "and air france?"])
def test_an_employer_called_by_a_place_or_ordinary_words_is_not_here(message: str) -> None:
    (target,) = _read("is uber hiring", message).targets
    assert target.kind is TargetKind.UNKNOWN


@pytest.mark.parametrize(
    "message", ["does ostrem want english", "pstrel remote?", "zyntrel still hiring illustrators?", "zyntrel hiring illustrators"]
)
def test_another_name_is_not_here_though_a_letter_or_the_role_is_alike(message: str) -> None:
    (target,) = _read(message).targets
    assert target.kind is TargetKind.UNKNOWN


@pytest.mark.parametrize(
    "message", ["pay and years for the planetarium educator and the Wichapa engineer", "planetarium educator or wichapa engineer"]
)
def test_two_titles_that_are_joined_are_two_postings(message: str) -> None:
    query = _read(message)
    assert _told(query) == [6, 7]
    assert query.reach is Reach.SEVERAL


@pytest.mark.parametrize(
    "message",
    ["compare its pay to the planetarium gig", "compare it with the planetarium educator", "how does it compare with the planetarium job"],
)
def test_one_spoken_of_is_compared_with_another(message: str) -> None:
    query = _read("gimme the gist of quarrymax", message)
    assert _told(query) == [5, 6]
    assert query.form is Form.COMPARE


@pytest.mark.parametrize(
    ("message", "wanted"), [("tell me about ostrel, the developer relations engineer", 10), ("tell me about tarn, the educator", 6)]
)
def test_a_company_and_its_role_behind_a_comma_are_one_posting(message: str, wanted: int) -> None:
    assert _told(_read(message)) == [wanted]


def test_two_trades_behind_a_comma_are_two_postings() -> None:
    assert _told(_read("what does quarrymax pay", "who pays more, the cook or the illustrator")) == [19, 20]


@pytest.mark.parametrize("message", ["whats the kafka rate", "is the zembla job remote", "what does the Zembla client pay"])
def test_the_job_of_a_strange_name_is_the_one_spoken_of_only_where_its_text_has_the_name(message: str) -> None:
    (target,) = _read("what does quarrymax pay", message).targets
    assert target.kind is TargetKind.UNKNOWN
    assert (not target.told_by) or target.postings == (5,)


def test_a_name_with_letters_of_its_own_is_no_slip() -> None:
    index = CompanyIndex([Entry(id=1, scope="everyone", company="Bramwell", title="Lamp Architect")])
    (slip,) = read_question("what does bramwel pay", index, scopes={"everyone"}).targets
    (other,) = read_question("what does bramwexx pay", index, scopes={"everyone"}).targets
    assert (slip.kind, other.kind) == (TargetKind.FOUND, TargetKind.UNKNOWN)


def test_a_short_form_of_a_word_of_the_name_goes_on_no_other_name() -> None:
    index = CompanyIndex([Entry(id=1, scope="everyone", company="Bramwell International", title="Lamp Architect")])
    (target,) = read_question("bramwell intl how much pay", index, scopes={"everyone"}).targets
    assert target.kind is TargetKind.FOUND


@pytest.mark.parametrize("message", ["does spacey have jobs", "spacey salary"])
def test_a_name_a_letter_from_a_companys_is_no_word_of_its_posting(message: str) -> None:
    index = CompanyIndex([Entry(id=1, scope="everyone", company="SpaceQ", title="Label Designer")])
    (target,) = read_question(message, index, scopes={"everyone"}).targets
    assert (target.kind, target.names) == (TargetKind.UNKNOWN, ("SpaceQ",))


def test_how_big_names_no_posting_and_a_role_may_be_written_apart() -> None:
    index = CompanyIndex([Entry(id=1, scope="everyone", company="BigLoaf", title="Baker")])
    assert read_question("how big is the company", index, scopes={"everyone"}).targets == ()
    assert read_question("front end jobs?", index, scopes={"everyone"}).role == "frontend"


@pytest.mark.parametrize("message", ["is lakes9 on here? what do they pay", "lakex pay", "does lakey hire remotely", "the lakex job, pay?"])
def test_a_name_with_a_letter_of_its_own_is_no_word_of_a_title(message: str) -> None:
    index = CompanyIndex([Entry(id=1, scope="everyone", company="Rowan Lake Trust", title="Lake Warden (Upper Shore)")])
    assert _kinds(read_question(message, index, scopes={"everyone"})) in ([TargetKind.UNKNOWN], [])
    assert _told(read_question("the lake wraden job", index, scopes={"everyone"})) == [1]


def _kinds(query: Query) -> list[TargetKind]:
    return [target.kind for target in query.targets]


@pytest.mark.parametrize(
    ("message", "typed"),
    [
        ("the Tidewalk sonar scientist job, is it remote", "Tidewalk"),
        ("what does the zembla planetarium educator job pay", "zembla"),
        ("degree for the zembla claims analytics manager role?", "zembla"),
        ("tidewalk sonar scientist job pay", "tidewalk"),
    ],
)
def test_a_strange_name_before_a_role_leads_only_to_a_posting_whose_text_has_it(message: str, typed: str) -> None:
    (target,) = _read(message).targets
    assert (target.kind, target.typed) == (TargetKind.UNKNOWN, typed)
    assert target.told_by in ((), (typed.casefold(),))
    assert _told(_read("what does the planetariun educator job pay")) == [6]
    assert _told(_read("what does the tide sonar scientist job pay")) != []


@pytest.mark.parametrize(
    ("messages", "typed"),
    [
        (("what about datadog, are they hiring?",), "datadog"),
        (("does salesforce have anything here",), "salesforce"),
        (("wat about salesforce, do they pay well",), "salesforce"),
        (("zembly hiring interns still?",), "zembly"),
        (("zapier remote jobs?",), "zapier"),
        (("anything from epic systems?",), "epic systems"),
        (("what does quarrymax pay", "the Experis architect job pay"), "Experis"),  # whose stem is that of "experience"
        (("what does the experis architect job pay",), "experis"),
    ],
)
def test_a_technology_that_does_what_an_employer_does_is_a_company_that_is_not_here(messages: tuple[str, ...], typed: str) -> None:
    (target,) = _read(*messages).targets
    assert (target.kind, target.typed) == (TargetKind.UNKNOWN, typed)


@pytest.mark.parametrize(
    "messages",
    [("which want python", "and datadog?"), ("who uses datadog, are they remote",), ("remote salesforce jobs?",), ("is anyone hiring",)],
)
def test_a_technology_that_is_used_is_no_company(messages: tuple[str, ...]) -> None:
    assert _read(*messages).targets == ()


@pytest.mark.parametrize(
    "message",
    ["plank conection, do they pay", "plank conection pay?", "harbor hlth svc pay", "harbor health svc where is it", "tide intel pay"],
)
def test_a_slip_or_short_form_of_a_companys_word_is_put_right_as_that(message: str) -> None:
    rows = [(1, "Plank Connection", "Carpenter"), (2, "Harbor Health Service", "Nurse"), (3, "Tide Intelligence", "Sailor")]
    index = CompanyIndex(Entry(id=number, scope="everyone", company=company, title=title) for number, company, title in rows)
    (target,) = read_question(message, index, scopes={"everyone"}).targets
    assert target.kind is TargetKind.FOUND
    assert (target.company or "").casefold().startswith(message[:4])


def test_a_word_of_a_title_is_no_slip_of_one_that_is_asked() -> None:
    index = CompanyIndex([Entry(id=1, scope="everyone", company="Moulin", title="Chargé de déploiement")])
    assert _told(read_question("chargé de deploiement, quel contrat", index, scopes={"everyone"})) == [1]


@pytest.mark.parametrize(
    ("message", "told"),
    [
        ("what degree does zembla require for the billing full stack engineer", (3,)),  # the posting names no company: its text may
        ("the Zembla full stack billing engineer job, remote?", (3,)),
        ("what degree does zembla require for the planetarium educator", ()),
        ("the Zembla planetarium educator job, remote?", ()),
        ("is the fbi planetarium educator job remote", (6,)),  # in small letters it may be a word that its text has
    ],
)
def test_a_name_that_is_not_here_beside_a_role_may_be_in_the_text_of_a_posting_without_a_company(
    message: str, told: tuple[int, ...]
) -> None:
    (target,) = _read(message).targets
    assert (target.kind, target.postings) == (TargetKind.UNKNOWN, told)
    assert bool(target.told_by) == bool(told)


@pytest.mark.parametrize("message", ["is the blazer thing permanent", "blazer vs brook, who pays more"])
def test_a_word_of_english_in_a_companys_name_is_no_slip_of_a_technology(message: str) -> None:
    rows = ((1, "Guild of the Blazer", "Weaver"), (2, "Brook", "Diver"))
    index = CompanyIndex(Entry(id=number, scope="everyone", company=company, title=title) for number, company, title in rows)
    query = read_question(message, index, scopes={"everyone"})
    assert (query.targets[0].company, "skills" in {ask.topic for ask in query.asks}) == ("Guild of the Blazer", False)
