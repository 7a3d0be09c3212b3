"""What the job pays, as written, and what is no pay."""

import pytest
from builders import document

from bot.domain.facts import Fact, Pay, PayKind, Period, Quote
from bot.domain.query import Ask, Form, Place, Verdict
from bot.topics.pay import find_pay, judge_pay, render_pay
from bot.topics.pay_wording import holding_at

_Statement = tuple[float | None, float | None, str, str, str | None]


def _read(body: str, *, salary: str | None = None, location: str | None = None) -> list[_Statement]:
    title = "Baker" if salary or location else None
    found = find_pay(document(body, title=title, salary=salary, location=location))
    return [(fact.value.minimum, fact.value.maximum, fact.value.currency, fact.value.per.value, fact.value.where) for fact in found]


@pytest.mark.parametrize(
    "text",
    [
        "We raised our bakers' pay from $90,000 in 2019 to more.",
        "In 2021 the average salary was $110,000.",
        "Last year a baker earned $80,000 in salary.",
    ],
)
def test_what_was_once_paid_is_no_pay(text: str) -> None:
    assert _read(text) == []


@pytest.mark.parametrize(
    ("text", "statement"),
    [
        ("The base salary range is $90,000 - $120,000.", (90_000, 120_000, "USD", "year", None)),
        ("Pay: $28.50/hr", (28.5, 28.5, "USD", "hour", None)),
        ("Rate: up to 150 PLN/h net + VAT", (None, 150, "PLN", "hour", None)),
        ("Day rate: £400 - £450", (400, 450, "GBP", "day", None)),
        ("We pay €4,000 to €5,000 per month.", (4_000, 5_000, "EUR", "month", None)),
        ("Compensation: up to €90k", (None, 90_000, "EUR", "year", None)),
        ("Starting at $80,000 base salary", (80_000, None, "USD", "year", None)),
        ("The salary is PLN 18 000 - 24 000 gross", (18_000, 24_000, "PLN", "month", None)),
        ("We need a baker in Leeds (42,000 GBP).", (42_000, 42_000, "GBP", "year", None)),
        ("Our pay depends on your skills (1, 200-8, 000 pounds per month)", (1_200, 8_000, "GBP", "month", None)),
        ("CTC 12-18 LPA", (1_200_000, 1_800_000, "INR", "year", None)),
        ("Gehalt: 55.000 - 65.000 € brutto pro Jahr", (55_000, 65_000, "EUR", "year", None)),
        ("Jahresgehalt ab 60.000 Euro", (60_000, None, "EUR", "year", None)),
        ("Mindestgehalt monatlich EUR 3.200,- brutto", (3_200, 3_200, "EUR", "month", None)),
        ("Salaire : 45-55k€ brut annuel", (45_000, 55_000, "EUR", "year", None)),
        ("Gratification : 610,40 euros", (610.4, 610.4, "EUR", "month", None)),
        ("TJM : 450-500 €", (450, 500, "EUR", "day", None)),
        ("Pay: $38.50 - $44.00/hr + $3.00 night differential", (38.5, 44, "USD", "hour", None)),
        ("Tarif journalier à discuter selon l’expérience - compris entre 300 et 550 EUR HT", (300, 550, "EUR", "day", None)),
        ("Salario: 30.000€ - 40.000€ brutos anuales", (30_000, 40_000, "EUR", "year", None)),
        ("Contrato indefinido, jornada completa, 1.600 € netos/mes", (1_600, 1_600, "EUR", "month", None)),
        ("Temps plein, 2 100 € nets/mois", (2_100, 2_100, "EUR", "month", None)),
        ("Faixa salarial: R$ 5.000 - R$ 7.000", (5_000, 7_000, "BRL", "month", None)),
        ("Wynagrodzenie 20 000 - 25 000 zł miesięcznie", (20_000, 25_000, "PLN", "month", None)),
        ("Lön: 45 000 - 55 000 kr per månad", (45_000, 55_000, "SEK", "month", None)),
        ("Pay range (gross, in USD): $50,000 - $70,000", (50_000, 70_000, "USD", "year", None)),
    ],
)
def test_one_statement_is_read_in_any_language(text: str, statement: _Statement) -> None:
    assert _read(text) == [statement]


