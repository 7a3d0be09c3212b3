"""Requirement or only welcome."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.wording import is_asked_for, is_only_preferred


@pytest.mark.parametrize(
    "text",
    [
        "(preferred) Work with ovens",
        "Desirable: a driving licence",
        "Ideally you have run a bakery",
        "Bonus points for a second language",
        "Big plus: sourdough",
        "Experience with Kafka is a plus",
        "Tools like Ansible, Chef or Salt are a plus.",
        "Knowledge of Vue and/or Svelte a plus",
        "Two years of pastry work preferred",
        "Master's degree or PhD in Food Science, Chemistry, or a related field preferred.",
        "Familiarity with Helm (nice to have)",
        "Kubernetes is preferred but not required",
        "It's a plus if you speak Danish",
        "If you have milked a cow before, so much the better",
        "Experience with queues (e.g. RabbitMQ) would be a plus",
        "If you know payments, consider that a strong asset.",
        "Erfahrung mit Go von Vorteil",
        "Être bilingue (FR/EN) est un atout",
        "Conocimientos de Rust deseable",
        "Pastry schooling (croissants, tarts, pies) preferred",
        "Connaissance des fours à bois (atout)",
        "Work in a mill (suggested)",
        "Our recipes are written in French. Knowing French is a plus.",
        "Degree in baking, cooking or the like, or equivalent work preferred. Two degrees are a plus.",
        "Android cakes. (bonus)",
    ],
)
def test_a_line_that_is_wholly_welcome_is_preferred(text: str) -> None:
    assert is_only_preferred(text)


@pytest.mark.parametrize(
    "text",
    [
        "Five years with Java",
        "Five years with Java; Kotlin is a plus",
        "Rye, wheat, spelt. Oats are a plus.",
        "We are looking for somebody who bakes. Everything else is a bonus.",
        "Five years of baking. We are glad about more, and Danish is a plus.",
        "Good at CSS. Sass is a plus.",
        "Configuration tools such as Ansible (preferred) or Chef",
        "Strong Python (Cython a plus)",
        "Experience with machine learning, ideally deep learning",
        "Bachelor's degree required, Master's preferred",
        "Five years of experience, AWS preferred",
        "Experience with Java, knowledge of Spring is a plus",
        "A preferred partner of banks",
        "You write helpful documents",
        "",
    ],
)
def test_a_line_that_mixes_both_is_a_requirement(text: str) -> None:
    assert not is_only_preferred(text)


@pytest.mark.parametrize(
    ("text", "asked"),
    [("A clean record is required.", True), ("Must have a car", True), ("Welcome but not required", False), ("Likes cakes", False)],
)
def test_a_welcome_line_may_say_that_it_is_asked_for(text: str, asked: bool) -> None:
    assert is_asked_for(text) is asked


@given(st.text(alphabet="apreferd plus,.;()- ", max_size=200))
def test_any_line_is_one_or_the_other(text: str) -> None:
    assert is_only_preferred(text) in {True, False}
