import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.hypertext import has_tags, read_hypertext, read_words


@pytest.mark.parametrize(
    ("markup", "lines"),
    [
        ("<p>One</p><p>Two", ["One", "", "Two"]),
        ("One<br>Two<br/>Three", ["One", "Two", "Three"]),
        ("<h2>Needs</h2>Bread", ["## Needs", "", "Bread"]),
        ("<h3>Needs<br>here</h3>", ["### Needs here"]),
        ("<ul><li>One<ul><li>Two</ul><li>Three</ul>", ["* One", "  * Two", "* Three"]),
        ("<ul><li><p>One</p></li><li><div>Two</div></li></ul>", ["* One", "* Two"]),
        ("<ol><li>One</ol>Two", ["* One", "", "Two"]),
        ("<strong>Pay: </strong>5 an hour", ["**Pay:** 5 an hour"]),
        ("<b></b>x<b> </b>y", ["x y"]),
        ("<b><b>Both</b></b>", ["**Both**"]),
        ("<h2><b>Needs</b></h2>", ["## Needs"]),
        ("<b><p>One</p></b>", ["One"]),
        ('<a href="https://x.example/1">Apply</a> now', ["[Apply](https://x.example/1) now"]),
        ('<a href="javascript:x">Apply</a>', ["Apply"]),
        ('<a href="/jobs">Apply</a>', ["Apply"]),
        ('<a href="https://x.example/1">https://x.example/1</a>', ["https://x.example/1"]),
        ("<table><tr><th>Level</th><th>Pay</th></tr><tr><td>One</td><td>$5</td></tr></table>", ["Level | Pay", "One | $5"]),
        ("<dl><dt>Place</dt><dd>Rome</dd><dt>Pay:</dt><dd>$5</dd></dl>", ["Place: Rome", "Pay: $5"]),
        ("<script>x</script><style>y</style><!-- z --><p>One", ["One"]),
        ("a\n  b\n<i>c</i>", ["a b c"]),
        ("Fish &amp; chips &lt;3", ["Fish & chips <3"]),
        ("&lt;ul&gt;&lt;li&gt;One &amp;amp; two", ["* One & two"]),
        ("One\n\n* Two", ["One", "", "* Two"]),
        ("", [""]),
    ],
)
def test_markup_becomes_lines(markup: str, lines: list[str]) -> None:
    assert read_hypertext(markup).split("\n") == lines


@pytest.mark.parametrize("text", ["5 < 6 > 4", "a <- b", "I <3 bread", "no tags & none", ""])
def test_signs_are_no_tags(text: str) -> None:
    assert not has_tags(text)


@given(st.text(st.sampled_from("<>/pbul i&;a=\"'\n*"), max_size=120))
def test_any_markup_is_read(markup: str) -> None:
    assert read_hypertext(markup) is not None
    assert "\n" not in read_words(markup)


LADEN = "<p" + "".join(f" a{number}=1" for number in range(400)) + ">We bake."


@pytest.mark.parametrize(
    ("before", "laden"),
    [
        ("<p>We cook.</p>", LADEN),
        ("<p>We cook.</p><svg><![CDATA[ > <p x=' ]]></svg>", LADEN),
        ("<p>We cook.</p><script>if (a<b x='</script>", LADEN),
        ("<p>We cook.</p><!--><i y='", LADEN),
        ("<p>We cook.</p>", "".join(f"<body a{number}=1>" for number in range(400)) + "We bake."),
    ],
)
def test_a_page_is_read_up_to_a_tag_with_far_more_attributes_than_any_has(before: str, laden: str) -> None:
    assert read_hypertext(before + laden) == "We cook."


def test_a_tag_may_have_as_many_attributes_as_real_ones() -> None:
    data = "".join(f" data-{number}='{number} > 0'" for number in range(100))
    assert read_hypertext(f"<body{data}><p{data}>We cook.</p><p{data}/>We bake.") == "We cook.\n\nWe bake."
