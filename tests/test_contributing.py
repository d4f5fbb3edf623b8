"""What CONTRIBUTING asks for is all that is needed: on a copy of the tree, each kind of thing is added and all is green.

A correct new study once broke eight tests that had pinned the evidence of their day.
"""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from book.content.page import pages
from book.content.sessions import MINUTES, SLIDES

pytestmark = pytest.mark.everywhere

ROOT = Path(__file__).resolve().parents[1]
NEIGHBOUR = "procedures/selective-peripheral-denervation"
NEW = "procedures/one-more-operation"
#: A front page that leads nowhere.
INDEX = "tests/book/books/sound/index.md"
SESSION = next(
    page.name
    for page in pages()
    if page.is_session
    and len(slides := list(page.blocks("slide"))) < SLIDES[1]
    and sum(float(re.findall(r":minutes: ([\d.]+)", text)[0]) for _, text in slides) + 1 <= MINUTES[1]
)
CASE = "chapters/evaluation/cases/stimulator-stops.case.yml"
REFERENCE = """
@article{mori2031,
  author = {Mori, Aiko},
  title = {{A series for the test of contributing}},
  journal = {Journal of Tests},
  year = {2031},
  doi = {10.1000/mori},
}
"""
STUDY = {
    "key": "mori2031",
    "design": "case-series",
    "prospective": "no",
    "blinded_rating": "no",
    "control": "none",
    "country": "Japan",
    "people": "12",
    "cohort": "mori2031",
    "read_in": "abstract",
}
READ = {
    "study": "mori2031",
    "locator": "abstract",
    "second_hand": "no",
    "read_at": "https://doi.org/10.1000/mori",
}
OUTCOME = {
    **READ,
    "procedure": "spd",
    "design": "case series",
    "country": "Japan",
    "n_enrolled": "12",
    "n_followed": "12",
    "followup_months": "12",
}
ROWS = {
    "outcomes.csv": (
        {
            **OUTCOME,
            "id": "mori2031-tsui-12m",
            "scale": "Tsui",
            "measure": "mean score",
            "baseline_mean": "10.5",
            "baseline_sd": "2.0",
            "followup_mean": "4.1",
            "followup_sd": "1.8",
        },
        {
            **OUTCOME,
            "id": "mori2031-judged",
            "scale": "clinical judgement",
            "measure": "share improved",
            "responders_n": "9",
            "responders_of": "12",
            "responder_definition": "improved, as the surgeon judged",
            "gain": "overall",
        },
    ),
    "complications.csv": (
        {
            **READ,
            "id": "mori2031-dysphagia",
            "procedure": "spd",
            "complication": "dysphagia",
            "term_as_reported": "trouble swallowing",
            "events_n": "2",
            "at_risk_n": "12",
            "denominator_kind": "patients",
        },
    ),
}
SLIDE = """::::{slide} One more thing
:minutes: 1

Ask what matters to you.

:::{notes}
**Say.** Every question is welcome.

**If asked** why: it changes what fits.

**Check.** Has everybody spoken?
:::
::::

"""
STEP = """    next: things
  - id: things
    stage: ask
    title: What he brings along
    prompt: What do you ask his brother to bring?
    choose: one
    choices:
      - id: card
        text: The card of the stimulator and his programmer
        answer: Both lie in one drawer.
        worth: sound
        reason: The card names the device and its centre, and the programmer tells whether current flows.
        sources: [ipg2016]
        next: where
      - id: score
        text: The letters of his first operation, with all scores
        answer: They lie at the centre.
        worth: idle
        reason: Old scores are needed later. They do not change the next hour.
        sources: [centen2025]
        next: where
      - id: nothing
        text: Nothing, since the centre has all of his papers
        answer: His brother comes with empty hands.
        worth: idle
        reason: The centre sleeps on a Sunday. The card is quicker.
        sources: [levin2014]
        next: where
  - id: where
"""


