"""No clinical number stands in a chapter without its row; rule Q22 of the linter says the same of question banks."""

from __future__ import annotations

from pathlib import Path

import pytest

from widgets.text.bare_numbers import bare_numbers

CHAPTERS = Path(__file__).parents[2] / "chapters"


@pytest.mark.content
@pytest.mark.parametrize(
    "path", sorted([*CHAPTERS.rglob("*.md"), *CHAPTERS.rglob("*.decisions.yml")]), ids=lambda path: path.name
)
def test_every_clinical_number_names_its_row(path: Path) -> None:
    bare = [
        f"{path.relative_to(CHAPTERS.parent)}:{line}: {text}"
        for line, text in bare_numbers(path.read_text(encoding="utf-8"), in_bank=path.suffix == ".yml")
    ]
    assert not bare, "bare numbers (bind them with {est}, or say why not with {unbound}):\n" + "\n".join(bare)