@pytest.mark.parametrize(
    "text",
    [
        "We raised $30M from friends.",
        "Our revenue grew from $10M to $20M.",
        "A signing bonus of $5,000 - $10,000.",
        "Learning budget: $1,500 per year",
        "You get a $100/month wellness stipend.",
        "401(k) match up to $4,500",
        "Stock options worth $50,000",
        "Refer a friend and get up to $3,000 referral bonus.",
        "We save bakeries $100,000 - $200,000 a year in costs.",
        "You close deals of $50k-$250k ACV.",
        "Donations average about $15.",
        "Life insurance of 1x salary up to $250,000",
        "Up to $1500 towards your home office",
        "A market of $50 billion",
        "We pay $20 of lunch each day",
        "Our top representatives make over $350K/ year",
        "Competitive salary",
        "$0 - $0",
        "Founded in 2012, 100-150 people",
        "Most offers are near the middle of our pay range ($220k).",
    ],
)
def test_other_money_is_no_pay(text: str) -> None:
    assert _read(text) == []


@pytest.mark.parametrize(
    ("location", "currency"),
    [
        ("Toronto, Canada", "CAD"),
        ("Remote, Australia", "AUD"),
        ("Canada or USA", "USD"),
        ("Auckland, New Zealand", "NZD"),
        ("Anywhere", "USD"),
    ],
)
def test_a_plain_dollar_is_that_of_the_place(location: str, currency: str) -> None:
    assert _read("The salary is $90,000 - $100,000.", location=location) == [(90_000, 100_000, currency, "year", None)]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("* Zone A: $100,000 - $120,000\n* Zone B: $90,000 - $110,000", ["Zone A", "Zone B"]),
        ("* US residents: $100,000-$120,000/year\n* UK residents: £70,000-£90,000/year", ["US residents", "UK residents"]),
        (
            "For offices in NY/NJ, the base salary will be $100,000-110,000\n\nFor all other states, the base salary is $90,000-95,000",
            ["NY/NJ", "all other states"],
        ),
        ("In Spain, the base range for this role is €50,000 - €60,000.", ["Spain"]),
        ("The pay range for applicants based within the United States is US$90,000 to US$99,000 for now.", ["United States"]),
        ("USA base pay range (CA, WA) per year: $100,000 - $120,000", ["CA, WA"]),
        ("Ohio Base Pay Ranges: $90,000 - $95,000, Texas Base Pay Ranges: $80,000 - $85,000.", ["Ohio", "Texas"]),
        ("The salary is $100,000 in the U.S. and €80,000 in Germany.", ["U.S.", "Germany"]),
        (
            "Pay is $100,000 in San Francisco and New York, and $90,000 in all other locations",
            ["San Francisco and New York", "all other locations"],
        ),
        ("Salary | Tier 1 | $100,000 - $120,000 |", ["Tier 1"]),
        ("Salary range: **Level 2:** Junior: $90k AUD / $95k NZD, Senior: $120k AUD / $125k NZD", ["Junior", "Junior", "Senior", "Senior"]),
        ("The salary range for this role is $90,000 - $95,000.", [None]),
    ],
)
def test_each_statement_keeps_its_place_or_level(text: str, places: list[str | None]) -> None:
    assert [statement[-1] for statement in _read(text)] == places


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("The salary is $120,000 a year in Ohio and Utah, $100,000 a year elsewhere in the US.", ["Ohio and Utah", "elsewhere in the US"]),
        ("We pay $120,000 a year in Texas and Utah and $100,000 a year in other states.", ["Texas and Utah", "other states"]),
        ("We pay $120,000 a year in Texas, $100,000 outside of these states.", ["Texas", "outside of these states"]),
        ("We pay $120,000 in Texas, and $100,000 for those based outside Texas.", ["Texas", "outside Texas"]),
        ("We pay $120,000 in Texas; $100,000 in the rest of the US.", ["Texas", "rest of the US"]),
        ("Base salary: $120,000 - $140,000 (Texas), $100,000 - $110,000 (elsewhere)", ["Texas", "elsewhere"]),
        ("The pay range is $120,000 - $140,000 for Texas and $100,000 - $110,000 everywhere else.", ["Texas", "everywhere else"]),
        ("The pay in Texas is $120,000 a year, and elsewhere in the US it is $100,000 a year.", ["Texas", "elsewhere in the US"]),
        ("The pay is $120,000 in Texas; for all other locations it is $100,000.", ["Texas", "all other locations"]),
        ("The pay is $120,000 in Texas. Outside of Texas, the pay is $100,000.", ["Texas", "Outside of Texas"]),
        ("For candidates outside of Texas, the pay is $100,000 - $110,000.", ["outside of Texas"]),
        ("In Texas we pay $120,000, in California $130,000.", ["Texas", "California"]),
        ("The role can be done in Texas or elsewhere in the US and the salary is $100,000 - $110,000.", ["Texas or elsewhere in the US"]),
        ("Base pay is $120,000 a year in Texas, with on-target earnings of $150,000 a year.", ["Texas", "Texas"]),
    ],
)
def test_what_is_paid_elsewhere_is_not_for_the_place_before(text: str, places: list[str | None]) -> None:
    assert [statement[-1] for statement in _read(text)] == places


