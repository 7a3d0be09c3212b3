from company_rows import HERE, index_of, rows
from hypothesis import given
from hypothesis import strategies as st

from bot.questions.company_index import CompanyIndex, file, own_names_in, pack, unpack
from bot.questions.company_names import Entry, Found, NearTie, Unknown, name_forms
from bot.questions.match_company import complete_company, match_company

_NAMES = st.text(st.sampled_from("abcdeflnox ü&'."), min_size=1, max_size=14).filter(lambda name: any(map(str.isalpha, name)))


def test_postings_of_one_company_stand_together_newest_first() -> None:
    index = index_of("Acme: Writer", "Acme, Inc.: Editor", "Bolt")
    match = match_company("acme", index, scopes=HERE)
    assert isinstance(match, Found)
    assert [entry.title for entry in match.entries] == ["Editor", "Writer"]
    assert match.name == "Acme, Inc."


def test_a_company_leaves_with_its_last_posting() -> None:
    index = index_of("Nomad Health: one", "Nomad Health: two")
    index.remove(1)
    assert index.holding("nomad", HERE)
    index.remove(2)
    assert index.holding("nomad", HERE) == []
    assert index.near("nomadhealt", HERE, most_edits=2) == []
    assert complete_company("", index, scopes=HERE) == []


def test_a_company_that_left_can_come_back() -> None:
    index = index_of("Nomad Health")
    index.remove(1)
    index.add(rows("Nomad Health", start=7)[0])
    match = match_company("nomad helth", index, scopes=HERE)
    assert isinstance(match, Found)
    assert match.entries[0].id == 7


def test_a_posting_that_changes_its_company_is_known_by_the_new_one_only() -> None:
    index = index_of("Pachama")
    index.add(rows("Nixtla")[0])
    assert index.holding("pachama", HERE) == []
    assert index.holding("nixtla", HERE)


def test_removing_what_is_not_there_does_nothing() -> None:
    index = index_of("Flex")
    index.remove(99)
    assert index.holding("flex", HERE)


def test_a_company_of_two_scopes_is_one_where_both_are_seen() -> None:
    index = CompanyIndex([*rows("Flex: here"), *rows("FLEX: there", scope="7", start=5)])
    both = match_company("flex", index, scopes={"everyone", "7"})
    here = match_company("flex", index, scopes=HERE)
    assert isinstance(both, Found)
    assert isinstance(here, Found)
    assert [entry.id for entry in both.entries] == [5, 1]
    assert (here.name, len(here.entries)) == ("Flex", 1)


def test_another_scope_causes_no_ambiguity() -> None:
    index = CompanyIndex([*rows("Nomad Health"), *rows("Nomad List", scope="7", start=5)])
    assert isinstance(match_company("nomad", index, scopes=HERE), Found)
    assert isinstance(match_company("nomad", index, scopes={"everyone", "7"}), NearTie)


def test_of_a_name_that_goes_on_and_on_few_forms_are_known_and_the_whole_is_found() -> None:
    name = " ".join(f"Bread{number}" for number in range(200))
    assert len(name_forms(name)) < 20
    index = index_of(name)
    assert isinstance(match_company(name, index, scopes=HERE), Found)
    assert isinstance(match_company("bread0 bread1", index, scopes=HERE), Found)
    assert isinstance(match_company("bread150", index, scopes=HERE), Unknown)
    assert complete_company("bread11", index, scopes=HERE) == [name]


_WORDS = st.text(st.characters(blacklist_categories=["Cs"]), max_size=30)


@given(company=_WORDS, title=_WORDS, location=_WORDS, name=_NAMES.map(str.strip))
def test_what_was_packed_is_what_would_be_worked_out(company: str, title: str, location: str, name: str) -> None:
    entry = Entry(1, "everyone", company, title, location, (name,))
    packed, filed = pack(entry), file(entry)
    read = unpack(packed, (company, title, location))
    assert read is not None
    assert read[:3] == filed[:3]
    assert [sorted(words) for words in read.words] == [sorted(words) for words in filed.words]
    assert own_names_in(packed) == read.names == (name,)


