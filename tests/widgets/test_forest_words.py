"""The forest plot without a browser: what it offers, what it says, and what it carries."""

from __future__ import annotations

import gzip
import json
import re
from html.parser import HTMLParser
from typing import Any

import pytest

from evidence.pooling import PoolingRefused, pool
from evidence.pooling.scales import is_global_rating
from evidence.pooling.selection import Consent
from tests.sample import AGAIN
from widgets.forest import forest
from widgets.forest.catalogue import PRESETS, Preset, questions
from widgets.forest.markup import index_of
from widgets.forest.selection import Selection
from widgets.forest.wording import WORDS, caption, headline, how, may_conclude, may_not_conclude, rounded, say

content = pytest.mark.content


@pytest.fixture(autouse=True)
def _on_the_sample(request: pytest.FixtureRequest) -> None:
    """What is promised of the evidence itself is marked as content; the rest reads the sample."""
    if request.node.get_closest_marker("content") is None:
        request.getfixturevalue("sample")


def selection(preset: Preset) -> Selection:
    question = questions()[index_of(preset.measure, preset.procedure, preset.topic)]
    return Selection(question, preset.months, leave_out=preset.leave_out)


def severity(**options: Any) -> Selection:
    question = questions()[index_of("percent_improvement", "dbs_gpi", "TWSTRS severity")]
    return Selection(question, **options)


