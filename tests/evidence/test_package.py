"""Promises of the data package: it is sound, it says what it is, and a study is added in a few lines."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from evidence import (
    EvidenceError,
    check_number,
    complications,
    conflicts,
    gaps,
    outcomes,
    references,
    row,
    scale_findings,
    scale_items,
    scales,
    studies,
    validate,
)
from evidence.package import write_references
from evidence.package.conformity import frictionless_faults
from evidence.package.growth import MODELS
from evidence.source import DATA
from tests.sample import SAMPLE


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the sample that a test may spoil."""
    return Path(shutil.copytree(SAMPLE, tmp_path / "data"))


@pytest.fixture(scope="module")
def descriptor() -> dict[str, Any]:
    described: dict[str, Any] = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
    return described


def add(path: Path, text: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def told(folder: Path) -> list[str]:
    return [str(fault) for fault in validate(folder)]


@pytest.mark.content
def test_the_package_is_sound() -> None:
    assert [str(fault) for fault in validate()] == []


def test_the_sample_is_sound_and_has_the_schemas_of_the_evidence(descriptor: dict[str, Any]) -> None:
    """When a column or a vocabulary changes, copy the resources into the sample and mend its rows."""
    own = json.loads((SAMPLE / "datapackage.json").read_text(encoding="utf-8"))
    assert own["resources"] == descriptor["resources"]
    assert told(SAMPLE) == []


@pytest.mark.content
def test_frictionless_finds_the_package_valid() -> None:
    frictionless = Path(sys.executable).with_name("frictionless")
    done = subprocess.run(
        [frictionless, "validate", "datapackage.json"], cwd=DATA, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_frictionless_faults_name_file_and_line(folder: Path) -> None:
    path = folder / "complications.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("baizabal2012,dbs_all", "nobody1999,dbs_all", 1))
    (fault,) = frictionless_faults(folder)
    assert str(fault).startswith("data/complications.csv:2: ")
    assert "nobody1999" in str(fault)


def test_the_command_says_so_and_writes_nothing_unasked(folder: Path) -> None:
    before = {path: path.read_bytes() for path in folder.iterdir()}
    command = [sys.executable, "-m", "evidence.package", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "data: a sound data package\n", "")
    add(folder / "gaps.csv", "nothing-known,topic,,So be it.,ours,\n")
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "data/gaps.csv:5: missing is empty and must not be\n"
    assert {path for path, content in before.items() if path.read_bytes() != content} == {folder / "gaps.csv"}


def test_licence_version_and_date_are_stated(descriptor: dict[str, Any]) -> None:
    assert [licence["name"] for licence in descriptor["licenses"]] == ["CC-BY-4.0"]
    assert descriptor["name"]
    assert descriptor["version"]
    assert descriptor["created"].startswith("20")


def test_every_figure_says_its_unit(descriptor: dict[str, Any]) -> None:
    fields = [
        (resource["name"], field)
        for resource in descriptor["resources"]
        for field in resource.get("schema", {}).get("fields", [])
    ]
    mute = [
        (name, field["name"])
        for name, field in fields
        if field["type"] in {"number", "integer"} and not field.get("description")
    ]
    assert mute == []


def test_models_and_schemas_have_the_same_columns(descriptor: dict[str, Any]) -> None:
    schemas = {resource["path"]: resource.get("schema") for resource in descriptor["resources"]}
    for name, model in MODELS.items():
        assert {field["name"] for field in schemas[name]["fields"]} == set(model.model_fields), name


@pytest.mark.parametrize("table", ["outcomes", "complications"])
def test_every_study_and_procedure_is_a_foreign_key(descriptor: dict[str, Any], table: str) -> None:
    schema = next(resource["schema"] for resource in descriptor["resources"] if resource["name"] == table)
    keys = {key["fields"]: key["reference"]["resource"] for key in schema["foreignKeys"]}
    assert keys["study"] == "studies"
    assert keys["procedure"] == "procedures"


def test_importing_the_evidence_is_light() -> None:
    heavy = "{'pandas', 'numpy', 'scipy', 'statsmodels', 'frictionless', 'pybtex'}"
    command = f"import sys, evidence; print(*{heavy} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", command], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


@pytest.mark.usefixtures("sample")
def test_studies_say_how_they_were_done() -> None:
    trial = studies()["volkmann2014"]
    assert (trial.design, trial.control, trial.blinded_rating, trial.people) == (
        "randomised-sham-controlled",
        "sham",
        "yes",
        62,
    )


@pytest.mark.content
def test_every_study_has_a_figure_and_every_figure_a_study() -> None:
    figures = {entry.study for entry in outcomes()} | {entry.study for entry in complications()}
    assert figures == set(studies())


@pytest.mark.usefixtures("sample")
def test_studies_that_share_people_share_a_cohort() -> None:
    known = studies()
    assert known["kiss2004"].cohort == known["kiss2007"].cohort
    assert known["kiss2007"].cohort != known["volkmann2014"].cohort


@pytest.mark.usefixtures("sample")
def test_second_hand_figures_are_flagged() -> None:
    assert row("braun2002-bleeding").second_hand  # type: ignore[attr-defined]
    assert not row("girard2003-venous-air-embolism").second_hand  # type: ignore[attr-defined]


@pytest.mark.content
def test_a_figure_quoted_from_elsewhere_is_flagged_unless_it_is_the_quoters_own() -> None:
    quoted = [entry for entry in complications() if entry.note.startswith("Secondary source")]
    own = [entry for entry in quoted if not entry.second_hand]
    assert [entry.id for entry in own if "own series" not in entry.note.lower()] == []


@pytest.mark.usefixtures("sample")
def test_scales_are_rows_that_a_number_can_be_bound_to() -> None:
    check_number("85", "twstrs")
    check_number("0.98", "cdip58-reliability-cronbach-s-alpha")
    with pytest.raises(EvidenceError):
        check_number("87 points", "twstrs-severity")


@pytest.mark.content
def test_items_and_findings_are_of_known_scales() -> None:
    known = {scale.id for scale in scales()}
    assert {item.scale for item in scale_items()} <= known
    assert {finding.scale for finding in scale_findings()} <= known


@pytest.mark.content
@pytest.mark.parametrize(("part", "maximum"), [("severity", 35), ("disability", 30)])
def test_items_of_the_twstrs_add_up_to_its_parts(part: str, maximum: int) -> None:
    items = [item for item in scale_items() if item.scale == "twstrs" and item.part == part]
    (whole,) = (item for item in items if not item.item)
    points = [item.maximum * item.weight for item in items if item.maximum is not None and item.weight]
    assert sum(points) == whole.maximum == Decimal(maximum)


@pytest.mark.content
def test_conflicts_and_gaps_say_what_the_course_makes_of_them() -> None:
    assert [entry.id for entry in conflicts() if not entry.handling or not entry.sides] == []
    assert [entry.id for entry in gaps() if not entry.missing or not entry.consequence] == []


@pytest.mark.usefixtures("sample")
def test_a_conflict_names_the_rows_that_disagree() -> None:
    pain = next(entry for entry in conflicts() if entry.id == "ravindran-pain")
    assert pain.rows == ("ravindran2019-pain",)


@pytest.mark.content
def test_only_misprints_are_excused_from_arithmetic() -> None:
    excused = [entry for entry in conflicts() if entry.excuses]
    assert {entry.kind for entry in excused} <= {"misprint"}


@pytest.mark.content
def test_readers_are_sent_to_the_record_and_not_to_a_mirror() -> None:
    for entry in references().values():
        if entry.doi:
            assert entry.link == f"https://doi.org/{entry.doi}"
        elif entry.pmid:
            assert entry.link == f"https://pubmed.ncbi.nlm.nih.gov/{entry.pmid}/"


@pytest.mark.parametrize(
    ("field", "fault"),
    [
        ("doi = {10.1016/s1474-4422(14)70143-7}", "twin has the DOI of volkmann2014"),
        ("pmid = {20482602}", "twin has the PubMed number of albanese2011"),
        ("url = {http://www.dystonia.org.uk/denervation/}", "twin has the address of dystoniauk"),
        (
            "title = {{Selective peripheral denervation for the treatment of spasmodic torticollis!}}",
            "twin has the title of braun1994",
        ),
    ],
)
def test_one_source_is_one_entry(folder: Path, field: str, fault: str) -> None:
    # Two lists of sources had been joined, and nine sources stood in the bibliography under two keys.
    add(folder / "references.bib", f"\n@misc{{twin,\n  {field},\n}}\n")
    write_references(folder)
    (line,) = told(folder)
    assert line.startswith("data/references.bib:")
    assert line.endswith(f": {fault}: one source, one entry; if they are two, say why in lookalikes.csv")


def test_the_table_of_references_keeps_step_with_the_bibliography(folder: Path) -> None:
    bibliography = folder / "references.bib"
    sound = bibliography.read_text(encoding="utf-8")
    bibliography.write_text(sound.replace("year = {2014}", "year = {2015}", 1), encoding="utf-8")
    (line,) = told(folder)
    assert "python -m evidence.package --write" in line
    write_references(folder)
    assert told(folder) == []


def test_a_study_is_a_row_in_each_table_and_an_entry(folder: Path) -> None:
    entry = "@article{muster2030,\n  author = {Muster, Eva},\n  title = {{A new series}},\n"
    entry += "  journal = {Journal},\n  year = {2030},\n  doi = {10.1000/muster},\n}\n"
    add(folder / "references.bib", "\n" + entry)
    write_references(folder)
    add(
        folder / "studies.csv", "muster2030,case-series,no,no,none,Chile,20,2020-2028,muster2030,abstract,,\n"
    )
    add(
        folder / "complications.csv",
        "muster2030-dysphagia,muster2030,spd,dysphagia,trouble swallowing,3,20,15,patients,,,,abstract,no,"
        "https://doi.org/10.1000/muster,,\n",
    )
    assert told(folder) == []


@pytest.mark.parametrize(
    ("table", "line", "told_of_it"),
    [
        ("gaps.csv", "gap,topic,Much.,Beware.,field,\n", "needs a source that says so in said_by"),
        ("gaps.csv", "gap,topic,Much.,Beware.,ours,bertrand1993\n", "a gap of ours has none"),
        ("gaps.csv", "gap,topic,Much.,Beware.,field,nobody1900\n", "said_by names 'nobody1900'"),
        (
            "reading_queue.csv",
            "one,bertrand1993,,,,,,,,to-read,,,,,,rows,2026-11-26,\n",
            "to-read needs part and why",
        ),
        (
            "reading_queue.csv",
            "one,,,A text,,,,,,left-out,,,,,,search,2026-11-26,\n",
            "left-out needs reason",
        ),
        (
            "reading_queue.csv",
            "one,,,A text,,,,,,to-screen,,,,,no-figure,search,2026-11-26,\n",
            "has a reason for leaving it out, and is to-screen",
        ),
        (
            "reading_queue.csv",
            "one,,,,,,,,,to-screen,,,,,,search,2026-11-26,\n",
            "names neither a source of the bibliography nor a title",
        ),
        (
            "reading_queue.csv",
            "one,bertrand1993,,A text,,,,,,to-screen,,,,,,search,2026-11-26,\n",
            "stands in references.bib: empty title",
        ),
    ],
)
def test_a_gap_and_an_entry_of_the_queue_say_what_they_owe(
    folder: Path, table: str, line: str, told_of_it: str
) -> None:
    add(folder / table, line)
    (fault,) = told(folder)
    assert f"data/{table}:" in fault
    assert told_of_it in fault