def test_what_was_packed_of_another_head_or_is_damaged_is_not_read() -> None:
    head = ("Nomad Health", "Night Nurse", "Oslo")
    packed = pack(Entry(1, "everyone", *head))
    assert unpack(packed, head) is not None
    for other in (("Gamut", *head[1:]), ("Nomad Health", "Nurse", "Oslo"), (*head[:2], "Bergen")):
        assert unpack(packed, other) is None
    for damaged in ("", "\n", packed[:-1], packed.replace("nomad", "gamut"), f"{packed}\n", packed[9:]):
        assert unpack(damaged, head) is None


@given(names=st.lists(_NAMES, min_size=1, max_size=6), gone=st.sets(st.integers(1, 6)))
def test_an_index_of_what_was_packed_is_one_that_was_worked_out(names: list[str], gone: set[int]) -> None:
    entries = [Entry(number, "everyone", name, f"{name} Baker") for number, name in enumerate(names, start=1)]
    worked_out, read = CompanyIndex(entries), CompanyIndex()
    for entry in entries:
        read.add(entry, unpack(pack(entry), (entry.company, entry.title, entry.location)))
    for index in (worked_out, read):
        for number in gone:
            index.remove(number)
    for name in names:
        for form in name_forms(name):
            assert sorted(worked_out.holding(form, HERE)) == sorted(read.holding(form, HERE))
            assert sorted(worked_out.near(f"{form}x", HERE, most_edits=1)) == sorted(read.near(f"{form}x", HERE, most_edits=1))
            assert worked_out.titles.holding(form, HERE) == read.titles.holding(form, HERE)
    assert worked_out.starting("", HERE, limit=99) == read.starting("", HERE, limit=99)
    assert set(worked_out.titles.with_any(["baker"], HERE)) == set(range(1, len(names) + 1)) - gone


@given(st.lists(_NAMES, min_size=1, max_size=8))
def test_an_exact_name_is_always_found(names: list[str]) -> None:
    index = index_of(*names)
    for name in names:
        match = match_company(name, index, scopes=HERE)
        assert isinstance(match, Found)


@given(st.lists(_NAMES, max_size=6), st.lists(_NAMES, min_size=1, max_size=6), _NAMES)
def test_no_other_scopes_name_is_ever_told(ours: list[str], theirs: list[str], typed: str) -> None:
    alone = CompanyIndex(rows(*ours))
    shared = CompanyIndex([*rows(*theirs, scope="7", start=100), *rows(*ours)])
    assert match_company(typed, shared, scopes=HERE) == match_company(typed, alone, scopes=HERE)
    assert complete_company(typed, shared, scopes=HERE) == complete_company(typed, alone, scopes=HERE)


@given(st.lists(_NAMES, min_size=2, max_size=8, unique=True), st.data())
def test_adding_and_removing_comes_to_the_same_as_building(names: list[str], data: st.DataObject) -> None:
    gone = data.draw(st.integers(1, len(names)))
    typed = data.draw(_NAMES)
    entries = [Entry(id=place, scope="everyone", company=name) for place, name in enumerate(names, start=1)]
    changed = CompanyIndex(entries)
    complete_company(typed, changed, scopes=HERE)
    changed.remove(gone)
    built = CompanyIndex(entry for entry in entries if entry.id != gone)
    assert complete_company(typed, changed, scopes=HERE) == complete_company(typed, built, scopes=HERE)


def test_the_short_form_in_brackets_and_the_initials_of_a_department_are_names_of_it() -> None:
    index = index_of("Harbor Robotics Testing Center (HRTC): Welder", "DEPT OF TIDE & TOWBOAT: Clerk")
    for typed, name in (("hrtc", "Harbor Robotics Testing Center (HRTC)"), ("harbor robotics", "Harbor Robotics Testing Center (HRTC)")):
        match = match_company(typed, index, scopes=HERE)
        assert isinstance(match, Found)
        assert match.name == name
    match = match_company("dott", index, scopes=HERE)
    assert isinstance(match, Found)
    assert match.name == "DEPT OF TIDE & TOWBOAT"
