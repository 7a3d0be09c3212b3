"""The passage that answers is found by its words, their forms, synonyms and translations; where none is, nothing is."""

import pytest
from builders import document

from bot.answering.passages import find_answers, find_passages
from bot.answering.wanted import read_wanted
from bot.domain.query import Ask
from bot.text.document import Document
from bot.text.words import find_subjects, read_words

POSTING = document(
    """## The team

You report to the Head of Kitchens. Our cooks travel to two fairs a year.

## Interviews

* A phone call of 30 minutes
* A trial shift with the team

## Life here

We offer stock options from the first day. Background screening is part of every offer.
The role joins the on-call rotation every sixth week. You get 25 days of vacation.

## Equal opportunity

We consider all applicants regardless of age, family or parental leave, and offer reasonable accommodation in the kitchen.

Posted at https://jobs.example/kitchen, closes never."""
)


def best(words: str) -> str | None:
    passages = find_answers(POSTING, read_wanted(Ask(topic="other", words=words)))
    return passages[0].sentence.text if passages else None


@pytest.mark.parametrize(
    ("question", "passage"),
    [
        ("who would be my boss", "You report to the Head of Kitchens."),
        ("any shares?", "We offer stock options from the first day."),
        ("is there a background check", "Background screening is part of every offer."),
        ("do i get paged", None),
        ("on-call?", "The role joins the on-call rotation every sixth week."),
        ("how much travelling", "Our cooks travel to two fairs a year."),
        ("how is the interview", "A phone call of 30 minutes"),
        ("do they have a gym", None),
        ("what is the dress code", None),
        ("how many days of pto exactly", "You get 25 days of vacation."),
        ("wie viele urlaubstage gibt es", "You get 25 days of vacation."),
        ("cuántos días de vacaciones dan", "You get 25 days of vacation."),
        ("combien de jours de congés", "You get 25 days of vacation."),
        ("quantos dias de férias", "You get 25 days of vacation."),
        ("hay que viajar?", "Our cooks travel to two fairs a year."),
        ("gibt es bereitschaft", "The role joins the on-call rotation every sixth week."),
    ],
)
def test_the_best_passage_is_found_or_none(question: str, passage: str | None) -> None:
    assert best(question) == passage


def test_small_print_answers_only_who_asks_for_it() -> None:
    assert best("is there parental leave") is None
    assert "accommodation" in (best("do they make adjustments for a disability") or "")


def test_the_layouts_own_footer_is_no_answer() -> None:
    assert best("when does it close") is None


def test_a_day_stands_in_no_footer() -> None:
    text = document("We bake bread.\n\nYou knead.\n\nApply by 3 May 2031 at https://crumb.example/apply")
    (found,) = find_passages(text, read_wanted(Ask(topic="other", words="what is the deadline")))
    assert "3 May 2031" in found.sentence.text


@pytest.mark.parametrize(
    ("question", "line"),
    [("do they work on weekends", "We were featured in the Sunday Times."), ("does it involve travel", "Travel stipend of $500")],
)
def test_what_only_has_the_word_in_the_name_of_another_thing_is_no_answer(question: str, line: str) -> None:
    assert not find_passages(document(f"We bake bread.\n\n{line}"), read_wanted(Ask(topic="other", words=question)))


def test_the_company_and_the_role_are_no_words_of_a_question() -> None:
    wanted = read_wanted(Ask(topic="other", words="who does the kitchen cook report to"), leave_out={"kitchen", "cook"})
    assert not {"kitchen", "cook"} & {part for term in wanted.terms for wording in term.own for part in wording}


def test_what_is_named_in_particular_is_looked_for_though_it_is_in_the_title() -> None:
    wanted = read_wanted(Ask(topic="skills", words="do they use python", about=("python",)), leave_out={"python"})
    assert frozenset({("python",)}) in [term.own for term in wanted.terms]


def test_subjects_are_named_in_five_languages() -> None:
    assert find_subjects(read_words("seguro médico")) == find_subjects(read_words("health insurance"))
    assert "interview" in find_subjects(read_words("como es el proceso de entrevistas"))


def test_nothing_is_found_in_nothing() -> None:
    assert find_passages(document(""), read_wanted(Ask(topic="other", words="pay"))) == ()
    assert find_passages(POSTING, read_wanted(Ask(topic="other"))) == ()


def test_who_asks_to_share_something_asks_for_no_shares() -> None:
    assert find_subjects(read_words("kindly share the leave policy")) == ("vacation",)
    assert find_subjects(read_words("do i get shares")) == ("equity",)


def test_until_when_one_may_apply_is_no_length_of_a_contract() -> None:
    assert find_subjects(read_words("until when can one apply")) == ("deadline",)
    assert find_subjects(read_words("until when does it run")) == ("contract_length",)


