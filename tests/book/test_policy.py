"""The policy guards against what slipped through: it signs the book's own scripts by name, and whatever else is found."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from tests.book import policy

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "book" / "_ext"))
inert = importlib.import_module("publishing.output.inert")
signing = importlib.import_module("publishing.output.policy")

RUNS_OR_LOADS = (
    "<script>alert(1)</script>",
    "<script src=/other.js></script>",
    "<script type=module>1</script>",
    "<script/>",
    "<svg/onload=alert(1)>",
    "<p onclick='alert(1)'>x</p>",
    "<a href=' java\tscript:alert(1)'>x</a>",
    "<a href='&#106;avascript:alert(1)'>x</a>",
    "<a href='data:text/html,x'>x</a>",
    "<a href='blob:null/a'>x</a>",
    "<a href='view-source:http://x'>x</a>",
    "<a href='//host/a'>x</a>",
    "<form action='javascript:1'></form>",
    "<img src=http://host/x.png>",
    "<img srcset='a.png 1x, //host/b.png 2x'>",
    "<video poster=https://host/x.png></video>",
    "<link rel=stylesheet href=https://host/x.css>",
    "<p style='background:url(http://host/x)'>x</p>",
    "<style>@import '//host/x.css'</style>",
    "<iframe src=x.html></iframe>",
    "<object data=x></object>",
    "<base href=https://host/>",
    "<meta http-equiv=refresh content='0;url=https://host'>",
    "<!--> <script>alert(1)</script> -->",
)
INERT = (
    "<script type='application/json'>{\"a\": 1}</script>",
    "<script src='../_static/scripts/furo.js?v=1'></script>",
    "<a href='https://x.org'>x</a> <a href='mailto:a@b.org'>x</a> <a href='#a'>x</a> <a href='../a.html#b'>x</a>",
    "<img src='a.svg'><img src='data:image/png;base64,AA'>",
    "<link rel=canonical href='https://x.org/'>",
    "<p style='color: red'>javascript: is a word, &lt;script> too</p>",
)


@pytest.mark.parametrize("markup", RUNS_OR_LOADS)
def test_what_runs_or_loads_is_found(markup: str) -> None:
    assert inert.faults(markup, signing.own_scripts().values(), signing.FILES)


@pytest.mark.parametrize("markup", INERT)
def test_what_is_inert_is_left_alone(markup: str) -> None:
    assert inert.faults(markup, signing.own_scripts().values(), signing.FILES) == []


def page_with(planted: str, *signed: str) -> BeautifulSoup:
    meta = f'<meta http-equiv="Content-Security-Policy" content="{signing.content_security_policy(signed)}">'
    head = f'<meta charset="utf-8">{meta}<title>A page</title>'
    return BeautifulSoup(f"<html><head>{head}</head><body>{planted}</body></html>", "html.parser")


def test_the_reading_of_policies_can_fail() -> None:
    """It used to ask only that a script be signed, and the policy signed whatever stood in the page."""
    planted = "alert(1)"
    assert policy.faults(page_with(f"<script>{planted}</script>", planted)) != []
    assert policy.faults(page_with(f"<script>{planted}</script>")) != []
    assert policy.faults(page_with("", planted)) != []
    assert policy.faults(page_with('<a href="data:text/html,x">x</a>')) != []
    own = next(iter(policy.own_scripts()))
    assert policy.faults(page_with(f"<script>{own}</script>")) != []
    assert policy.faults(page_with(f"<script>{own}</script>", own)) == []


def test_every_script_beside_the_templates_is_named_and_none_is_signed_that_is_not() -> None:
    assert set(signing.own_scripts().values()) == policy.own_scripts()
    for name in signing.SIGNED:
        assert (signing.TEMPLATES / name).is_file()


def test_a_fault_is_placed_in_the_chapter_or_in_the_content_beside_it(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# A\n\n```{code-cell}\n```\n", encoding="utf-8")
    (tmp_path / "a.questions.yml").write_text("questions:\n  - stem: <Script>\n", encoding="utf-8")
    sources = list(inert.sources_of(tmp_path / "a.md"))
    assert inert.place_of("<script", sources) == (tmp_path / "a.questions.yml", 2)
    assert inert.place_of("onclick", sources) is None
