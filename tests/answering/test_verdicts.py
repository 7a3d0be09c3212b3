"""A yes or no is the truth of what is stated, weighed against what the question names; what is not comparable is unclear."""

from typing import Any

import pytest
from builders import document

from bot.answering.reply import sum_up
from bot.domain.facts import Area, Education, EducationLevel, Eligibility, Experience, Fact, Pay, Period, Quote, Scope
from bot.domain.query import Amount, Ask, Form, Place, Side, Verdict, Years
from bot.topics import BY_NAME
from bot.topics.eligible_places import judge_place, name_part
from bot.topics.employment_type import EmploymentType
from bot.topics.timezone import Timezone
from bot.topics.visa import Sponsorship
from bot.topics.workplace import Workplace

YES, NO, UNCLEAR = Verdict.YES, Verdict.NO, Verdict.UNCLEAR
NOWHERE = document("We hire.")


def stated(*values: Any) -> list[Fact[Any]]:
    return [Fact(value=value, quote=Quote(text="as it stands")) for value in values]


def judge(topic: str, *values: Any, **asked: Any) -> Verdict | None:
    weigh = BY_NAME[topic].judge
    assert weigh is not None
    return weigh(Ask(topic=topic, **({"form": Form.YES_NO} | asked)), stated(*values))


def pay(low: float | None, high: float | None, currency: str = "USD", per: Period = Period.YEAR) -> Pay:
    return Pay(minimum=low, maximum=high, currency=currency, per=per)


@pytest.mark.parametrize(
    ("amount", "statements", "verdict"),
    [
        (Amount(value=250_000), [pay(188_000, 225_000)], NO),
        (Amount(value=180_000), [pay(188_000, 225_000)], YES),
        (Amount(value=200_000), [pay(188_000, 225_000)], UNCLEAR),
        (Amount(value=200), [pay(188_000, 225_000)], UNCLEAR),
        (Amount(value=250), [pay(188_000, 225_000)], NO),
        (Amount(value=225_000), [pay(188_000, 225_000)], UNCLEAR),
        (Amount(value=100_000), [pay(120_000, None)], YES),
        (Amount(value=150_000), [pay(120_000, None)], UNCLEAR),
        (Amount(value=150_000), [pay(None, 120_000)], NO),
        (Amount(value=100_000, side=Side.LESS), [pay(188_000, 225_000)], NO),
        (Amount(value=230_000, side=Side.LESS), [pay(188_000, 225_000)], YES),
        (Amount(value=200_000, side=Side.LESS), [pay(188_000, 225_000)], UNCLEAR),
        (Amount(value=120_000, side=Side.EXACT), [pay(120_000, 120_000)], YES),
        (Amount(value=200_000, side=Side.EXACT), [pay(188_000, 225_000)], UNCLEAR),
        (Amount(value=120_000, side=Side.EXACT), [pay(188_000, 225_000)], NO),
        (Amount(value=200_000, side=Side.WITHIN), [pay(188_000, 225_000)], YES),
        (Amount(value=230_000, side=Side.WITHIN), [pay(188_000, 225_000)], NO),
        (Amount(value=220_000, end=Side.MORE), [pay(188_000, 225_000)], YES),
        (Amount(value=100_000, currency="EUR"), [pay(188_000, 225_000)], UNCLEAR),
        (Amount(value=100_000, currency="EUR"), [pay(188_000, 225_000), pay(90_000, 95_000, "EUR")], NO),
        (Amount(value=40, per=Period.HOUR), [pay(30, 30, per=Period.HOUR)], NO),
        (Amount(value=40, per=Period.HOUR), [pay(188_000, 225_000)], UNCLEAR),
        (Amount(value=100_000), [pay(30, 30, per=Period.HOUR)], UNCLEAR),
        (Amount(value=205_000), [pay(209_000, 225_000), pay(188_000, 203_000)], UNCLEAR),
    ],
)
def test_an_amount_is_weighed_as_it_is_stated(amount: Amount, statements: list[Pay], verdict: Verdict) -> None:
    assert judge("pay", *statements, amount=amount) is verdict


