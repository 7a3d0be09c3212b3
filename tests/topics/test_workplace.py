import pytest
from builders import document

from bot.topics.workplace import Workplace, find_workplace, render_workplace


def _workplace(body: str = "We bake.", *, title: str | None = None, location: str | None = None) -> str | None:
    facts = find_workplace(document(body, title=title, location=location))
    return facts[0].value.value if facts else None


@pytest.mark.parametrize(
    ("location", "workplace"),
    [
        ("Remote", "remote"),
        ("remote,Remote", "remote"),
        ("Oslo or Remote", "remote"),
        ("Hybrid or Remote", "remote"),
        ("hybrid,Paris or Remote from France", "hybrid"),
        ("Hybrid / Company-Approved Remote Places", "hybrid"),
        ("San Francisco-Hybrid", "hybrid"),
        ("On-site, Lima", "onsite"),
        ("Lima (in the office)", "onsite"),
        ("Lima", None),
        ("Anywhere (LATAM)", "remote"),
        ("Lima, on-site + part remote", "hybrid"),
        ("Part time remote", "remote"),
    ],
)
def test_the_place_tag_tells(location: str, workplace: str | None) -> None:
    assert _workplace(location=location) == workplace


@pytest.mark.parametrize(
    ("body", "workplace"),
    [
        ("This is a hybrid role.", "hybrid"),
        ("* Hybrid working model", "hybrid"),
        ("Location: Quito (hybrid)", "hybrid"),
        ("* Un accord de télétravail", "hybrid"),
        ("* Télétravail partiel", "hybrid"),
        ("Du hast 2 Tage Homeoffice in der Woche.", "hybrid"),
        ("You have the option to work remotely one flexible day per week.", "hybrid"),
        ("Le poste peut être en partie en télétravail.", "hybrid"),
        ("Poste ouvert pour un contrat de six mois, en télétravail.", "remote"),
        ("Wir bieten hybrides Arbeiten.", "hybrid"),
        ("#LI-Hybrid", "hybrid"),
        ("Hybrid, working onsite at our Lima headquarters 3 days per week.", "hybrid"),
        ("You spend two days a week in the office.", "hybrid"),
        ("This is an on-site position in Beirut.", "onsite"),
        ("Onsite at our Quito headquarters", "onsite"),
        ("This role has an in-office presence in a hybrid capacity.", "hybrid"),
    ],
)
def test_the_text_overrules_a_remote_tag_for_this_very_job(body: str, workplace: str) -> None:
    assert _workplace(body, location="Remote") == workplace


@pytest.mark.parametrize(
    "body",
    [
        "If you live nearby we would love to see you one day a week in the office.",
        "You can work remotely or hybrid from our office three days a week.",
        "Hybrid or fully remote, as you like.",
        "Coming into an office is optional.",
        "Gourmet meals at the office two days a week.",
        "You run our hybrid cloud and remote desktops on-site at customers.",
        "The job is fully remote, with in-office meetings twice a year.",
    ],
)
def test_choices_and_other_things_leave_a_remote_tag_as_it_is(body: str) -> None:
    assert _workplace(body, location="Remote") == "remote"


@pytest.mark.parametrize(
    ("body", "workplace"),
    [
        ("Fully remote, with trips now and then.", "remote"),
        ("We are a remote-first company.", "remote"),
        ("#LI-Remote", "remote"),
        ("Remote innerhalb Deutschlands möglich.", "remote"),
        ("Trabajo 100% remoto.", "remote"),
        ("Hybrid work environment", "hybrid"),
        ("The role is based in our Oslo office.", "onsite"),
        ("You build hybrid search.", None),
        ("We have offices in Oslo and Lima.", None),
        ("We bake.", None),
    ],
)
def test_the_text_alone_tells_where_there_is_no_tag(body: str, workplace: str | None) -> None:
    assert _workplace(body) == workplace


def test_an_office_in_a_notice_about_pay_is_no_place_of_work() -> None:
    assert _workplace("The base salary range for this position based at our Quito headquarters is $90,000.") is None
    assert _workplace("This position is based at our Quito headquarters.") == "onsite"


