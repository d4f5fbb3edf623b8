"""An export of a search is taken in: what is known is recognised, what is new joins the queue once, clean and sorted."""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from evidence import EvidenceError, Reference, reading_queue, references, validate
from evidence.model import QueueEntry
from evidence.reading import flow, read_export, sort
from evidence.reading.__main__ import main, take_in
from evidence.source import DATA, reading
from evidence.tables import read_table

TODAY = datetime.date(2031, 5, 1)


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A copy of the evidence whose queue a test may fill."""
    with reading(Path(shutil.copytree(DATA, tmp_path / "data"))):
        yield tmp_path / "data"


def medline(title: str, *, author: str = "", year: str = "", doi: str = "", pmid: str = "") -> str:
    """A record as PubMed saves it, its long title on two lines."""
    half = len(title) // 2 + title[len(title) // 2 :].find(" ")
    lines = [
        f"PMID- {pmid or '90000000'}",
        "OWN - NLM",
        f"TI  - {title[:half]}",
        f"      {title[half:].strip()}.",
    ]
    lines += [f"LID - {doi} [doi]"] * bool(doi) + [f"FAU - {author}, A", f"AU  - {author} A"] * bool(author)
    return "\n".join([*lines, f"DP  - {year or 2031} May", "JT  - Journal of Examples", ""])


def ris(title: str, *, author: str = "", year: str = "", doi: str = "", pmid: str = "") -> str:
    """A record as reference managers save it, its DOI as an address."""
    lines = ["TY  - JOUR", f"TI  - {title}"] + [f"AU  - {author}, A."] * bool(author)
    lines += [f"DO  - https://doi.org/{doi.upper()}"] * bool(doi) + [f"AN  - {pmid}"] * bool(pmid)
    return "\n".join([*lines, f"PY  - {year or 2031}", "T2  - Journal of Examples", "ER  - ", ""])


def telling() -> list[Reference]:
    """The sources that an export can be recognised as."""
    return [
        source
        for source in references().values()
        if source.doi or source.pmid or (len(source.title.split()) > 6 and not source.title.startswith("["))
    ]


@pytest.mark.parametrize("make", [medline, ris])
def test_of_two_hundred_records_the_known_are_recognised_and_the_new_join_the_queue(
    folder: Path, make: Callable[..., str]
) -> None:
    known = telling()[:150]
    assert len(known) == 150
    records = [
        make(source.title, author="Known", doi=source.doi, pmid="" if source.doi else source.pmid)
        for source in known
    ]
    records += [
        make(
            f"Denervation and stimulation in example number {number}", author="Mori", pmid=f"9100{number:04}"
        )
        for number in range(50)
    ]
    file = folder / "export.txt"
    file.write_text("\n".join(records), encoding="utf-8")
    before = reading_queue()
    told = take_in(file, "a search", TODAY)
    assert told.startswith("export.txt: 200 records; 150 known (")
    assert " by DOI" in told
    assert " by PubMed number" in told
    assert told.count("\n  new: ") == 50
    after = read_table(folder / "reading_queue.csv", QueueEntry)
    assert after[: len(before)] == before
    assert len(after) == len(before) + 50
    assert (after[-1].id, after[-1].authors, after[-1].state) == ("mori-2031-50", "Mori", "to-screen")
    assert [str(fault) for fault in validate(folder, bibliography=False)] == []


def test_what_was_taken_in_is_known_the_next_time(folder: Path) -> None:
    file = folder / "export.nbib"
    file.write_text(medline("A series that nobody has seen before", pmid="91000001"), encoding="utf-8")
    assert "0 known, 1 new" in take_in(file, "a search", TODAY)
    copy = shutil.copytree(folder, folder.parent / "next")
    with reading(copy):
        assert "1 known (1 by PubMed number), 0 new" in take_in(file, "a search", TODAY)


def test_a_record_that_stands_twice_in_an_export_is_added_once(folder: Path) -> None:
    file = folder / "export.ris"
    one = ris("A series that nobody has seen before", doi="10.5555/one")
    file.write_text(one + one, encoding="utf-8")
    assert "1 known (1 by DOI), 1 new" in take_in(file, "a search", TODAY)


def test_a_reply_with_the_title_of_its_paper_is_another_text(folder: Path) -> None:
    paper = next(source for source in telling() if source.doi and len(source.title.split()) > 6)
    file = folder / "export.ris"
    file.write_text(ris(paper.title, doi="10.5555/reply"), encoding="utf-8")
    assert "0 known, 1 new" in take_in(file, "a search", TODAY)


def test_a_title_alone_is_told_so_that_somebody_looks(folder: Path) -> None:
    paper = next(source for source in telling() if len(source.title.split()) > 6)
    file = folder / "export.ris"
    file.write_text(ris(paper.title.upper()), encoding="utf-8")
    assert f"known by its title alone: {paper.title.upper()} = {paper.key}" in take_in(
        file, "a search", TODAY
    )


def test_nothing_is_written_when_only_telling_is_asked(folder: Path) -> None:
    before = (folder / "reading_queue.csv").read_bytes()
    file = folder / "export.ris"
    file.write_text(ris("A series that nobody has seen before"), encoding="utf-8")
    assert "1 new" in take_in(file, "a search", TODAY, only_tell=True)
    assert (folder / "reading_queue.csv").read_bytes() == before


def test_a_hostile_title_cannot_become_a_formula_or_break_the_table(folder: Path) -> None:
    file = folder / "export.ris"
    file.write_text(ris('=HYPERLINK("x")\u202e, a "title" of four words', author="+Bad"), encoding="utf-8")
    take_in(file, "a search", TODAY)
    assert [str(fault) for fault in validate(folder, bibliography=False)] == []
    last = read_table(folder / "reading_queue.csv", QueueEntry)[-1]
    assert (last.title, last.authors) == ('HYPERLINK("x") , a "title" of four words', "Bad")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, "cannot be read: No such file"),
        (b"", "holds no record"),
        (b"Title,Authors\nA,B\n", "holds no record: export as PubMed"),
        (b"TY  - JOUR\nTI  - \xff\n", ":2: is not UTF-8"),
        (b"PMID- 1\nnonsense\n\n", "cannot be read as MEDLINE"),
        (b"PMID- one\nTI  - A title\n\n", "cannot be read as MEDLINE"),
    ],
)
def test_what_is_no_export_is_refused_in_one_line(tmp_path: Path, content: bytes | None, told: str) -> None:
    file = tmp_path / "export.txt"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(EvidenceError) as refusal:
        read_export(file)
    assert told in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_a_missing_file_is_told_without_a_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["no-such.nbib"]) == 1
    assert capsys.readouterr().err == "no-such.nbib: cannot be read: No such file or directory\n"


def test_the_flow_counts_each_record_once(sample: Path) -> None:
    counted = flow()
    assert counted.rows + counted.cited + counted.incomplete == len(references())
    assert counted.found == len(references()) + 2  # one nobody looked at, one left out
    assert (counted.to_screen, counted.waiting, counted.to_read) == (1, 0, 1)
    assert counted.left_out == {"another condition": 1}


def test_nothing_known_stands_in_the_queue_as_new() -> None:
    again = [
        f"{entry.id} = {key}"
        for entry in reading_queue()
        for key, source in references().items()
        if not entry.source
        and ((entry.doi and entry.doi == source.doi) or (entry.pmid and entry.pmid == source.pmid))
    ]
    assert again == []
    assert sort([]) == ([], [])