def test_without_an_amount_pay_is_told_and_not_judged() -> None:
    assert judge("pay", pay(1, 2)) is None


@pytest.mark.parametrize(
    ("required", "years", "asked", "verdict"),
    [
        (6, Years(value=5, is_own=True), {}, NO),
        (4, Years(value=5, is_own=True), {}, YES),
        (5, Years(value=5, side=Side.MORE, is_own=True), {}, YES),
        (6, Years(value=2), {"is_own": True}, NO),
        (6, Years(value=5, side=Side.MORE), {}, YES),
        (3, Years(value=5, side=Side.MORE), {}, NO),
        (3, Years(value=5, side=Side.LESS), {}, YES),
        (6, Years(value=5, side=Side.LESS), {}, NO),
        (5, Years(value=5), {}, YES),
        (6, Years(value=5), {}, NO),
        (6, Years(value=5), {"is_must": True}, YES),
        (3, Years(value=5), {"is_must": True}, NO),
        (3, None, {}, YES),
        (0, None, {}, NO),
        (0, None, {"is_denied": True}, YES),
        (6, None, {"words": "is it entry level"}, NO),
        (3, None, {"words": "for juniors"}, NO),
        (1, None, {"words": "for juniors"}, UNCLEAR),
        (0, None, {"words": "is it for a new grad"}, YES),
        (3, None, {"form": Form.WHAT}, None),
        (3, None, {"about": ("rails",)}, None),
    ],
)
def test_years_are_weighed(required: float, years: Years | None, asked: dict[str, Any], verdict: Verdict | None) -> None:
    assert judge("experience", Experience(years=required), years=years, **asked) is verdict


def test_fewer_years_may_do_with_a_higher_degree() -> None:
    fact = Fact(value=Experience(years=10), quote=Quote(text="BS with 10+ years of experience or MS with 8+ years of experience"))
    weigh = BY_NAME["experience"].judge
    assert weigh is not None
    eight = Ask(topic="experience", years=Years(value=8, is_own=True))
    assert weigh(eight, [fact]) is UNCLEAR
    assert weigh(eight.model_copy(update={"level": EducationLevel.MASTER}), [fact]) is YES
    assert weigh(eight.model_copy(update={"level": EducationLevel.BACHELOR}), [fact]) is not YES
    assert weigh(eight.model_copy(update={"years": Years(value=5, is_own=True)}), [fact]) is NO


@pytest.mark.parametrize(
    ("said", "level", "years", "verdict"),
    [
        ("5+ years of experience, or 3 years with a master's degree", EducationLevel.MASTER, 3, YES),
        ("5+ years of experience, or 3 years with a master's degree", EducationLevel.BACHELOR, 3, NO),
        (
            "8 years of experience with a Bachelor's degree; or 6 years and a Master's degree; or a PhD with 3 years",
            EducationLevel.DOCTORATE,
            3,
            YES,
        ),
        (
            "8 years of experience with a Bachelor's degree; or 6 years and a Master's degree; or a PhD with 3 years",
            EducationLevel.MASTER,
            4,
            NO,
        ),
    ],
)
def test_each_way_in_is_weighed_by_the_degree_that_opens_it(said: str, level: EducationLevel, years: float, verdict: Verdict) -> None:
    fact = Fact(value=Experience(years=max(5.0, 8.0 * said.startswith("8"))), quote=Quote(text=said))
    weigh = BY_NAME["experience"].judge
    assert weigh is not None
    assert weigh(Ask(topic="experience", level=level, years=Years(value=years, is_own=True)), [fact]) is verdict


@pytest.mark.parametrize(
    ("words", "years", "is_denied", "verdict"),
    [
        ("i have 2 years", 2, False, NO),
        ("i have 4 years", 4, False, YES),
        ("i never led a team but have 9 years", 9, True, UNCLEAR),
        ("no degree but 9 years", 9, True, YES),
    ],
)
def test_years_that_are_a_part_of_others_are_no_way_in(words: str, years: float, is_denied: bool, verdict: Verdict) -> None:
    fact = Fact(value=Experience(years=4), quote=Quote(text="Four years of experience, including the 18 months of experience as a lead"))
    weigh = BY_NAME["experience"].judge
    assert weigh is not None
    ask = Ask(topic="experience", words=words, years=Years(value=years, is_own=True), is_own=True, is_denied=is_denied)
    assert weigh(ask, [fact]) is verdict


