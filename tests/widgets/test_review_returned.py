"""A reviewer's file comes from a stranger: it is read, or refused with one line, whatever is in it."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from widgets.review.returned import LARGEST, read_returned
from widgets.text.held import ContentError

SOUND: dict[str, Any] = {
    "format": "course-review-1",
    "page": "harms",
    "date": "2027-01-12",
    "by": {"role": "physiotherapist", "interests": "none", "consent": "unnamed"},
    "agreed": True,
    "verdict": "sound",
    "sections": [{"section": "Numbers", "digest": "0123456789", "mark": "right", "about": [], "words": ""}],
}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


def written(folder: Path, content: bytes) -> Path:
    path = folder / "review.json"
    path.write_bytes(content)
    return path


def refusal(folder: Path, content: bytes) -> str:
    with pytest.raises(ContentError) as refused:
        read_returned(written(folder, content))
    told = str(refused.value)
    assert "\n" not in told
    assert told.isprintable()
    assert len(told) < 300
    return told


def test_a_sound_file_is_read(tmp_path: Path) -> None:
    review = read_returned(written(tmp_path, json.dumps(SOUND).encode())).review()
    assert (review.page, review.read, review.open) == ("harms", {"Numbers": "0123456789"}, ())


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"by": {"role": "physiotherapist", "interests": "none"}}, "'consent' is missing; add it"),
        ({"by": {"role": "", "interests": "none", "consent": "unnamed"}}, "the text is empty; write it"),
        ({"by": {**SOUND["by"], "name": "N. N."}}, "there is a name without consent to it"),
        ({"agreed": False}, "'agreed' is 'False'"),
        ({"page": "../../etc/passwd"}, "'page' is '../../etc/passwd'"),
        ({"format": "course-progress-1"}, "'format' is 'course-progress-1'"),
        ({"date": "yesterday"}, "'date' is 'yesterday'"),
        ({"sections": []}, "'sections' has 0 entries; write at least 1"),
        ({"sections": SOUND["sections"] * 2}, "the section 'Numbers' stands twice"),
        ({"sections": SOUND["sections"] * 500}, "'sections' has 500 entries; write at most 200"),
        ({"by": {**SOUND["by"], "role": "x" * 500}}, "the text has 500 characters; write at most 120"),
        ({"by": {**SOUND["by"], "role": "surgeon\u202egnikcah"}}, "(right-to-left override) cannot be seen"),
        ({"by": {**SOUND["by"], "role": "surgeon\u001b[31m"}}, "cannot be shown"),
        ({"by": {**SOUND["by"], "role": "a\nb"}}, "there is a line break in it"),
        ({"__proto__": {}}, "the field '__proto__' is unknown"),
        ({"sections": [{**SOUND["sections"][0], "mark": "change"}]}, "nothing says how"),
    ],
)
def test_a_file_that_lacks_something_is_refused_in_one_line(
    tmp_path: Path, change: dict[str, Any], told: str
) -> None:
    assert told in refusal(tmp_path, json.dumps({**SOUND, **change}).encode())


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"null",
        b"[]",
        b"{" * 100_000,
        b"[" * 100_000,
        b"1" * 100_000,
        b'{"format": "\\ud800"}',
        b"NaN",
        b"PK\x03\x04",
    ],
    ids=range(10),
)
def test_what_is_no_review_is_refused_in_one_line(tmp_path: Path, content: bytes) -> None:
    refusal(tmp_path, content)


def test_a_huge_file_is_not_read_to_its_end(tmp_path: Path) -> None:
    assert "holds more than 500 kB" in refusal(tmp_path, b" " * (LARGEST + 10))


def test_a_missing_file_a_folder_and_a_device_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "nothing.json", tmp_path, Path("/dev/zero")):
        with pytest.raises(ContentError, match="there is no such file"):
            read_returned(path)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(
    where=st.sampled_from([*SOUND, "section", "digest", "mark", "about", "words", "role", "name"]), value=JSON
)
def test_any_value_anywhere_is_read_or_refused(tmp_path: Path, where: str, value: object) -> None:
    file = json.loads(json.dumps(SOUND))
    place = file if where in SOUND else file["by"] if where in {"role", "name"} else file["sections"][0]
    place[where] = value
    path = written(tmp_path, json.dumps(file).encode("utf-8", "surrogatepass"))
    with suppress(ContentError):
        read_returned(path).review()