@dataclass(frozen=True)
class House:
    """A copy of the tree."""

    root: Path

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run a command of the environment in the copy, with the copy's own packages."""
        clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
        return subprocess.run(
            [sys.executable, "-P", *command],
            cwd=self.root,
            env={**clean, "PYTHONPATH": str(self.root)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )

    def read(self, file: str) -> str:
        return (self.root / file).read_text(encoding="utf-8")

    def write(self, file: str, text: str) -> None:
        (self.root / file).write_text(text, encoding="utf-8")

    def put(self, file: str, old: str, new: str) -> None:
        """Write something in the place of something that stands there."""
        assert old in self.read(file), f"{file} does not hold {old!r}"
        self.write(file, self.read(file).replace(old, new, 1))

    def add_row(self, table: str, cells: dict[str, str]) -> None:
        """Add a row, its cells by column; the others stay empty."""
        path = f"evidence/data/{table}"
        columns = next(csv.reader(io.StringIO(self.read(path))))
        line = io.StringIO(newline="")
        csv.DictWriter(line, columns, restval="", lineterminator="\n").writerow(cells)
        self.write(path, self.read(path) + line.getvalue())


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    """The tree with a study, a chapter with a question of each type, a slide and a case step more."""
    root = tmp_path_factory.mktemp("contributor") / "house"
    unwanted = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints", "node_modules")
    for tree in ("evidence", "widgets", "chapters", "book", "tests"):
        shutil.copytree(ROOT / tree, root / tree, ignore=unwanted)
    for path in (*ROOT.glob("*.md"), *(ROOT / name for name in ("requirements.txt", "pyproject.toml"))):
        shutil.copy(path, root)
    house = House(root)
    house.write("evidence/data/references.bib", house.read("evidence/data/references.bib") + REFERENCE)
    house.add_row("studies.csv", STUDY)
    for table, rows in ROWS.items():
        for cells in rows:
            house.add_row(table, cells)
    add_the_chapter(house)
    house.put(f"chapters/{SESSION}.md", "::::{slide}", f"{SLIDE}::::{{slide}}")
    house.put(CASE, "    next: where\n  - id: where\n", STEP)
    written = house.run("-m", "evidence.package", "--write")
    assert written.returncode == 0, written.stdout
    return house


def add_the_chapter(house: House) -> None:
    """A chapter with questions of all types, from the skeleton, and a bound number of the new study in it."""
    made = house.run("-m", "book.new", "chapter", NEW)
    assert made.returncode == 0, made.stdout
    bound = "It was judged better in {est}`9 of 12 <mori2031-judged>` people {footcite}`mori2031`.\n\n"
    house.put(f"chapters/{NEW}.md", "## The studies\n\n", f"## The studies\n\n{bound}")
    house.put("book/_toc.yml", f"- file: {NEIGHBOUR}\n", f"- file: {NEIGHBOUR}\n      - file: {NEW}\n")


@pytest.mark.parametrize(
    "module", ["evidence.package", "widgets.quiz.linter", "widgets.conference.linter", "book.content"]
)
def test_the_quick_checks_pass(house: House, module: str) -> None:
    done = house.run("-m", module)
    assert done.returncode == 0, done.stdout


def test_the_tests_of_evidence_widgets_and_text_pass(house: House) -> None:
    """What is promised of the content; tests on the sample cannot see it, and a built book comes below."""
    done = house.run(
        *(
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            "-m",
            "not browser",
            "tests/evidence",
            "tests/widgets",
        ),
        *(
            f"tests/chapters/test_{one}.py"
            for one in ("content", "cases", "bound_numbers", "words_and_numbers")
        ),
        *("--deselect", "tests/evidence/test_pool_arithmetic.py"),
    )
    assert done.returncode == 0, done.stdout[-4000:]


def test_the_new_chapter_is_built(house: House) -> None:
    """With a contents page alone beside it: the others are those of every build."""
    chapters = house.root / "chapters"
    for path in [*chapters.rglob("*.md"), *chapters.rglob("*.yml")]:
        if NEW not in path.as_posix() and path.name != "reviews.yml":
            path.unlink()
    house.write(
        "chapters/index.md", re.sub(r"\n# .*", "\n# One chapter\n", house.read(INDEX), flags=re.DOTALL)
    )
    house.write("book/_toc.yml", f"format: jb-book\nroot: index\nchapters:\n- file: {NEW}\n")
    done = house.run("book/build.py")
    assert done.returncode == 0, done.stdout[-4000:]
    page = house.read(f"_build/html/{NEW}.html")
    assert "9 of 12" in page