def test_years_within_others_are_a_part_of_them_and_no_way_in() -> None:
    fact = Fact(value=Experience(years=10), quote=Quote(text="10+ years of joint work with at least 5 years of joinery"))
    weigh = BY_NAME["experience"].judge
    assert weigh is not None
    assert weigh(Ask(topic="experience", words="would 6 years do", years=Years(value=6, is_own=True), is_own=True), [fact]) is NO


BACHELOR, MASTER, DOCTORATE, NONE = EducationLevel.BACHELOR, EducationLevel.MASTER, EducationLevel.DOCTORATE, EducationLevel.NONE


@pytest.mark.parametrize(
    ("level", "required", "asked", "verdict"),
    [
        (MASTER, True, {"level": BACHELOR, "is_own": True}, NO),
        (MASTER, False, {"level": BACHELOR, "is_own": True}, YES),
        (MASTER, True, {"level": DOCTORATE, "is_own": True}, YES),
        (MASTER, True, {"level": DOCTORATE, "is_must": True}, NO),
        (MASTER, True, {"level": MASTER, "is_must": True}, YES),
        (MASTER, True, {"level": BACHELOR}, YES),
        (MASTER, True, {"level": BACHELOR, "words": "is a bachelors ok"}, NO),
        (MASTER, False, {"level": BACHELOR, "words": "is a bachelors ok"}, UNCLEAR),
        (BACHELOR, True, {"level": MASTER, "words": "is a masters fine"}, YES),
        (MASTER, False, {"level": MASTER}, NO),
        (BACHELOR, True, {"level": MASTER}, NO),
        (BACHELOR, True, {"level": NONE, "is_own": True}, NO),
        (BACHELOR, False, {"level": NONE, "is_own": True}, YES),
        (NONE, False, {"level": NONE}, YES),
        (BACHELOR, True, {"level": NONE, "is_denied": True}, NO),
        (BACHELOR, True, {}, YES),
        (BACHELOR, False, {}, UNCLEAR),
        (NONE, False, {}, NO),
        (BACHELOR, True, {"is_denied": True}, NO),
        (BACHELOR, True, {"form": Form.WHAT}, None),
    ],
)
def test_degrees_are_weighed(level: EducationLevel, required: bool, asked: dict[str, Any], verdict: Verdict | None) -> None:
    assert judge("education", Education(level=level, required=required), **asked) is verdict


@pytest.mark.parametrize(
    ("value", "asked", "verdict"),
    [
        (Workplace.REMOTE, {"values": ("remote",)}, YES),
        (Workplace.HYBRID, {"values": ("remote",)}, NO),
        (Workplace.HYBRID, {"values": ("remote",), "words": "télétravail possible ?"}, YES),
        (Workplace.HYBRID, {"values": ("remote",), "words": "is remote possible"}, UNCLEAR),
        (Workplace.HYBRID, {"values": ("remote",), "words": "télétravail possible ?", "is_only": True}, NO),
        (Workplace.HYBRID, {"values": ("remote",), "words": "wfh all week?"}, NO),
        (Workplace.HYBRID, {"values": ("remote",), "words": "homeoffice die ganze woche?"}, NO),
        (Workplace.HYBRID, {"values": ("remote",), "words": "télétravail tous les jours ?"}, NO),
        (Workplace.HYBRID, {"values": ("remote",), "words": "can i work from home every day"}, NO),
        (Workplace.HYBRID, {"values": ("remote",), "words": "i can not come in every day, is wfh ok"}, UNCLEAR),
        (Workplace.HYBRID, {"values": ("onsite",), "words": "do i have to be in the office every day", "is_must": True}, NO),
        (Workplace.ONSITE, {"values": ("remote",), "words": "is remote work possible"}, NO),
        (Workplace.REMOTE, {"values": ("remote",), "is_denied": True}, NO),
        (Workplace.ONSITE, {"values": ("remote",), "is_denied": True}, YES),
        (Workplace.HYBRID, {"values": ("onsite",), "is_must": True}, YES),
        (Workplace.HYBRID, {"values": ("onsite",)}, UNCLEAR),
        (Workplace.REMOTE, {"values": ("onsite",), "is_must": True}, NO),
        (Workplace.REMOTE, {"values": ("remote", "onsite"), "form": Form.WHICH}, None),
        (Workplace.REMOTE, {}, None),
    ],
)
def test_where_the_work_is_done_is_weighed(value: Workplace, asked: dict[str, Any], verdict: Verdict | None) -> None:
    assert judge("workplace", value, **asked) is verdict