class Text(HTMLParser):
    """The text of a markup, without scripts and templates."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.said = ""
        self.feed(re.sub(r"<(script|template).*?</\1>", "", markup, flags=re.DOTALL))
        self.said = " ".join(self.said.replace("\u00a0", " ").split())

    def handle_data(self, data: str) -> None:
        self.said += f" {data}"


def carried(markup: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" data-shared>(.*?)</script>', markup, re.DOTALL)
    assert found
    data: dict[str, Any] = json.loads(found[1])
    return data


@content
@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.label)
def test_every_preset_can_be_answered(preset: Preset) -> None:
    chosen = selection(preset)
    assert chosen.pooled is not None
    assert chosen.pooled.k >= 3
    assert not chosen.overlaps
    assert not set(preset.leave_out) - {row.id for row in chosen.listed}


@content
def test_a_row_left_out_by_a_preset_would_count_people_twice() -> None:
    for preset in PRESETS:
        for left in preset.leave_out:
            kept = tuple(row for row in preset.leave_out if row != left)
            question = selection(preset).question
            assert Selection(question, preset.months, leave_out=kept).refused


@content
def test_no_global_rating_is_offered() -> None:
    assert not any(one.measure != "proportion" and is_global_rating(one.topic) for one in questions())


@content
@pytest.mark.parametrize("accept", [(), ("series and trials",), ("possible overlap",)], ids=str)
@pytest.mark.parametrize("months", [(None, None), (0, 12), (6, 24), (24, None)], ids=str)
def test_it_refuses_what_the_evidence_refuses(
    accept: tuple[Consent, ...], months: tuple[float | None, float | None]
) -> None:
    for question in questions():
        chosen = Selection(question, months, accept=accept)
        if not chosen.counted:
            assert chosen.refused
            continue
        try:
            pool(chosen.counted, measure=question.measure, accept=accept, assumed_sd=25)
            refused = False
        except PoolingRefused:
            refused = True
        assert chosen.refused is refused, caption(chosen)


def test_refusals_name_who_and_why() -> None:
    reasons = headline(severity())
    assert any("Volkmann 2014" in reason and "several rows" in reason for reason in reasons)
    assert any("Hung 2007 and Walsh 2013 probably share people" in reason for reason in reasons)
    assert headline(severity(minimum_people=31))[-1].startswith("Not pooled: 1 of the three")


def test_of_several_times_the_last_in_the_window_is_taken() -> None:
    question = questions()[index_of("percent_improvement", "dbs_gpi", "TWSTRS total")]
    for longest, expected in ((24, "jeong2009-twstrs-18-7m"), (12, "jeong2009-twstrs-12m")):
        chosen = Selection(question, (0, longest))
        assert [row.id for row in chosen.listed if row.study == "jeong2009"] == [expected]
        assert any("the last that fits" in line and "Jeong 2009" in line for line in how(chosen, None))


def test_a_reader_is_told_what_may_and_may_not_be_concluded() -> None:
    said = Text(forest("x").markup).said
    assert "A new clinic, with people like these, could expect an average between 53 and 94 %." in said
    assert "I² 0 %, tau² 0.0" in said
    assert "regression to the mean, time or expectation" in said
    assert "Global ratings" in said
    assert "A standard deviation of 25 percentage points is assumed" in said
    assert "those enrolled are counted: Kim 2012" in said


def test_rare_harms_are_said_to_be_hints_only() -> None:
    question = questions()[index_of("proportion", "dbs_all_indications", "death")]
    chosen = Selection(question)
    assert say("rare") in may_not_conclude(chosen, chosen.pooled)
    assert any("half a person" in line for line in how(chosen, chosen.pooled))


def test_a_wide_prediction_is_called_so() -> None:
    chosen = selection(AGAIN)
    assert chosen.pooled
    assert say("wide") in may_conclude(chosen, chosen.pooled)


def test_the_markup_reads_without_the_front_end() -> None:
    markup = forest("x", procedure="spd", complication="reoperation").markup
    said = Text(markup).said
    assert "6 studies, 516 people: it happened to 15.2 % of people (95 % interval 2.9 to 51.9 %)." in said
    assert "Meyer 2001" in said
    assert "19 of 30: 63.3 % (45.1 to 78.4)" in said
    assert 'href="../evidence/complications.html#meyer2001-reoperation"' in markup


def test_a_refused_opening_still_shows_its_studies() -> None:
    shown = forest("x", procedure="spd", scale="TWSTRS total")
    assert list(shown.estimate) == ["refused"]
    assert "Not pooled: 1 of the three studies" in Text(shown.markup).said
    assert 'class="pooled" hidden' in shown.markup


def test_traits_speak_the_words_of_the_evidence() -> None:
    shown = forest("x")
    rows = shown.estimate["rows"]
    expected = pool(rows, measure=shown.selection["measure"], assumed_sd=shown.selection["assumed_sd"])
    assert shown.estimate["estimate"] == expected.estimate
    assert shown.estimate["prediction_high"] == expected.prediction_high


def test_a_question_without_rows_is_refused_with_those_that_have() -> None:
    with pytest.raises(LookupError, match=r"choose from: .*TWSTRS total"):
        forest("x", procedure="spd", scale="CDQ-24")
    with pytest.raises(ValueError, match="10 to 40"):
        forest("x", assumed_sd=5)


def test_same_question_same_bytes() -> None:
    assert forest("x").markup == forest("y").markup


@content
def test_the_plot_is_light() -> None:
    """So many bytes for the frame, and so many for each row that a reader may ask for."""
    rows = sum(len(question.rows) for question in questions())
    assert len(gzip.compress(forest("x").markup.encode())) <= 3_000 + 65 * rows


def test_the_data_cannot_end_its_script() -> None:
    markup = forest("x").markup
    assert carried(markup)["opening"]["topic"] == "TWSTRS total"
    assert "<" not in markup.split('<script type="application/json" data-shared>')[1].split("</script>")[0]


def test_every_sentence_has_its_places() -> None:
    for key, sentence in WORDS.items():
        places = sorted(set(re.findall(r"\{(\d)\}", sentence)))
        assert places in ([], ["0"], ["1"], ["0", "1"], ["0", "1", "2"], ["0", "1", "2", "3"]), key


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [(74.5, 0, "75"), (-74.5, 0, "−75"), (-0.2, 0, "0"), (2.25, 1, "2.3"), (1e-17, 1, "0.0")],
)
def test_numbers_are_rounded_as_the_page_rounds_them(value: float, decimals: int, text: str) -> None:
    assert rounded(value, decimals) == text