def test_a_tag_that_counts_both_ways_gives_way_to_the_days_that_the_text_tells() -> None:
    said = "We work in a hybrid model, with at least two days a week in the office."
    tagged = document(said, location="Remote,Hybrid - Quito")
    assert [(fact.value.value, fact.quote.text) for fact in find_workplace(tagged)] == [("hybrid", said)]
    assert [fact.quote.text for fact in find_workplace(document(said, location="Hybrid - Quito"))] == ["Location: Hybrid - Quito"]


def test_a_title_tells_but_hybrid_things_in_it_do_not() -> None:
    assert _workplace(title="Baker (Remote)") == "remote"
    assert _workplace(title="Hybrid Cloud Baker") is None


@pytest.mark.parametrize("workplace", list(Workplace))
def test_each_workplace_is_told(workplace: Workplace) -> None:
    facts = find_workplace(document("We bake.", location={"remote": "Remote", "hybrid": "Hybrid", "onsite": "On-site"}[workplace]))
    assert render_workplace(facts).sentence.startswith("The job is ")


@pytest.mark.parametrize(
    ("body", "workplace"),
    [
        ("Workplace: Hybrid", "hybrid"),
        ("Remote: no", "onsite"),
        ("Homeoffice: ja", "remote"),
        ("Modalidad: presencial", "onsite"),
        ("Copper Pan | Cook | Oslo | ONSITE | Full-time", "onsite"),
        ("Copper Pan | Cook | REMOTE (Norway) | Full-time", "remote"),
        ("Télétravail possible 2 jours par semaine", "hybrid"),
        ("Le stage se déroule à Paris, dans les locaux de la mairie.", "onsite"),
        ("Remoto e escritório, Joinville", "hybrid"),
    ],
)
def test_labels_parts_and_other_languages_tell_it(body: str, workplace: str) -> None:
    assert _workplace(body) == workplace


@pytest.mark.parametrize(
    ("body", "workplace"),
    [
        ("Le poste est en télétravail.", "remote"),
        ("Où ? En télétravail et ponctuellement en présentiel dans nos locaux.", "hybrid"),
        ("Minimum 3 days work from the office is required.", "hybrid"),
        ("A vaga aceita trabalho remoto?: Não", "onsite"),
    ],
)
def test_wordings_of_other_languages_tell_the_workplace(body: str, workplace: str) -> None:
    assert _workplace(body) == workplace


@pytest.mark.parametrize(
    ("body", "workplace"),
    [
        ("We love bread. Remote work is not possible.", "onsite"),
        ("Remote work isn't an option, and you bake with us.", "onsite"),
        ("Fully remote work is not possible.", None),
        ("We bake. On-site, part-time, 12 hours per week.", "onsite"),
        ("On-site, we have a gym and part-time bakers.", None),
    ],
)
def test_work_that_cannot_be_done_elsewhere_is_on_site(body: str, workplace: str | None) -> None:
    assert _workplace(body) == workplace


def test_what_is_seldom_done_elsewhere_is_no_remote_job() -> None:
    assert _workplace("Nous travaillons au même endroit et ne travaillons pas beaucoup à distance.") is None


