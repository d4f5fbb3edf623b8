"""A case as data and as markup: one file, the same bytes, readable without its front end."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from book.new import SKELETONS
from widgets.conference import CaseError, conference, load
from widgets.conference.graph import ways
from widgets.conference.markup import drawn, render_case
from widgets.conference.model import COMPOSED, Case
from widgets.conference.reader import examine, read
from widgets.text.markdown import plain

CLEAN = SKELETONS / "skeleton.case.yml"


@pytest.fixture(scope="module")
def case() -> Case:
    return read(CLEAN)


@pytest.fixture(scope="module")
def page(case: Case) -> BeautifulSoup:
    return BeautifulSoup(render_case("clean", case), "html.parser")


def one(page: BeautifulSoup, selector: str) -> Tag:
    found = page.select_one(selector)
    assert found is not None, selector
    return found


def test_every_way_through_the_clean_case(case: Case) -> None:
    found = [[step.id for step in way] for way in ways(case)]
    before = ["history", "neck", "table", "verdict"]
    assert found == [[*before, "talk", "year"], [*before, "halted", "talk", "year"]]


def test_a_saved_path_holds_for_one_text_alone(case: Case) -> None:
    text = CLEAN.read_bytes()
    changed = examine(text.replace(b"It is soft.", b"It is hard.")).case
    assert changed is not None
    assert changed.hash != case.hash
    commented = examine(b"# a note to the editors\n" + text).case
    assert commented is not None
    assert commented.hash == case.hash


def test_all_mistakes_are_told_at_once_with_their_lines(tmp_path: Path) -> None:
    text = CLEAN.read_text(encoding="utf-8")
    text = text.replace("worth: optional", "worth: maybe", 1).replace("    title: The talk\n", "")
    path = tmp_path / "two.case.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CaseError) as refused:
        read(path, "two.case.yml")
    first, second = str(refused.value).splitlines()
    line = text.splitlines().index("        worth: maybe") + 1
    assert first.startswith(
        f"two.case.yml:{line}: step 'history': 'worth' of choices 4 is 'maybe'; use 'sound'"
    )
    assert second.endswith("step 'talk': 'title' is missing; add it")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xfe", "the file is not UTF-8 here; save it as UTF-8"),
        (b"- a list", "the file holds a list; begin with `title:`"),
        (b"", "the file holds nothing; begin with `title:`"),
        (b"title: &a [one]\nperson: *a", "a YAML alias"),
        (b"title: x\ntitle: y", "not YAML"),
    ],
)
def test_what_is_no_case_gets_one_clear_line(content: bytes, said: str) -> None:
    examined = examine(content)
    assert examined.case is None
    assert said in str(examined.mistakes[0])


@pytest.mark.parametrize("name", ["evaluation/cases/nobody", "../evaluation/cases/x", "", "a b"])
def test_an_unknown_case_is_refused(name: str) -> None:
    with pytest.raises(CaseError):
        load(name)


def test_same_case_same_bytes(case: Case) -> None:
    assert render_case("clean", case) == render_case("clean", case)


def test_everything_can_be_read_without_the_front_end(case: Case, page: BeautifulSoup) -> None:
    for node in page.select("template"):
        node.extract()
    text = " ".join(page.get_text(" ").split())

    def told(markdown: str) -> bool:
        return plain(markdown) in text

    assert COMPOSED in text
    for step in case.steps:
        assert told(step.title)
        assert step.scene is None or told(step.scene)
        assert step.reason is None or told(step.reason)
        for choice in step.choices:
            assert told(choice.text), choice.id
            form = f"#c-clean-{step.id} li[data-id={choice.id}] details"
            inside = one(page, form).get_text(" ", strip=True)
            assert plain(choice.reason) in " ".join(inside.split())
    assert all(told(prompt) for prompt in case.prompts)
    assert not page.select("button, [hidden] .choices")


def test_every_branch_leads_to_a_place_on_the_page(page: BeautifulSoup) -> None:
    links = page.select(".onward a")
    assert len(links) == 9
    for link in links:
        assert page.select_one(str(link["href"])) is not None


def test_a_number_carries_its_row(page: BeautifulSoup) -> None:
    assert {node["data-row"] for node in page.select(".est")} == {
        "volkmann2014-severity-3m-dbs-gpi",
        "reich2019-nonresp",
    }


def test_the_place_of_a_choice_does_not_tell_its_worth() -> None:
    """As written, what is sound stands first; as shown, it is first no more often than its share."""
    names = [
        path.name.removesuffix(".case.yml") for path in Path("chapters/evaluation/cases").glob("*.case.yml")
    ]
    steps = [
        (name, step)
        for name in names
        for step in load(f"evaluation/cases/{name}").steps
        if len(step.choices) > 2
    ]
    asked = [(name, step) for name, step in steps if step.stage != "team"]
    first = sum(drawn(name, step)[0].worth == "sound" for name, step in asked)
    expected = sum(sum(one.worth == "sound" for one in step.choices) / len(step.choices) for _, step in asked)
    assert abs(first - expected) < 0.2 * len(asked)
    assert all(set(drawn(name, step)) == set(step.choices) for name, step in steps)


def test_live_and_page_show_the_same() -> None:
    widget = conference("evaluation/cases/fixed-contracture")
    assert widget.markup in widget.page_html()
    assert 'data-widget="conference" data-name="evaluation/cases/fixed-contracture"' in widget.page_html()
    assert (widget.answers, widget.score, widget.completed) == ({}, 0, False)