_ELSEWHERE = "We pay $120,000 a year in California, $100,000 a year {elsewhere}."


@pytest.mark.parametrize(
    ("elsewhere", "place", "amounts"),
    [
        ("elsewhere in the US", Place(typed="Texas", country="US", state="TX"), [100_000]),
        ("elsewhere in the US", Place(typed="California", country="US", state="CA"), [120_000]),
        ("elsewhere in the US", Place(typed="US", country="US"), [120_000, 100_000]),
        ("elsewhere in the US", Place(typed="Ontario", country="CA", state="ON"), []),
        ("outside of California", Place(typed="Texas", country="US", state="TX"), [100_000]),
        ("outside of California", Place(typed="California", country="US", state="CA"), [120_000]),
        ("in all other states", Place(typed="Ontario", country="CA", state="ON"), []),
        ("outside of the US", Place(typed="Texas", country="US", state="TX"), []),
        ("in Texas", Place(typed="Ohio", country="US", state="OH"), []),
        ("in Texas", Place(typed="Texas", country="US", state="TX"), [100_000]),
    ],
)
def test_a_place_is_told_its_own_pay_or_that_of_elsewhere(elsewhere: str, place: Place, amounts: list[int]) -> None:
    found = find_pay(document(_ELSEWHERE.format(elsewhere=elsewhere)))
    assert [fact.value.maximum for fact in holding_at(found, place)] == amounts


def test_a_heading_names_the_place_of_what_stands_below() -> None:
    body = "## Canada pay range\n\n$90,000 - $95,000\n\n## Germany pay range\n\n€60,000 - €65,000"
    assert [statement[-1] for statement in _read(body)] == ["Canada", "Germany"]


def test_base_and_total_are_told_apart() -> None:
    found = find_pay(document("£31,000 basic (£36,500 on-target earnings)"))
    assert [(fact.value.maximum, fact.value.kind) for fact in found] == [(31_000, PayKind.BASE), (36_500, PayKind.TOTAL)]


def test_the_head_and_the_body_saying_the_same_are_one() -> None:
    assert _read("Pay for this role is $90,000 to $99,000.", salary="$90,000 - $99,000") == [(90_000, 99_000, "USD", "year", None)]
    assert len(_read("Pay for this role is $90,000 to $99,000.\n\nAgain: the pay range is $90,000 to $99,000.")) == 1


def test_a_range_in_the_head_that_spans_the_bodys_stays() -> None:
    body = "* Zone A salary: $100,000 - $120,000\n* Zone B salary: $90,000 - $110,000"
    assert [statement[:2] for statement in _read(body, salary="$90,000 - $120,000")] == [
        (90_000, 120_000),
        (100_000, 120_000),
        (90_000, 110_000),
    ]