@pytest.mark.parametrize("tag", ["hybrid, Lima or remote from Peru", "Remote Peru | Hybrid Lima"])
@pytest.mark.parametrize("is_only", [False, True])
def test_a_tag_that_leaves_the_choice_is_no_no(tag: str, *, is_only: bool) -> None:
    fact = Fact(value=Workplace.HYBRID, quote=Quote(text=tag))
    weigh = BY_NAME["workplace"].judge
    assert weigh is not None
    assert weigh(Ask(topic="workplace", form=Form.YES_NO, values=("remote",), is_only=is_only), [fact]) is UNCLEAR


@pytest.mark.parametrize(
    ("value", "asked", "verdict"),
    [
        (EmploymentType.FULL_TIME, "full_time", YES),
        (EmploymentType.FULL_TIME, "part_time", NO),
        (EmploymentType.CONTRACT, "full_time", UNCLEAR),
        (EmploymentType.CONTRACT, "internship", NO),
    ],
)
def test_kinds_of_employment_are_weighed(value: EmploymentType, asked: str, verdict: Verdict) -> None:
    assert judge("employment_type", value, values=(asked,)) is verdict


def test_visas_are_sponsored_or_not() -> None:
    assert judge("visa", Sponsorship.YES) is YES
    assert judge("visa", Sponsorship.NO) is NO
    assert judge("visa", Sponsorship.NO, is_denied=True) is YES


def test_hours_fit_only_where_the_posting_names_the_very_zone() -> None:
    assert judge("timezone", Timezone(text="9am to 5pm Pacific time")) is UNCLEAR
    assert judge("timezone", Timezone(text="9am to 5pm Pacific time"), about=("pacific",)) is YES
    assert judge("timezone", Timezone(text="9am to 5pm Pacific time"), form=Form.WHAT) is None


@pytest.mark.parametrize("topic", ["pay", "experience", "education", "workplace", "employment_type", "visa", "timezone"])
def test_what_is_not_stated_is_not_judged(topic: str) -> None:
    asked = Ask(topic=topic, form=Form.YES_NO, values=("remote",), amount=Amount(value=1), years=Years(value=1), level=MASTER)
    weigh = BY_NAME[topic].judge
    assert weigh is not None
    assert weigh(asked, []) is None


USA, KENYA, TEXAS = Place(typed="us", country="US"), Place(typed="kenya", country="KE"), Place(typed="texas", country="US", state="TX")
HAWAII, AUSTIN = Place(typed="hawaii", country="US", state="HI"), Place(typed="austin", country="US", state="TX", city="Austin")
EUROPE, QUEBEC = Place(typed="europe", area=Area.EUROPE), Place(typed="quebec", country="CA", state="QC")


def listed(*countries: str, **more: Any) -> Eligibility:
    return Eligibility(scope=Scope.LISTED, countries=countries, **more)


