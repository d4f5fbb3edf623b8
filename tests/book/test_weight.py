"""What a page loads holds the rules it is drawn with, and no others."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "book" / "_ext"))
weight = importlib.import_module("publishing.output.weight")


def test_a_rule_stays_while_its_every_name_is_used() -> None:
    sheet = "p{color:red}p.kept{color:blue}p.gone{color:green}.kept.gone{margin:0}"
    assert weight.used_rules(sheet, {"<p", "kept"}) == "p{color:red}p.kept{color:blue}"


def test_a_kind_of_box_stays_when_a_page_has_such_a_box() -> None:
    # "danger" and "note" are words of scripts too; that kept every kind of the theme's boxes in every page's styles.
    sheet = ".admonition{margin:0}.admonition.note>p{color:red}.admonition.danger>p{color:blue}"
    words = {"<p", "admonition", "note", "danger", ".admonition.note"}
    assert weight.used_rules(sheet, words) == ".admonition{margin:0}.admonition.note>p{color:red}"


def test_a_page_spares_its_spaces_and_keeps_words_and_scripts() -> None:
    page = '<!doctype html>\n<html lang="en">\n<body>\n<!-- made -->\n<p>A <em>turn</em>\n  left</p>\n<script>a = 1;  b = 2</script>\n</body></html>'
    light = weight.light_page(page)
    assert "<p>A <em>turn</em>\nleft</p>" in light
    # A script that is made light is signed as it stands: made light once more it must be the same.
    signed = weight.light_script("const a = 1; addEventListener('x', () => a);")
    assert f"<script>{signed}</script>" in weight.light_page(
        f"<html><body><script>{signed}</script></body></html>"
    )
    assert "made" not in light
    assert weight.light_page(light) == light