def test_the_quote_is_the_sentence_that_states_it() -> None:
    (fact,) = find_pay(document("We bake. The pay is **$90,000** to **$99,000**. Join us."))
    assert fact.quote.text == "The pay is **$90,000** to **$99,000**."


def _fact(pay: Pay) -> Fact[Pay]:
    return Fact(value=pay, quote=Quote(text="as written"))


@pytest.mark.parametrize(
    ("pay", "told"),
    [
        (Pay(minimum=188_000, maximum=225_000, currency="USD", per=Period.YEAR), "$188,000 to $225,000 a year"),
        (Pay(maximum=30, currency="USD", per=Period.HOUR), "up to $30 an hour"),
        (Pay(minimum=181_000, maximum=271_000, currency="PLN", per=Period.YEAR), "PLN 181,000 to 271,000 a year"),
        (Pay(minimum=108_000, maximum=162_000, currency="CAD", per=Period.YEAR), "CA$108,000 to CA$162,000 a year"),
        (Pay(minimum=38.41, maximum=38.41, currency="USD", per=Period.HOUR), "$38.41 an hour"),
        (Pay(minimum=50_000, currency="EUR", per=Period.YEAR, kind=PayKind.TOTAL), "from €50,000 a year in total"),
        (Pay(minimum=5_000, maximum=6_000, currency="EUR", per=Period.MONTH, where="Zone A"), "€5,000 to €6,000 a month (Zone A)"),
    ],
)
def test_one_statement_is_told_in_full_figures(pay: Pay, told: str) -> None:
    assert render_pay([_fact(pay)]).sentence == told


def test_several_statements_are_told_as_a_list() -> None:
    one = Pay(minimum=1, maximum=2, currency="EUR", per=Period.HOUR, where="Oslo")
    assert render_pay([_fact(one), _fact(one.model_copy(update={"where": "Rome"}))]).items == (
        "€1 to €2 an hour (Oslo)",
        "€1 to €2 an hour (Rome)",
    )


@pytest.mark.parametrize(
    ("text", "statement"),
    [
        ("Competitive Salary + Equity: $125K-$150K", (125_000, 150_000, "USD", "year", None)),
        ("Remuneração até R$ 24.000,00", (None, 24_000, "BRL", "month", None)),
        ("Salari: 18.000 – 21.000 € bruts/any", (18_000, 21_000, "EUR", "year", None)),
        ("You can earn $400 to $450 extra per day", (400, 450, "USD", "day", None)),
    ],
)
def test_pay_is_read_behind_labels_and_signs_of_other_shapes(text: str, statement: _Statement) -> None:
    assert _read(text) == [statement]


def test_screamed_words_tell_no_currency() -> None:
    assert _read("YOU CAN JOIN\n\nSalary Range: $59,000 to $77,000 / Per Year")[0][2] == "USD"


def test_a_range_with_grades_in_brackets_is_one_and_what_each_sale_is_worth_is_none() -> None:
    found = find_pay(
        document("The bakery pays € 2,410 (grade 4) to € 3,120 (grade 5) gross per month. Each sale is between $250 and $2,500.")
    )
    assert [(fact.value.minimum, fact.value.maximum, fact.value.per.value) for fact in found] == [(2410, 3120, "month")]


def test_who_is_paid_may_be_called_by_a_word_for_other_money() -> None:
    body = "Pay range:\n\nDough Development Technician/Level 1: $23.00 - $29.00/hour\n\nLearning and development: $1,500 - $2,000 a year"
    assert [one[:2] for one in _read(body)] == [(23.0, 29.0)]


@pytest.mark.parametrize(
    ("words", "values", "verdict"),
    [
        ("is that per month", ("month",), Verdict.NO),
        ("is it in pounds", ("GBP",), Verdict.NO),
        ("is the salary in dollars", ("USD",), Verdict.YES),
        ("do they pay monthly", ("month",), None),
    ],
)
def test_a_currency_and_a_period_are_told_yes_or_no(words: str, values: tuple[str, ...], verdict: Verdict | None) -> None:
    facts = find_pay(document("Salary: $50,000 to $60,000 a year"))
    assert judge_pay(Ask(topic="pay", form=Form.YES_NO, words=words, values=values), facts) is verdict