@pytest.mark.parametrize(
    ("place", "eligibility", "asked", "verdict"),
    [
        (USA, listed("US"), {}, YES),
        (KENYA, listed("US"), {}, NO),
        (KENYA, Eligibility(scope=Scope.WORLDWIDE), {}, YES),
        (KENYA, Eligibility(scope=Scope.WORLDWIDE, excluded=("KE",)), {}, NO),
        (EUROPE, listed("US"), {}, NO),
        (EUROPE, listed(areas=(Area.EUROPE,)), {}, YES),
        (EUROPE, listed("DE", "US"), {}, UNCLEAR),
        (EUROPE, Eligibility(scope=Scope.WORLDWIDE), {}, YES),
        (USA, listed("US"), {"is_only": True}, YES),
        (USA, listed("US", "CA"), {"is_only": True}, NO),
        (USA, Eligibility(scope=Scope.WORLDWIDE), {"is_only": True}, NO),
        (USA, listed("US"), {"is_must": True}, YES),
        (AUSTIN, listed("US"), {"is_must": True}, NO),
        (USA, listed("US"), {"is_denied": True}, NO),
        (USA, listed("US", "GB"), {"is_denied": True}, YES),
        (TEXAS, listed("US", us_states=("CA", "NY", "WA")), {}, NO),
        (TEXAS, listed("US", us_states=("CA", "NY", "TX")), {}, YES),
        (TEXAS, listed("US", us_states=("CA",)), {}, UNCLEAR),
        (TEXAS, listed("US"), {}, YES),
        (Place(typed="puerto rico", country="PR"), listed("US"), {}, UNCLEAR),
        (Place(typed="puerto rico", country="PR"), listed("DE"), {}, NO),
    ],
)
def test_places_are_weighed(place: Place, eligibility: Eligibility, asked: dict[str, Any], verdict: Verdict) -> None:
    assert judge_place(Ask(topic="countries", place=place, **asked), stated(eligibility), document=NOWHERE) is verdict


@pytest.mark.parametrize(
    ("place", "body", "verdict"),
    [
        (HAWAII, "You may work anywhere in the contiguous United States.", NO),
        (HAWAII, "We hire in all states except Alaska and Hawaii.", NO),
        (HAWAII, "We hire in all states.", YES),
        (AUSTIN, "Open to US residents, excluding Austin and Dallas.", NO),
        (AUSTIN, "Anywhere in the US with the exception of Ohio, Texas and Iowa.", NO),
        (Place(typed="san jose", country="US", state="CA", city="San Jose"), "Open to the US except the San Francisco Bay Area.", NO),
        (TEXAS, "For Ohio (excluding Texas) the salary is $100,000.", YES),
        (TEXAS, "Remote in the USA.", YES),
        (TEXAS, "We are unable to hire anybody outside of Texas.", YES),
        (TEXAS, "We do not hire in Ohio, Texas and Iowa.", NO),
        (AUSTIN, "We cannot hire in Austin or Dallas.", NO),
    ],
)
def test_a_part_of_a_country_that_is_left_out_is_a_no(place: Place, body: str, verdict: Verdict) -> None:
    assert judge_place(Ask(topic="countries", place=place), stated(listed("US")), document=document(body)) is verdict


@pytest.mark.parametrize(
    ("state", "said", "verdict"),
    [
        ("BC", "We look for people in Canada Eastern Timezones only.", NO),
        ("ON", "We look for people in Canada Eastern Timezones only.", YES),
        ("AB", "You must be based in the Pacific or Mountain time zone.", YES),
        ("QC", "Only candidates in the Pacific time zone will be considered.", NO),
        ("QC", "Remote in Canada.", YES),
        ("BC", "#### **This is a remote position. We look for people in Canada Eastern Timezones only.**", NO),
    ],
)
def test_a_province_is_open_where_its_time_zone_is(state: str, said: str, verdict: Verdict) -> None:
    place = Place(typed="here", country="CA", state=state, city="Here")
    assert judge_place(Ask(topic="countries", place=place), stated(listed("CA")), document=document(said)) is verdict


def test_provinces_that_are_listed_are_open_and_the_others_are_not() -> None:
    body = document("In Canada, we accept people in these provinces: Ontario and Alberta.")
    assert judge_place(Ask(topic="countries", place=QUEBEC), stated(listed("CA")), document=body) is NO
    ontario = Place(typed="toronto", country="CA", state="ON", city="Toronto")
    assert judge_place(Ask(topic="countries", place=ontario), stated(listed("CA")), document=body) is YES


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        ("You may live in Ontario or Alberta. We can only hire people residing in these provinces.", NO),
        ("You may live in Ontario or Alberta. Our offices are in these provinces.", YES),
    ],
)
def test_only_these_provinces_are_those_named_before(said: str, verdict: Verdict) -> None:
    eligibility = Eligibility(scope=Scope.LISTED, countries=("CA",), provinces=("ON", "AB"))
    facts = [Fact(value=eligibility, quote=Quote(text="Anywhere in Canada"))]
    assert judge_place(Ask(topic="countries", place=QUEBEC), facts, document=document(said)) is verdict


