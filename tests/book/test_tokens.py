"""Promises of the colours: one language in two themes, with contrast that can be computed.

Contrast is WCAG 2.2's: 4.5:1 for text (success criterion 1.4.3), 3:1 for lines and controls (1.4.11).
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import rcssmin

ROOT = Path(__file__).resolve().parents[2]
WIDGETS = ROOT / "widgets"
TEXT = ("ink", "muted", "accent", "right", "wrong", "unknown")
PROCEDURES = ("spd", "myectomy", "dbs-gpi", "dbs-stn", "lesion", "toxin", "none")
LINES = ("nerve", "nerve-sensory", "cut", "dura", "vessel", "control", "muscle-line", "bone-line")
BACKGROUNDS = ("page", "surface")
ON_SOFT = [("right", "right-soft"), ("wrong", "wrong-soft"), ("accent", "accent-soft")]
ON_SOFT += [("ink", soft) for _, soft in ON_SOFT]


def values(block: str) -> dict[str, str]:
    pairs = re.findall(r"--course-([\w-]+):\s*([^;]+);", block)
    names = [name for name, _ in pairs]
    assert len(set(names)) == len(names), "a token stands twice in one block"
    return dict(pairs)


CSS = (WIDGETS / "base" / "tokens.css").read_text(encoding="utf-8")
LIGHT_BLOCK, _, REST = CSS.partition("(prefers-color-scheme: dark)")
SYSTEM_BLOCK, _, CHOSEN_BLOCK = REST.partition('body[data-theme="dark"]')
THEMES = {"light": values(LIGHT_BLOCK), "dark": values(CHOSEN_BLOCK)}


def luminance(colour: str) -> float:
    """Relative luminance, as WCAG 2.2 defines it."""
    channels = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_computed_as_published() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    # The lightest grey that passes on white, widely known as such.
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


def test_the_two_copies_of_the_dark_theme_are_the_same() -> None:
    assert values(SYSTEM_BLOCK) == THEMES["dark"]
    assert SYSTEM_BLOCK.count("color-scheme: dark") == CHOSEN_BLOCK.count("color-scheme: dark") == 1


def test_every_colour_has_a_light_and_a_dark_value() -> None:
    colours = {name for name, value in THEMES["light"].items() if value.startswith("#")}
    assert colours == set(THEMES["dark"])
    for theme in THEMES.values():
        for name in colours:
            assert re.fullmatch(r"#[0-9a-f]{6}", theme[name]), name


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("background", BACKGROUNDS)
@pytest.mark.parametrize("name", [*TEXT, *PROCEDURES])
def test_text_can_be_read(theme: str, name: str, background: str) -> None:
    assert contrast(THEMES[theme][name], THEMES[theme][background]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("name", "background"), ON_SOFT)
def test_verdicts_can_be_read_on_their_own_ground(theme: str, name: str, background: str) -> None:
    assert contrast(THEMES[theme][name], THEMES[theme][background]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("background", BACKGROUNDS)
@pytest.mark.parametrize("name", LINES)
def test_lines_and_controls_can_be_seen(theme: str, name: str, background: str) -> None:
    assert contrast(THEMES[theme][name], THEMES[theme][background]) >= 3


@pytest.mark.parametrize("theme", THEMES)
def test_no_two_procedures_share_a_colour(theme: str) -> None:
    colours = [THEMES[theme][name] for name in PROCEDURES]
    assert len(set(colours)) == len(colours)


def test_every_token_that_is_named_exists() -> None:
    root = WIDGETS.parent
    files = [path for tree in ("widgets", "book", "chapters") for path in (root / tree).rglob("*")]
    named: dict[str, str] = {}
    for path in files:
        if path.suffix in {".css", ".js", ".svg", ".html", ".py", ".md"} and path.is_file():
            for token in re.findall(r"var\(\s*--course-([\w-]+)", path.read_text(encoding="utf-8")):
                named.setdefault(token, path.relative_to(root).as_posix())
    assert {token: file for token, file in named.items() if token not in THEMES["light"]} == {}


def test_a_drawing_in_a_raw_notebook_shows_the_light_colours() -> None:
    """There a drawing has no page to take the tokens from, and shows the value after the comma."""
    for path in (WIDGETS.parent / "chapters").rglob("*.svg"):
        for token, fallback in re.findall(
            r"var\(\s*--course-([\w-]+)\s*,\s*([^)]+?)\s*\)", path.read_text("utf-8")
        ):
            assert fallback == THEMES["light"][token], f"{path.name}: {token}"


def test_no_selector_loses_its_space_when_styles_are_made_light() -> None:
    """The minifier took the space before `:is()` away in a rule within a rule, and the rule chose other elements."""
    for path in (*(ROOT / "widgets").rglob("*.css"), *(ROOT / "book").rglob("*.css")):
        source = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        descendants = re.findall(r"(?<=[\w\])])\s+(:(?:is|not|where|has)\()", source)
        kept = re.findall(r"(?<=[\w\])]) (:(?:is|not|where|has)\()", rcssmin.cssmin(source))
        assert len(kept) == len(descendants), path.relative_to(ROOT)