MILL = document(
    """## About

We work as one team: 140 people grind for 60 bakeries. At least 4 years of stall management are welcome, and you will look after 35 stalls.

## Examination

The mark rests on the oral part alone. A final average mark of 65% is needed to get onto the register.
The written exam takes place on 4 May 2031. The exam is done at a desk.

## What you get

* Continuing education: nine hundred euros a year in course reimbursement
* You begin with 27 days of leave
* Your choice of tech gear
* Bandwidth of 20 Mbps at least is needed at home

## Tools

We keep our orders in MariaDB. We write each test first, TDD all the way. New millers get a 2-year formal training plan.
Write to us over Telegram: millrace. It has 12 back-office clerks."""
)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("how many stalls would i have", "35 stalls"),
        ("how many people work there", "140 people"),
        ("how many goats are there", None),
        ("how big is the oven", None),
        ("how many backoffice people are there", "12 back-office clerks"),
        ("education budget per year", "nine hundred euros"),
        ("do they pay for courses", "nine hundred euros"),
        ("presupuesto de formacion", "nine hundred euros"),
        ("what score do i need", "65%"),
        ("minimum score?", "65%"),
        ("which day is the written exam", "4 May 2031"),
        ("how much leave do they start you with", "27 days"),
        ("can i pick my own laptop", "choice of tech gear"),
        ("what is the min internet speed", "20 Mbps"),
        ("what db do they run on", "MariaDB"),
        ("how long is the training", "2-year"),
        ("whats their telegram", "millrace"),
    ],
)
def test_figures_days_and_tools_are_those_of_what_is_asked(question: str, said: str | None) -> None:
    passages = find_answers(MILL, read_wanted(Ask(topic="other", words=question)))
    assert said in passages[0].sentence.text if said else not passages


@pytest.mark.parametrize(
    ("words", "subject"),
    [
        ("until when is it open", "deadline"),
        ("bis wann ist das offen", "deadline"),
        ("hasta cuando esta abierta", "deadline"),
        ("combien de temps dure la periode d'essai", "probation"),
        ("do they send people around a lot", "travel"),
        ("do they throw in stock", "equity"),
        ("do they pay my train ticket", "commute"),
    ],
)
def test_a_subject_is_heard_in_other_words(words: str, subject: str) -> None:
    assert find_subjects(read_words(words)) == (subject,)


def test_a_misspelt_word_of_the_role_asks_for_nothing() -> None:
    wanted = read_wanted(Ask(topic="other", words="does the illustratr bake"), leave_out={"illustrat", "illustratr"[:-1] + "or"})
    assert [term.own for term in wanted.terms] == [frozenset({("bake",)})]


LISTED = document(
    """## About us

You are at ease with clients, in person and on the phone. Our clients include Ashgrove Foods, Bellweather and the Corner Mill, for whom we
bake every day of the year in three bakeries in the north of the country and one in the south.

Paid parental leave for everybody who works here (14 weeks)

Around the ovens and in the vans there are, with those who only come for the weekends, over 90 employees who bake bread and bring it to you.

We'd love to review your work. Everybody hears from us.

## The kitchen

* Our kitchen is light and warm
* Bread is baked in the kitchen each morning
* The kitchen has a harmonica for the breaks
* Work with RabbitMQ and Postgres
* You report weekly on the kitchen

To comply with the law, we use E-Verify."""
)


@pytest.mark.parametrize(
    ("question", "passage"),
    [
        ("who are some of the clients", "Our clients include Ashgrove Foods"),
        ("which shops are their clients", "Our clients include Ashgrove Foods"),
        ("how many employees are there", "Around the ovens"),
        ("is there a harmonica in the kitchen", "The kitchen has a harmonica"),
        ("is there a harmonca in the kitchen", "The kitchen has a harmonica"),
        ("which message brokers", "Work with RabbitMQ"),
        ("do they take part in e-verify", "To comply with the law"),
        ("do they reply", "Everybody hears from us."),
    ],
)
def test_what_is_named_counted_or_rare_goes_before_what_shares_a_frequent_word(question: str, passage: str) -> None:
    passages = find_answers(LISTED, read_wanted(Ask(topic="other", words=question)))
    assert passages[0].sentence.text.startswith(passage)