@pytest.mark.parametrize(
    ("body", "workplace"),
    [
        ("You have to be onsite; remote or hybrid work will not be considered.", "onsite"),
        ("Hybrid or remote work will not be considered.", "onsite"),
        ("This is not a remote or hybrid position, and you will have to move to Porto.", "onsite"),
        ("This is not a remote position.", "onsite"),
        ("Willing to work onsite, remote work not considered.", "onsite"),
        ("You must be able to work from our bakery; we do not offer remote work.", "onsite"),
        ("No remote work.", "onsite"),
        ("Remote candidates will not be considered.", "onsite"),
        ("Remote or hybrid arrangements are not available for this post.", "onsite"),
        ("We cannot offer remote or hybrid working for this job.", "onsite"),
        ("Unfortunately this job can't be done remotely.", "onsite"),
        ("Five days per week in the office are a must.", "onsite"),
        ("You work five days a week from our office in Leeds.", "onsite"),
        ("Kein Homeoffice möglich.", "onsite"),
        ("Zwei Tage pro Woche Homeoffice gibt es nicht.", "onsite"),
        ("No se ofrece teletrabajo.", "onsite"),
        ("Pas de télétravail.", "onsite"),
        ("Não é possível trabalhar remotamente.", "onsite"),
        ("Telework Type: Full-Time Office", "onsite"),
        ("100% on site", "onsite"),
        ("Lisbon, 100% on-site", "onsite"),
        ("Arbeitsort: vor Ort in Köln", "onsite"),
        ("The team works from home on Fridays.", "hybrid"),
        ("You can work from home on certain days.", "hybrid"),
        ("Some remote working is possible, and you bake on most days.", "hybrid"),
        ("We are happy to offer some work from home flexibility.", "hybrid"),
        ("Flexible Arbeitszeiten und mobiles Arbeiten möglich", "hybrid"),
        ("Homeoffice teilweise möglich", "hybrid"),
        ("Drei Tage Homeoffice in der Woche", "hybrid"),
        ("Homeoffice: 2 Tage/Woche", "hybrid"),
        ("2 days on site, 3 remote", "hybrid"),
        ("2 days on site, 3 remote (Austria or Spain)", "hybrid"),
        ("1 day remote and 4 days in the office", "hybrid"),
        ("Three days in the office, two from home", "hybrid"),
        ("1 day at home and 4 days in the office", "hybrid"),
        ("Teletrabajo dos días por semana", "hybrid"),
        ("Posibilidad de teletrabajar 3 días a la semana", "hybrid"),
        ("Vous pouvez télétravailler deux jours par semaine", "hybrid"),
        ("Remote work up to 2 days a week after probation", "hybrid"),
        ("The job is in Porto, with up to two days of remote work per week.", "hybrid"),
        ("Wir bieten zwei Tage Homeoffice pro Woche", "hybrid"),
        ("Our client, a large baker, seeks a cook for 6 months, 3 days a week in the Leeds office.", "hybrid"),
        ("Unless approved for full remote work, bakers must spend at least 50% of their time in-office.", "hybrid"),
        ("Location: Porto (WFO)", "onsite"),
        ("* Télétravail avec possibilité de déplacements occasionnels", "remote"),
        ("You have set up remote-access gateways.", None),
        ("You travel and work remotely if required.", None),
        ("Apply at https://remote-jobs.example/remote-jobs/cook-dough", None),
        ("Work from anywhere in India.", "remote"),
        ("Location: anywhere in India", "remote"),
        ("100 % Homeoffice möglich", "remote"),
        ("Du arbeitest komplett aus dem Homeoffice.", "remote"),
        ("Puedes teletrabajar desde cualquier lugar de España.", "remote"),
        ("Se puede teletrabajar al 100%.", "remote"),
        ("Poste en télétravail complet", "remote"),
        ("You can live anywhere in Portugal or Spain and work from home.", "remote"),
        ("Trabalhe de casa, de qualquer lugar do Brasil.", "remote"),
        ("This is a fully remote position; we do not require any office days.", "remote"),
        ("We are fully remote, so we have no office.", "remote"),
        ("This is a remote role, not a hybrid one.", "remote"),
        ("This is a hybrid role; fully remote work is not possible.", "hybrid"),
        ("Fully remote; hybrid is possible too.", "remote"),
    ],
)
def test_what_is_denied_or_holds_for_some_days_only_is_not_told_as_remote(body: str, workplace: str | None) -> None:
    assert _workplace(body) == workplace


def test_a_head_that_denies_remote_work_is_on_site() -> None:
    assert _workplace(location="Lima, no remote") == "onsite"


def test_a_line_near_the_top_of_a_page_tells_of_remote_work() -> None:
    assert _workplace("Acme Bakery\n\nFlexible / Remote · Lima, Peru · Quito, Ecuador\n\nWe bake.") == "remote"
    assert _workplace("We bake.\n" * 9 + "\n\nRemote sensing of ovens") is None


@pytest.mark.parametrize(
    ("body", "workplace"),
    [
        ("Horario flexible y posibilidad de teletrabajar para conciliar.", "hybrid"),
        ("Möglichkeit zum Homeoffice und vieles mehr.", "hybrid"),
        ("Le travail à distance est possible, ponctuellement.", "hybrid"),
        ("We expect everybody to be in one of our offices at least 25% of the time.", "hybrid"),
        ("Possibilité de télétravail après la période d'essai.", "hybrid"),
    ],
)
def test_a_possibility_of_work_at_home_is_for_some_days(body: str, workplace: str) -> None:
    assert _workplace(body) == workplace


def test_a_possibility_of_all_the_work_at_home_is_not() -> None:
    assert _workplace("Posibilidad de teletrabajo 100 % para todo el equipo.") != "hybrid"
