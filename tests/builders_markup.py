"""Postings in the markup of others, made up, and what must hold for whatever is read out of any."""

import json
from typing import Any

from bot.domain.errors import UnreadablePosting
from bot.domain.posting import Posting
from bot.parsing.parse import parse_posting, read_document
from bot.text.clean import fold_space
from bot.topics import TOPICS

BODY = """\
<p>Dough &amp; Sons bakes bread for forty towns along the river.</p>
<h3>What you will do</h3><ul><li>Bake rye bread through the night</li><li>Keep the <b>ovens</b> clean</li></ul>
<p><strong>What you bring</strong></p><ul><li>4+ years in a bakery</li><li>A steady hand</li></ul>
<p>Benefits:</p><ul><li>Free bread, every day</li></ul>"""
JOB: dict[str, Any] = {
    "@context": "https://schema.org/",
    "@type": "JobPosting",
    "title": "Night Baker",
    "description": BODY,
    "employmentType": "FULL_TIME",
    "url": "https://dough.example/jobs/7",
    "hiringOrganization": {"@type": "Organization", "name": "Dough &amp; Sons"},
    "jobLocation": {"@type": "Place", "address": {"addressLocality": "Lyon", "addressCountry": "FR"}},
    "baseSalary": {
        "@type": "MonetaryAmount",
        "currency": "EUR",
        "value": {"@type": "QuantitativeValue", "minValue": 30000, "maxValue": 35000, "unitText": "YEAR"},
    },
}


def read_markup_posting(markup: Any) -> Posting:
    """Read a posting from HTML, or from JSON that is given as values; whatever is read holds."""
    posting = parse_posting(markup if isinstance(markup, str) else json.dumps(markup), "posting")
    assert_holds(posting)
    return posting


def assert_holds(posting: Posting) -> None:
    """Every quote stands in the text that is kept, and reading that text again gives the same facts."""
    text = fold_space(posting.text)
    assert [fact.quote for facts in posting.facts.values() for fact in facts if fold_space(fact.quote.text) not in text] == []
    document = read_document(posting.text)
    assert (document.title, document.location) == (posting.title, posting.location)
    assert {topic.name: found for topic in TOPICS if (found := tuple(topic.find(document)))} == posting.facts


def read_anything(text: str) -> None:
    """Read a text that may be no posting at all."""
    try:
        posting = parse_posting(text, "posting")
    except UnreadablePosting:
        return
    assert_holds(posting)


def values_of(posting: Posting, topic: str) -> list[Any]:
    """What a posting says on a topic."""
    return [fact.value for fact in posting.facts.get(topic, ())]