LOOM = document(
    """## Who we are

Tarn was created in 1987 and 40,000 weavers rely on our looms. We're a small 4 person loom team, and a lean team of dyers helps.
Care, patience and humour define our culture. The workshop is split into three guilds. We meet in person twice a year.
On Fridays there is table tennis. Brands including Ashgrove and Bellweather weave on our looms.

## Selection

Selection Weights: Essay . . . . . . . . . . . . . . Advisory

Interview . . . . . . . . . . . . . . 100%

The exam will consist of an essay and an interview. Under Rule 4.13 the written test is not shown to anybody.
The written test takes place on 4 May 2031."""
)
WEBEREI = document(
    """## Wer wir sind

Unser Team besteht aus fünf Personen, die weben und färben. Die Weberei wurde 1931 gegründet und hat 700 Nutzer im ganzen Land.
Eintritt: so bald wie möglich, und es gibt eine Probezeit. Wir treffen uns jeden Montag. Wir haben flache Hierarchien und ein Sommerfest."""
)
TISSAGE = document(
    """## Qui sommes-nous ?

Notre équipe est constituée d'une tisseuse et d'un teinturier. Nous avons aujourd'hui 93 utilisateurs dans les ateliers et les écoles.
Le service s'est lancé en avril 2018. Début souhaité : le plus tôt possible. L'équipe se retrouve chaque mercredi à l'atelier."""
)


@pytest.mark.parametrize(
    ("text", "question", "said"),
    [
        (LOOM, "how big is the team", "4 person loom team"),
        (LOOM, "how many people are on the team", "4 person loom team"),
        (LOOM, "what are their values", "define our culture"),
        (LOOM, "what is the culture like", "define our culture"),
        (LOOM, "how is the workshop organised", "three guilds"),
        (LOOM, "how often does the team meet in person", "twice a year"),
        (LOOM, "what do they do for fun", "table tennis"),
        (LOOM, "which brands use it", "Ashgrove"),
        (LOOM, "what does the exam consist of", "an essay and an interview"),
        (LOOM, "how are candidates picked", "an essay and an interview"),
        (LOOM, "when is the written test", "4 May 2031"),
        (LOOM, "when was it created", "1987"),
        (document("We weave.\n\nThe loom was founded in 1987 by Ada Tarn."), "who founded it", "Ada Tarn"),
        (LOOM, "when does the lease end", None),
        (LOOM, "who are their customers", "Ashgrove"),
        (WEBEREI, "wie gross ist das team", "fünf Personen"),
        (WEBEREI, "how many users do they have", "700 Nutzer"),
        (WEBEREI, "who is on the team", "fünf Personen"),
        (WEBEREI, "wann ist der eintrittstermin", "so bald wie möglich"),
        (WEBEREI, "is there a hierarchy", "flache Hierarchien"),
        (TISSAGE, "qui compose l'équipe", "constituée d'une tisseuse"),
        (TISSAGE, "how many users do they have", "93 utilisateurs"),
        (TISSAGE, "when was it launched", "avril 2018"),
        (TISSAGE, "when would the weaver start", "le plus tôt possible"),
        (TISSAGE, "when does the team meet in person", "chaque mercredi"),
    ],
)
def test_what_is_asked_of_a_team_and_its_house_is_found_in_the_postings_language(text: Document, question: str, said: str | None) -> None:
    passages = find_answers(text, read_wanted(Ask(topic="other", words=question)))
    assert said in passages[0].sentence.text if said else not passages


def test_a_team_that_nothing_counts_has_no_size() -> None:
    text = document("A kind team with short ways.\n\nYou have 6 years in a team. Our team weaves for 60 shops.")
    assert not find_answers(text, read_wanted(Ask(topic="other", words="how big is the team")))


@pytest.mark.parametrize(
    ("words", "subject"),
    [
        ("what are the hiring steps", "interview"),
        ("comment se passe le recrutement", "interview"),
        ("wie ist das auswahlverfahren", "interview"),
        ("cuales son las fases del proceso", "interview"),
        ("como e o processo seletivo", "interview"),
        ("when should the weaver start", "start_date"),
        ("is there an end date", "contract_length"),
        ("when was the mill created", "founding"),
        ("who started the mill", "founders"),
        ("que valores tiene", "values"),
        ("do they give raises", "raises"),
        ("wer sind die wettbewerber", "competitors"),
        ("ou est le siege social", "headquarters"),
        ("como es el equipo", "the_team"),
    ],
)
def test_stages_days_and_values_are_heard_in_five_languages(words: str, subject: str) -> None:
    assert subject in find_subjects(read_words(words))


@pytest.mark.parametrize(
    ("question", "line"),
    [
        ("who are their customers", "A passion for customer experience"),
        ("who founded it", "Since 1987 we weave."),
        ("who are their customers", "We hear from customers each day"),
        ("how long is the contract", "1 month's notice from either side"),
        ("what do they do for fun", "Checks may include Social Security"),
        ("how big is the team", "At least 3 years of people management in a team"),
        ("how many people work there", "Know one or more of warping, dyeing and carding with people"),
        ("how fast is it growing", "We care for your personal growth"),
        ("what do they do for fun", "We share no data with third parties"),
    ],
)
def test_what_speaks_of_another_thing_tells_nothing_of_what_is_asked(question: str, line: str) -> None:
    assert not find_answers(document(f"We weave.\n\n{line}"), read_wanted(Ask(topic="other", words=question)))