@pytest.mark.parametrize(
    ("said", "provinces", "verdict"),
    [
        ("Work from anywhere in the United States, or Ontario and British Columbia, Canada", ("ON", "BC"), NO),
        ("Remote in Canada (Ontario, Alberta)", ("ON", "AB"), NO),
        ("Toronto or Vancouver, Canada", ("ON", "BC"), UNCLEAR),
        ("Toronto, Vancouver, or remote in Canada", ("ON", "BC"), YES),
        ("Remote, Ontario, Canada", ("ON",), YES),
    ],
)
def test_provinces_that_are_named_for_the_country_are_open_alone(said: str, provinces: tuple[str, ...], verdict: Verdict) -> None:
    facts = [Fact(value=Eligibility(scope=Scope.LISTED, countries=("US", "CA"), provinces=provinces), quote=Quote(text=said))]
    assert judge_place(Ask(topic="countries", place=QUEBEC), facts, document=NOWHERE) is verdict


@pytest.mark.parametrize(
    ("location", "verdict"),
    [
        ("Reno, NV | Salem, OR | Tampa, FL | Remote (US)", YES),
        ("Reno, NV | Salem, OR | Tampa, FL | Remote - United States", YES),
        ("Reno, NV | Remote - United States", NO),  # the other two are told of elsewhere
        ("Reno, NV | Salem, OR | Tampa, FL | Remote", NO),
        ("Reno, NV | Salem, OR | Tampa, FL", NO),
        ("Reno, NV | Salem, OR | Remote (FL, US)", NO),
    ],
)
def test_a_whole_country_for_remote_work_beside_towns_is_open_as_a_whole(location: str, verdict: Verdict) -> None:
    facts = stated(listed("US", us_states=("NV", "OR", "FL")))
    there = document("We bake.", title="Baker", location=location)
    assert judge_place(Ask(topic="countries", place=TEXAS), facts, document=there) is verdict


@pytest.mark.parametrize(("said", "verdict"), [("Austin, TX or remote in the USA", NO), ("Austin, TX", UNCLEAR), ("Remote (USA)", NO)])
def test_one_must_be_in_a_city_only_where_nothing_else_is_open(said: str, verdict: Verdict) -> None:
    facts = [Fact(value=listed("US"), quote=Quote(text=said))]
    assert judge_place(Ask(topic="countries", place=AUSTIN, is_must=True), facts, document=NOWHERE) is verdict


def test_where_no_place_is_stated_it_is_unclear_and_without_a_place_nothing_is_weighed() -> None:
    assert judge_place(Ask(topic="countries", place=USA), [], document=NOWHERE) is UNCLEAR
    assert judge_place(Ask(topic="countries"), stated(listed("US")), document=NOWHERE) is None


def test_several_verdicts_are_one_only_where_they_agree_or_are_one_condition() -> None:
    assert sum_up([YES, None, YES], is_one=False) is YES
    assert sum_up([YES, NO], is_one=False) is None
    assert sum_up([YES, NO], is_one=True) is NO
    assert sum_up([YES, UNCLEAR], is_one=True) is UNCLEAR
    assert sum_up([None], is_one=True) is None


@pytest.mark.parametrize(
    ("place", "name"),
    [
        (Place(typed="tx", country="US", state="TX"), "Texas"),
        (Place(typed="austin", country="US", state="TX", city="Austin"), "Austin"),
        (Place(typed="bc", country="CA", state="BC"), "British Columbia"),
        (Place(typed="vancouver", country="CA", state="BC", city="Vancouver"), "Vancouver"),
        (Place(typed="the bay area", country="US"), "The bay area"),
    ],
)
def test_a_part_of_a_country_is_called_by_its_name_and_a_town_as_it_was_typed(place: Place, name: str) -> None:
    assert name_part(place) == name
