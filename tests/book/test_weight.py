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
