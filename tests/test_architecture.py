"""ARCHITECTURE.md names the rooms that there are, and only those."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.content

ROOT = Path(__file__).resolve().parents[1]
TEXT = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
(PICTURE,) = re.findall(r"^```text\n(.*?)^```$", TEXT, flags=re.MULTILINE | re.DOTALL)
FLOORS = ("evidence", "widgets", "chapters", "book", "tests")


def rooms(floor: str) -> set[str]:
    """The folders of a floor that hold something of ours."""
    return {
        one.name
        for one in (ROOT / floor).iterdir()
        if one.is_dir() and not one.name.startswith((".", "__")) and any(one.glob("[!_.]*"))
    }


def drawn(floor: str) -> str:
    """What the picture says of a floor: from its name to the next."""
    after = re.split(rf"(?:^| ){floor}/", PICTURE, maxsplit=1, flags=re.MULTILINE)[1]
    others = "|".join(one for one in FLOORS if one != floor)
    return re.split(rf"\n [A-Z][A-Z ]+ +(?:{others})/|\n tests/", after)[0]


@pytest.mark.parametrize("floor", FLOORS)
def test_every_room_of_a_floor_is_in_the_picture(floor: str) -> None:
    text = PICTURE[PICTURE.index(" tests/") :] if floor == "tests" else drawn(floor)
    assert {room for room in rooms(floor) if f"{room}/" not in text} == set()


@pytest.mark.parametrize("floor", FLOORS[:-1])
def test_every_room_in_the_picture_exists(floor: str) -> None:
    named = re.findall(r"([a-z_]+)/", " ".join(re.findall(r"[├└]─ (.*)", drawn(floor))))
    assert named
    inside = {path.name for path in (ROOT / floor).rglob("*") if path.is_dir()}
    assert [room for room in named if room not in inside] == []


def test_every_file_that_is_named_exists() -> None:
    named = re.findall(r"`((?:[\w-]+/)*[\w-]+\.(?:py|js|csv|yml|md))`", TEXT)
    assert len(named) > 15
    assert [
        file for file in named if not list(ROOT.glob(f"[!._]*/**/{file}")) and not (ROOT / file).exists()
    ] == []


def test_the_order_of_the_build_is_the_extensions_own() -> None:
    said = {
        int(number)
        for number in re.findall(r"\b(\d00|\d\d0)\b", " ".join(re.findall(r"^\|.*\((.*?)\)", TEXT, re.M)))
    }
    used = {
        int(number)
        for path in (ROOT / "book" / "_ext").rglob("*.py")
        for number in re.findall(r"priority=(\d+)", path.read_text(encoding="utf-8"))
    }
    assert len(said) > 5
    assert said <= used


def test_it_fits_on_two_pages() -> None:
    assert len(TEXT.split()) <= 1_300
