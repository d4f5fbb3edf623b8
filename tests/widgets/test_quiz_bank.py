"""Promises of the bank's reader: a mistake is one line that says where it is and what would be right."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from widgets.quiz import load, quiz
from widgets.quiz.bank import QuestionBankError, parse, read

SAMPLE = Path(__file__).parent / "sample.questions.yml"
LINE = re.compile(r"bank\.yml:\d+: \S.*")


def mistakes(content: bytes | str) -> list[str]:
    with pytest.raises(QuestionBankError) as refusal:
        parse(content.encode() if isinstance(content, str) else content, "bank.yml")
    lines = str(refusal.value).split("\n")
    assert all(LINE.fullmatch(line) for line in lines), lines
    return lines


def reported(content: bytes) -> list[str]:
    try:
        parse(content, "bank.yml")
    except QuestionBankError as error:
        return str(error).split("\n")
    return []


def changed(old: str, new: str, count: int = 1) -> str:
    sample = SAMPLE.read_text("utf-8")
    assert old in sample
    return sample.replace(old, new, count)


def line_of(text: str, content: str) -> int:
    return content[: content.index(text)].count("\n") + 1


def test_the_sample_holds_all_seven_types() -> None:
    assert len({question.type for question in read(SAMPLE).questions}) == 7


@pytest.mark.parametrize(
    ("old", "new", "at", "expected"),
    [
        ("level: apply", "level: hard", "level: hard", "'level' is 'hard'; use 'recall'"),
        ("hints:", "hnits:", "hnits", "the field 'hnits' is unknown; did you mean 'hints'?"),
        (
            "type: numeric",
            "type: number",
            "type: number",
            "the type 'number' is unknown; use one of single-best",
        ),
        ("text: Pallidotomy", "text: 26", "text: 26", "'text' of options 5 is a number; write text"),
        ("text: Pallidotomy", "text: 2024-05-01", "text: 2024", "'text' of options 5 is a date; write text"),
        (
            "correct: true",
            "correct: ja",
            "correct: ja",
            "'correct' of options 2 is 'ja'; write true or false",
        ),
        (
            "answer: taira",
            "answer: tara",
            "id: sample-operations",
            "the answer 'tara' is no option; use one of bertr",
        ),
        (
            "sources: [bertrand1993]",
            "sources: [bertrand1992]",
            "[bertrand1992]",
            "did you mean 'bertrand1993'?",
        ),
        (
            "`228 of 260 <",
            "`229 of 260 <",
            'reason: "{est}`229',
            "'229 of 260' is not what bertrand1993-global",
        ),
        ("`228 of 260 <", "`228 of 260", 'reason: "{est}`228', "names no row; write {est}`number <row-id>`"),
        ("It pierces", "It {pierces}`x`", "It {pierces}", "unknown role {pierces}"),
        (
            "id: sample-steps",
            "id: sample-operations",
            "id: sample-operations\n    type: ord",
            "the id stands on line",
        ),
        (
            "id: sample-steps",
            "id: Sample Steps",
            "id: Sample Steps",
            "use small letters, digits and single hyphens",
        ),
        ("answer: 228", "answer: 1e999", "answer: 1e999", "write a number"),
        ("tolerance: 5", "tolerance: -5", "tolerance: -5", "greater than or equal to 0"),
        (
            "text: Pallidotomy",
            'text: "half \\ud800"',
            'text: "half',
            "'text' of options 5 holds half a character",
        ),
        ("title: Sample", "titel: Sample", "titel", "did you mean 'title'?"),
    ],
)
def test_a_mistake_names_its_line_and_what_would_be_right(old: str, new: str, at: str, expected: str) -> None:
    content = changed(old, new)
    found = mistakes(content)
    assert len(found) == 1
    assert expected in found[0]
    assert found[0].startswith(f"bank.yml:{line_of(at, content)}: ")


def test_a_misspelt_required_field_is_both_unknown_and_missing() -> None:
    missing, unknown = mistakes(changed("level: apply", "levle: apply"))
    assert missing.endswith("'level' is missing; add it")
    assert unknown.endswith("the field 'levle' is unknown; did you mean 'level'?")


def test_a_mistake_names_its_question() -> None:
    assert "question 'sample-steps': 'level'" in mistakes(changed("level: recall", "level: hard"))[0]


def test_every_mistake_has_a_line_of_its_own_in_the_order_of_the_file() -> None:
    content = changed("level: apply", "level: hard").replace("audience: patient", "audience: family")
    lines = [int(line.split(":")[1]) for line in mistakes(content)]
    assert len(lines) == 2
    assert lines == sorted(lines)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "the file holds nothing; begin with `questions:`"),
        (b"\xef\xbb\xbf", "the file holds nothing"),
        (b"- a\n- b\n", "the file holds a list"),
        (b"just words", "the file holds a text"),
        (b"questions:\n", "`questions:` holds nothing"),
        (b"questions: []\n", "holds an empty list"),
        (b"questions: 5\n", "holds a number"),
        (b"title: x\n", "`questions:` is missing"),
        (b"questions:\n  - 5\n", "number 1"),
        (b"questions:\n  -\n", "number 1"),
        (b"questions:\n  - id: x\n", "'type' is missing"),
        (b"a: 1\nb: \xff\xfe\n", ":2: the file is not UTF-8"),
        (b"a: 1\nb: \x00\n", ":2: a character that YAML does not allow"),
        (b"a: 1\na: 2\n", ":2: not YAML: a field is written twice"),
        (b"a: [1\nb: 2\n", "not YAML"),
        (b"a: &x [*x]\nb: *x\n", "a YAML alias"),
        (b"a: &a [1]\nb: [*a, *a]\n", "a YAML alias"),
        (b"a: &a {b: 1}\nc:\n  <<: *a\n", "a YAML alias"),
        (b"1: 2\n", "the field name '1' is not text"),
        (b"? [a, b]\n: 2\n", "is not text"),
        (b"a: !!python/object:os.system x\n", "a YAML tag"),
        (b"a: !!set {x, y}\n", "a YAML tag"),
        (b"a: 2024-99-99\n", "not YAML"),
        (b"a: " + b"9" * 5000, "not YAML"),
        (b"[" * 5000, "too deep"),
        (b"---\na: 1\n---\nb: 2\n", "not YAML"),
        (b"%YAML 9.9\n---\na\n", ""),
        (b"a: !!float x\n", ""),
        (b"a: !!timestamp x\n", ""),
        (b"a: !!binary x\n", ""),
    ],
    ids=lambda value: repr(value[:30]) if isinstance(value, bytes) else "",
)
def test_a_broken_file_is_a_line_not_a_traceback(content: bytes, expected: str) -> None:
    assert expected in mistakes(content)[0]


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=200))
def test_no_bytes_cause_a_traceback(content: bytes) -> None:
    assert all(LINE.fullmatch(line) for line in reported(content))


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_damage_to_a_good_bank_causes_a_traceback(data: st.DataObject) -> None:
    content = SAMPLE.read_bytes()
    start = data.draw(st.integers(0, len(content)))
    length = data.draw(st.integers(0, 40))
    put = data.draw(
        st.binary(max_size=12)
        | st.sampled_from([b"&a ", b"*a", b"- ", b": ", b"\n", b"[", b"!!int ", b"|\n"])
    )
    assert all(LINE.fullmatch(line) for line in reported(content[:start] + put + content[start + length :]))


@pytest.mark.parametrize("name", ["../secrets", "/etc/passwd", "a.questions.yml", "", "a//b"])
def test_a_name_cannot_leave_the_chapters(name: str) -> None:
    with pytest.raises(QuestionBankError, match="no chapter is called"):
        load(name)


def test_a_missing_bank_is_told_in_one_line() -> None:
    with pytest.raises(
        QuestionBankError, match=r"^there is no chapters/no/such\.questions\.yml; use a known name"
    ):
        quiz("no/such")
