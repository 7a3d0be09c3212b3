"""The heads that people paste: each is a kind of text, all written for these tests."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.parsing.head import read_head
from bot.parsing.parse import parse_posting, read_document
from bot.text.document import BULLET, TAG, TITLE
from bot.text.lines import read_lines

BODY = "We bake bread for forty towns along the river, and we would like to bake more of it."
Named = tuple[str | None, str | None]


def head_of(text: str) -> Named:
    document = read_document(f"{text}\n\n{BODY}")
    return document.title, document.company


@pytest.mark.parametrize(
    ("line", "title", "company"),
    [
        ("Breadly (YC S23) | Backend Engineer, Oven Designer | Berlin or REMOTE (EU) | Full-time | €70-90k | https://breadly.example",
         "Backend Engineer, Oven Designer", "Breadly"),
        ("Breadly | REMOTE (US) | Full-Time | Senior Baker | $80k-$120k", "Senior Baker", "Breadly"),
        ("Breadly | https://breadly.example | Baker | Remote", "Baker", "Breadly"),
        ("Breadly (https://breadly.example) | Oven Engineer | ONSITE, Lyon", "Oven Engineer", "Breadly"),
        ("Breadly | Data Scientist | Data Analyst | ML Engineer | Remote (US)", "Data Scientist, Data Analyst, ML Engineer", "Breadly"),
        ("Breadly | Front-End | NYC | Full-time hybrid", "Front-End", "Breadly"),
        ("Breadly (https://breadly.example/)| Senior Bread Wizard | Full-time | NYC", "Senior Bread Wizard", "Breadly"),
        ("Senior Living | Baker | Oslo", "Baker", "Senior Living"),
        ("Breadly | London, UK | Full-Time | ONSITE | https://www.breadly.example", None, "Breadly"),
        ("Breadly | Remote | Full-time | Hiring: Baker + Cook", "Baker + Cook", "Breadly"),
        ("*Breadly | REMOTE (US) or Santa Cruz, CA | Senior Baker*", "Senior Baker", "Breadly"),
        ("Senior Baker | Breadly | Lyon, France", "Senior Baker", "Breadly"),
        ("🚀 We're hiring | Oven Engineer", "Oven Engineer", None),
        ("Breadly | Multiple roles | Tokyo, Japan | Full-time", "Multiple roles", "Breadly"),
        ("Breadly · Oven Engineer · Remote, EU", "Oven Engineer", "Breadly"),
    ],
)  # fmt: skip
def test_pieces_between_bars_are_told_apart_in_any_order(line: str, title: str | None, company: str | None) -> None:
    assert head_of(line) == (title, company)


def test_pieces_become_tags_that_the_topics_read() -> None:
    posting = parse_posting(f"Breadly | Oven Engineer | Lyon, France | Full-time | €70k - €90k a year\n\n{BODY}", "x")
    assert posting.location == "Lyon, France"
    assert posting.facts["employment_type"][0].quote.text == "Full-time"
    assert (posting.facts["pay"][0].value.minimum, posting.facts["pay"][0].quote.text) == (70_000, "€70k - €90k a year")


@pytest.mark.parametrize(
    ("lines", "title", "company", "place"),
    [
        ("Night Baker\nDough & Sons\nLyon, France", "Night Baker", "Dough & Sons", "Lyon, France"),
        ("Dough & Sons\nNight Baker Manager\nLyon, France", "Night Baker Manager", "Dough & Sons", "Lyon, France"),
        ("Budget Analyst\nDEPARTMENT OF BREAD SERV.\n59-17 Mill Blvd\nProposed Salary Range: $ 53,134.00 - $ 74,479.00", "Budget Analyst",
         "DEPARTMENT OF BREAD SERV.", "59-17 Mill Blvd"),
        ("Oven Technician\nOffice of the Miller\nBaker City, Oregon; Boise, Idaho\nSalary Range: $11 to $26 / Per Hour", "Oven Technician",
         "Office of the Miller", "Baker City, Oregon; Boise, Idaho"),
        ("Oven Technician\nOvens, Inc.\nRemote\nUSD 100,000 - 150,000", "Oven Technician", "Ovens, Inc.", "Remote"),
        ("Project Baker\nUS, CA, Bakersfield", "Project Baker", None, "US, CA, Bakersfield"),
        ("Analista de Pães\nPadaria Sol\nItajaí - SC", "Analista de Pães", "Padaria Sol", "Itajaí - SC"),
        ("Bäckereileiter (m/w/d)\nBrotwerk GmbH\nBerlin, Germany", "Bäckereileiter (m/w/d)", "Brotwerk GmbH", "Berlin, Germany"),
        ("Senior Engineer - Ovens | UK | Remote\nBreadly\nRemote", "Senior Engineer - Ovens | UK | Remote", "Breadly", "Remote"),
    ],
)  # fmt: skip
def test_lines_below_each_other_are_title_company_and_place(lines: str, title: str, company: str | None, place: str | None) -> None:
    document = read_document(f"{lines}\n\n{BODY}")
    assert (document.title, document.company, document.location) == (title, company, place)


@pytest.mark.parametrize(
    ("text", "title", "company"),
    [
        ("Breadly is hiring a Night Baker! Apply now.", "Night Baker", "Breadly"),
        ("Breadly is looking for a Product Designer 🎨 · Hi all", "Product Designer", "Breadly"),
        ("Breadly Ovens is looking for junior and senior developers in Austin, TX. (http://www.breadly.example/)",
         "junior and senior developers", "Breadly Ovens"),
        ("We at Breadly are looking for an Oven Engineer to join our crew.", "Oven Engineer", "Breadly"),
        ("Breadly sucht einen Softwareentwickler (m/w/d) in Köln", "Softwareentwickler (m/w/d)", "Breadly"),
        ("Breadly recrute une développeuse ou un développeur", "développeuse ou un développeur", "Breadly"),
        ("Breadly busca un desarrollador backend", "desarrollador backend", "Breadly"),
        ("hiring!! @Breadly need a django dev asap, 4mo contract, $60-70/hr, remote", "django dev", "Breadly"),
        ("hey!! @Breadly need 2 django devs asap, 6mo contract, €400/day", "2 django devs", "Breadly"),
        ("Breadly seeks a baker, full-time, Lyon", "baker", "Breadly"),
        ("Breadly Ovens Ltd needs a night baker for its new shop in Leeds.", "night baker", "Breadly Ovens Ltd"),
        ("We need a baker at Breadly, Leeds, 13 an hour", "baker", "Breadly"),
    ],
)  # fmt: skip
def test_a_sentence_that_somebody_hires_names_both(text: str, title: str, company: str) -> None:
    assert head_of(text) == (title, company)


@pytest.mark.parametrize(
    ("line", "title", "company"),
    [
        ("# [Remoto] Pessoa Dev Back-end na Breadly", "Pessoa Dev Back-end", "Breadly"),
        ("# [Remote] Back-end Developer @ Breadly", "Back-end Developer", "Breadly"),
        ("# [Remoto] Back-end Developer", "Back-end Developer", None),
        ("# Breadly - Software Developer (Golang) - Remote / Oslo -", "Software Developer (Golang)", "Breadly"),
        ("# [HIRING] Oven Engineer at Breadly", "Oven Engineer", "Breadly"),
        ("Night Cook at Bistro Bleu", "Night Cook", "Bistro Bleu"),
        ("Koch bei Gasthof Adler GmbH", "Koch", "Gasthof Adler GmbH"),
        ("Senior Engineer - Platform", "Senior Engineer - Platform", None),
        ("Head of Bread at Scale", "Head of Bread at Scale", None),
        ("Make Bread at Home", "Make Bread at Home", None),
        ("Software Engineer (Python) - Berlin", "Software Engineer (Python) - Berlin", None),
    ],
)
def test_a_first_line_is_parted_where_it_names_the_company(line: str, title: str, company: str | None) -> None:
    assert head_of(line) == (title, company)


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("# [Santos - SP] Dev Back-end na Breadly", "Santos - SP"),
        ("# [Santos- SP] Dev Back-end na Breadly", "Santos- SP"),
        ("# [Remoto] Dev Back-end na Breadly", "Remoto"),
        ("# [Urgente] Dev Back-end na Breadly", None),
    ],
)
def test_a_place_in_brackets_before_a_title_is_where_the_job_is(line: str, place: str | None) -> None:
    assert read_document(line).location == place


@pytest.mark.parametrize(
    ("text", "title", "company"),
    [
        ("Senior Baker\nBreadly · Lyon, Rhône, France · 2 weeks ago · Over 200 applicants\nEasy Apply\nSave", "Senior Baker", "Breadly"),
        ("Breadly logo\nBreadly\nShare\nOven Designer\nBerlin, Germany · 3 days ago", "Oven Designer", "Breadly"),
        ("Oven Designer - job post\nBreadly\n3.9 out of 5 stars\nRemote\n$90,000 - $120,000 a year", "Oven Designer", "Breadly"),
        ("🔥 HOT JOB 🔥\nJava Developer (Spring)\n🏢 Breadly\n📍 Kraków\n💰 20-25k PLN", "Java Developer (Spring)", "Breadly"),
        ("Developer Advocate (m/w/d)\nbei der Brotwerk SE in Köln", "Developer Advocate (m/w/d)", "Brotwerk SE"),
        ("State of Mills\nDepartment of Bread\nOven Engineer\n$5,000 a month", "Oven Engineer", "Department of Bread"),
        ("The New York Loaf\nSenior Software Engineer\nNew York, NY", "Senior Software Engineer", "The New York Loaf"),
        ("Position: Baker | Company: Breadly | Location: Minsk", "Baker", "Breadly"),
        ("Subject: Fwd: opening in our lab - oven engineer\nFrom: x@rye.example\n\nDear all,", "oven engineer", None),
        ("Subject: Job opening: Oven engineer at Rye Street\nFrom: x@rye.example\nTo: list", "Oven engineer", "Rye Street"),
        ("Breadly - https://breadly.example - Backend Engineer - Paris, France - Full time", "Backend Engineer", "Breadly"),
        ("Breadly, Inc. is seeking a Backend Engineer in Austin, TX", "Backend Engineer", "Breadly, Inc."),
        ("Backend Engineer, Breadly Inc.", "Backend Engineer", "Breadly Inc."),
        ("Join Breadly as a Product Manager", "Product Manager", "Breadly"),
        ("We're hiring a Staff Engineer at Breadly!", "Staff Engineer", "Breadly"),
        ("Offre d'emploi : Développeur PHP chez Lepain (Roubaix)", "Développeur PHP", "Lepain"),
        ("[Hiring] Senior Python Developer @ Breadly (Remote, EU) €60-80k", "Senior Python Developer", "Breadly"),
        ("Skip to main content\nBreadly logo\nBreadly\nShare\nShow more options\nOven Designer\nGraz, Styria, Austria · 3 days ago",
         "Oven Designer", "Breadly"),
        ("Software Baker II\nBreadly Analytics · Austin, TX (Remote)\n$128K/yr - $155K/yr", "Software Baker II", "Breadly Analytics"),
        ("Oven Engineer (m/w/d)\nMehl & Korn GmbH, Freiburg im Breisgau\n16-20 Std./Woche", "Oven Engineer (m/w/d)", "Mehl & Korn GmbH"),
        ("Positions available at Rye Valley School District\nBus Driver, $19.85/hr, part-time\nRequired: a licence",
         "Bus Driver", "Rye Valley School District"),
        ("Job Title: Night Nurse\nFacility: St. Rye Medical Center\nShift: nights", "Night Nurse", "St. Rye Medical Center"),
        ("Hiring multiple candidates\nPosted 30+ days ago\nOven Technician\nBread & Rye Group - 4.1 ★\nBoise, ID (On-site)",
         "Oven Technician", "Bread & Rye Group"),
        ("Oven Designer\nat Breadly (YC W22), headquartered in San Francisco", "Oven Designer", "Breadly"),
        ("Offre d'emploi : Boulanger confirmé H/F", "Boulanger confirmé H/F", None),
        ("hey all 👋 my team at Breadly is hiring a staff oven eng (Go, Rye), remote in the EU, 95-115k€", "staff oven eng", "Breadly"),
        ("[HIRING] part-time oven manager, 15h/week, $22/hr, DM me your loaves. No agencies!", "part-time oven manager", None),
        ("Our client, a leading European baker, is seeking an Oven Engineer for a 6-month contract, £500 per day.", "Oven Engineer", None),
        ("Position\tOven Engineer\nCompany\tBreadly\nOffice\tToronto, ON", "Oven Engineer", "Breadly"),
        ("| Role | Company | Location | Salary |\n| --- | --- | --- | --- |\n| Night Baker | Breadly | Leeds, UK | £14.20/hour |",
         "Night Baker", "Breadly"),
        ("Company | Role\nBreadly | Baker\nBreadly | Miller", "Baker, Miller", "Breadly"),
        ("Night Baker              Breadly Trust\nFull-time                Leeds, UK\n£30,000 a year           Closes: May",
         "Night Baker", "Breadly Trust"),
        ("Lyon, France\n\nBreadly (breadly.example)\n\nHiring for two positions:\n\n- Oven Engineer\n\nYou bake.\n\n- Product Manager",
         "Oven Engineer, Product Manager", None),
        ("Breadly is growing!\n\nNight Baker - CAD 60k-70k\nOven Designer - CAD 65k-80k", "Night Baker, Oven Designer", "Breadly"),
        ("Product Baker of Rye and Wheat\nLyon, France\n\nRole: Consultant", "Product Baker of Rye and Wheat", None),
        ("Wir suchen ab sofort einen Elektroniker (m/w/d) für Betriebstechnik", "Elektroniker (m/w/d) für Betriebstechnik", None),
    ],
)  # fmt: skip
def test_what_sites_apps_and_mails_put_around_a_head_is_none_of_it(text: str, title: str, company: str | None) -> None:
    assert head_of(text) == (title, company)


@pytest.mark.parametrize(
    "second",
    ["Engineering Team", "Machine Learning", "React, Node.js, AWS", "Night shift", "ab sofort", "Full-time", "Apply now", "Job Description",
     "6 months", "We are looking for a baker.", "Reports to: CEO", "Lyon, France"],
)  # fmt: skip
def test_what_else_stands_below_a_title_is_no_company(second: str) -> None:
    assert head_of(f"Senior Engineer\n{second}\nBerlin, Germany") == ("Senior Engineer", None)


@pytest.mark.parametrize(
    "line",
    ["Kotlin | Android | Remote", "DevOps Engineer | AWS, Terraform | 6 months | London", "Looking for a co-founder | SaaS | Remote"],
)
def test_tools_and_times_between_bars_are_no_company(line: str) -> None:
    assert head_of(line)[1] is None


def test_a_tool_s_name_is_a_company_s_where_the_text_bears_it_out() -> None:
    assert head_of("Docker | Senior Engineer | Remote\n\nAt Docker, we build containers. Docker is hiring.") == (
        "Senior Engineer",
        "Docker",
    )


def test_what_stands_in_brackets_before_a_title_goes_on_being_read() -> None:
    document = read_head(read_lines(f"# [Curitiba - PR] Baker\n\n{BODY}"))
    assert [(line.kind, line.text) for line in document.lines[:2]] == [(TITLE, "[Curitiba - PR] Baker"), (TAG, "Curitiba - PR")]


def test_an_address_or_the_text_bears_out_a_name_behind_a_dash() -> None:
    assert head_of("# Oven Engineer - Breadly\n\nWrite to jobs@breadly.com.") == ("Oven Engineer", "Breadly")
    assert head_of("# Oven Engineer - Growth") == ("Oven Engineer - Growth", None)


@pytest.mark.parametrize(
    ("text", "title", "company"),
    [
        ("🟢 HIRING REMOTELY\n\nRole: Junior Baker\nCompany: Breadly\nSalary: $16/hr", "Junior Baker", "Breadly"),
        ("#vacancy #remote #QA\n\nПозиция: QA Engineer\nКомпания: Breadly", "QA Engineer", "Breadly"),
        ("Agency: Department of Bread\nCivil Service Title: Miller\nLevel: 02", "Miller", "Department of Bread"),
        ("Dienststelle: Amt für Brot\nStellenbezeichnung: Sachbearbeiter Mehl", "Sachbearbeiter Mehl", "Amt für Brot"),
        ("From: a@breadly.example\nTo: the list\nSubject: [bakers] Re: Contract position in oven design available, Lyon",
         "Contract position in oven design", None),
        ("🚀 WE'RE HIRING | MULTIPLE OPENINGS\n🔙 Senior Baker – Rye\n📍 Lyon | Bern |\n💼 4 years", "Senior Baker – Rye", None),
        ("Night Baker\nA bakery by the river.\n\nCompany: We are a bakery that likes bread very much indeed.", "Night Baker", None),
    ],
)  # fmt: skip
def test_labelled_lines_go_before_everything_else(text: str, title: str, company: str | None) -> None:
    assert head_of(text) == (title, company)


@pytest.mark.parametrize(
    ("first", "title"),
    [
        ("OvenIntegration / MiddlewareBaker", "Oven Integration / Middleware Baker"),
        ("JavaScriptEngineer", "JavaScript Engineer"),
        ("Baker for PricewaterhouseRye", "Baker for PricewaterhouseRye"),
        ("DevOps Engineer", "DevOps Engineer"),
    ],
)
def test_a_title_whose_words_were_glued_together_is_parted(first: str, title: str) -> None:
    assert read_document(f"{first}\nLyon, France\n\n{BODY}").title == title


def test_those_whom_one_works_with_are_no_title() -> None:
    assert head_of("We bake!\n\nYou work with:\n- Product Manager\n- Oven Designer") == (None, None)


@pytest.mark.parametrize("text", ["We're hiring!", "About us", "#jobs #bread", "Lyon, France", "Hi all"])
def test_no_title_and_no_company_is_made_of_other_words(text: str) -> None:
    assert head_of(text) == (None, None)


@pytest.mark.parametrize(
    ("front", "title", "company"),
    [
        ("roles: un·e boulanger·e\nstartup: le-pain\nopen: false", "un·e boulanger·e", "Le Pain"),
        ('position: "Night Baker" # the best\ntitle: Breadly hires\nemployer: Breadly', "Night Baker", "Breadly"),
        ("title: Baker # 2 of 3\ncompany: 'Breadly'\ncontact:\n    name: Ada\n    url: https://ada.example/x", "Baker", "Breadly"),
        ("startup: breadly\ntags:\n  - python\n  - ovens\njob title: Baker", "Baker", "breadly"),
    ],
)
def test_front_matter_may_have_any_keys(front: str, title: str, company: str) -> None:
    document = read_document(f"---\n{front}\n---\n\nLe Pain est bon. {BODY}")
    assert (document.title, document.company, document.link) == (title, company, None)


def test_lists_of_a_front_matter_go_on_being_read() -> None:
    document = read_document(f"---\ntitle: Baker\ntechno:\n  - NodeJS\n  - Python\n---\n\n{BODY}")
    assert [(line.text, line.headings) for line in document.body[:2]] == [("NodeJS", ("techno",)), ("Python", ("techno",))]


def test_it_is_told_which_rule_read_what() -> None:
    assert read_head(read_lines(f"Breadly | Baker | Lyon\n\n{BODY}")).rules == (
        "title by the pieces between bars",
        "company by the pieces between bars",
        "place by the pieces between bars",
    )
    assert read_head(read_lines(f"Baker\nCompany: Breadly\n\n{BODY}")).rules == ("title by its first line", "company by its label")


@given(st.lists(st.text(alphabet="Ab |-–()[]@:\n#.🚀0€", max_size=30), max_size=8).map("\n".join))
def test_any_head_is_read_and_its_lines_keep_their_words(text: str) -> None:
    lines = read_lines(text)
    assert all(any(made.text in line.text for line in lines) for made in read_head(lines).lines)


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("🔥 Night Nurse wanted – DoughWell Clinic, Dublin 🔥\n\nYou care.", ("Night Nurse", "DoughWell Clinic", "Dublin")),
        ("Line Cook in Salem, OR.\n\nOur kitchen is open.", ("Line Cook", None, "Salem, OR")),
        ("Vaga: Padeiro Pleno | Acme Fornos | Porto (híbrido)\n\nFazemos pão.", ("Padeiro Pleno", "Acme Fornos", "Porto (híbrido)")),
        ("Company：Acme Ovens\nTitle：Night Baker\nLocation：Lyon, France\n\nWe bake.", ("Night Baker", "Acme Ovens", "Lyon, France")),
        (
            "DoughWell Clinic\n\nNight Nurse\nCork, Ireland · 2 weeks ago · 45 applicants\nEasy Apply\nSave\n\nAbout the job\n\nYou care.",
            ("Night Nurse", "DoughWell Clinic", "Cork, Ireland"),
        ),
        ("Line cook wanted, Gasthof Adler, Graz, €14.50/h, ring 0100 555 0199", ("Line cook", "Gasthof Adler", "Graz")),
        ("Baker needed in Leeds, Breadly Grill. £14/h, call 0100 555 0199", ("Baker", "Breadly Grill", "Leeds")),
        ("WANTED: night baker, Breadly Bakery, Leeds", ("night baker", "Breadly Bakery", "Leeds")),
        ("Bäckerin gesucht, Bäckerei Mehlsack, Graz, 16 €/Std.", ("Bäckerin", "Bäckerei Mehlsack", "Graz")),
        ("Experienced cleaner wanted, Mornings Only, £12/h, text 0100 555 0111", ("Experienced cleaner", None, None)),
        ("Tutor wanted, Maths and Physics, Oxford, £30/h", ("Tutor", None, "Oxford")),
        ("Nurse wanted, Band 5, Leeds, £28,000, live in", ("Nurse", None, "Leeds")),
        ("Barista wanted - full-time - Cork. Cafe Nook. €13.80/h.", ("Barista", "Cafe Nook", "Cork")),
        ("Cook wanted, Immediate Start, Leeds, £14/h", ("Cook", None, "Leeds")),
        ("Cook wanted, no experience needed, Leeds, £14/h", ("Cook", None, "Leeds")),
        (
            "Die Bäckerei Mehlsack sucht zum 01.03.2027 in Bamberg eine/n\n\nMüller/in (m/w/d) in Teilzeit\n\nIhre Aufgaben:\n• Mahlen",
            ("Müller/in (m/w/d) in Teilzeit", "Bäckerei Mehlsack", "Bamberg"),
        ),
        ("Kornhof GmbH sucht ab sofort\n\nMüller (m/w/d)\n\nIhre Aufgaben:\n• Mahlen", ("Müller (m/w/d)", "Kornhof GmbH", None)),
        (
            "La Boulangerie Seigle recherche pour le 1er mars à Lyon un\nBoulanger (H/F)\n\nVos missions\n- pétrir",
            ("Boulanger (H/F)", "Boulangerie Seigle", "Lyon"),
        ),
        ("Für unser Team in Graz suchen wir eine/n\n\nBäcker/in (m/w/d)\n\nAufgaben:\n- backen", ("Bäcker/in (m/w/d)", None, "Graz")),
        ("Our client is looking for a\n\nNight Baker\n\nYour tasks:\n- bake bread", ("Night Baker", None, None)),
        ("Baker - Night shift - Berlin\n\nYou bake.", ("Baker - Night shift - Berlin", None, "Berlin")),
        ("Baker, Gasthof Adler, Graz, €14.50/h, ring 0100 555 0199", ("Baker", "Gasthof Adler", "Graz")),
        ("Oven fitter — Kornhof GmbH, Bern, 6 200 CHF/Monat, Festanstellung", ("Oven fitter", "Kornhof GmbH", "Bern")),
        ("Barista – The Copper Oven Café – Dublin – part-time – €14.50/h", ("Barista", "The Copper Oven Café", "Dublin")),
        ("Waiter, Graz, part-time, €13 an hour, ring 0100 555 0199", ("Waiter", None, "Graz")),
        ("Director, Rye and Spelt, Berlin\n\nYou lead.", ("Director, Rye and Spelt, Berlin", None, None)),
        ("Oven Engineer, Growth, Berlin, €70k\n\nYou bake.", ("Oven Engineer, Growth, Berlin, €70k", None, None)),
        ("Oven EngineerBerlin\n\nYou bake.", ("Oven Engineer", None, "Berlin")),
        ("Sous chef needed ASAP - Harbour Grill, Cork. 45h/wk, €36k, live-in", ("Sous chef", "Harbour Grill", "Cork")),
        (
            "We're hiring!\n\nHey folks, my company Rye Labs (rye.example) is looking for a baker 🍞\n- Rye, 3+ yrs\n- €30-35k",
            ("baker", "Rye Labs", None),
        ),
        (
            "TECHNICIEN DE FOURS H/F\nALPIN FOURS - Grenoble (38)\nCDI - Temps plein\n\nVos missions :\n• Entretenir",
            ("TECHNICIEN DE FOURS H/F", "ALPIN FOURS", "Grenoble"),
        ),
        ("Baker\nRye Labs • Series A • 25 people\n\nWe're baking bread.", ("Baker", "Rye Labs", None)),
        (
            "Boulanger (H/F)\nSeigle Bleu, PME de 40 personnes spécialisée dans le pain\n\nSalaire : 2 000 €/mois",
            ("Boulanger (H/F)", "Seigle Bleu", None),
        ),
        (
            "Bäcker (m/w/d)\nGasthof Korn, ein Familienbetrieb mit 12 Zimmern\n\nDeine Aufgaben\n- Backen",
            ("Bäcker (m/w/d)", "Gasthof Korn", None),
        ),
        (
            "Urgent opening\n\nRole – Oven Engineer\nExp – 5 to 8 yrs\nLocation – Graz / Linz\nCompany – Rye Labs\n\nYou bake.",
            ("Oven Engineer", "Rye Labs", "Graz / Linz"),
        ),
        ("Oven Engineer – Growth\nCompany: Rye Labs\n\nYou bake.", ("Oven Engineer – Growth", "Rye Labs", None)),
        ("Oven fitter\nCompany: undisclosed (bread, Series B)\nRate: 90 USD/h\n\nYou fit ovens.", ("Oven fitter", None, None)),
        ("Breadly\nOven EngineerLyon, FranceFull-time\nYou bake.", ("Oven Engineer", "Breadly", "Lyon, France")),
        ("oven engineerberlin\n\nYou bake.", ("oven engineer", None, "berlin")),
        ("Baker, Kornhof GmbH, Hamburg, 3 200 € im Monat", ("Baker", "Kornhof GmbH", "Hamburg")),
        ("OvenTube Editor\n\nYou bake.", ("OvenTube Editor", None, None)),
        ("head of readership\n\nYou bake.", ("head of readership", None, None)),
        (
            "Breadly - Lyon, France - remote and relocation possible\n\nOven Engineer, Baker\n\nBreadly is a bakery that grew.",
            ("Oven Engineer, Baker", "Breadly", "Lyon, France"),
        ),
        ("Rye - Lyon, France - remote\n\nYou bake.", (None, None, None)),
        (
            "$128K/yr - $155K/yr\nOven Fitter II\nBreadly Labs · Austin, TX (Remote)",
            ("Oven Fitter II", "Breadly Labs", "Austin, TX (Remote)"),
        ),
        (
            "€60K/yr - €75K/yr\n\nOven Engineer\nDough Labs\nBerlin, Germany (Hybrid)",
            ("Oven Engineer", "Dough Labs", "Berlin, Germany (Hybrid)"),
        ),
        ("Baker - Rye Ovens (part of Dough Bank)\nLyon, France\n\nRye Ovens bakes.", ("Baker", "Rye Ovens", "Lyon, France")),
        (
            "Breadly | Remote\n\nWe bake.\n\nOPEN ROLES (see more):\n\n-- Head Baker, Rye: https://b.example/1\n\n-- Oven Engineer (2x): https://b.example/2",
            ("Head Baker, Rye; Oven Engineer", "Breadly", "Remote"),
        ),
        (
            "Breadly | Oslo\n\nWe bake.\n\n- Head Baker - $80k - $90k https://b.example/1\n- Oven Engineer: https://b.example/2",
            ("Head Baker, Oven Engineer", "Breadly", "Oslo"),
        ),
        ("Breadly | Oslo\n\nWe bake.\n\n- Baker at heart: bread\n- Oven Engineer of the year 2020", (None, "Breadly", "Oslo")),
    ],
)
def test_heads_of_further_shapes(text: str, head: tuple[str | None, str | None, str | None]) -> None:
    document = read_document(text)
    assert (document.title, document.company, document.location) == head


def test_a_share_of_a_hundred_is_no_pay() -> None:
    read = read_document(
        "Acme | Full-time | 100% REMOTE - open to candidates in Peru & MEXICO (Pending role) | https://acme.example/careers\n\nWe bake."
    )
    assert read.location == "100% REMOTE - open to candidates in Peru & MEXICO (Pending role)"


def test_a_labelled_line_of_the_head_and_a_cry_that_one_hires_head_no_list() -> None:
    document = read_document(
        f"🟢 HIRING REMOTELY\n\nRole: Baker\nCompany: Breadly\nLocation: 🌎 Remote\n\n• Bake rye bread\n• Clean ovens\n\n{BODY}"
    )
    assert document.location == "🌎 Remote"
    assert [line.headings for line in document.body if line.kind is BULLET] == [(), ()]


def test_the_name_of_a_section_goes_on_heading_its_lines() -> None:
    document = read_document(f"# Baker\n\n## About us\n\n{BODY}\n\n## Overview\n\n{BODY} And rolls.")
    assert [line.headings for line in document.statements] == [("About us",), ("Overview",)]
