"""Reads sentences beside their rows: ``python -m book.signing``, or with ``show FILE`` or ``record FILE VERDICTS``.

Without a verb it tells, file by file, how many places are still to be read.
"""

from __future__ import annotations

import argparse
import datetime
import difflib
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import get_args

from book.signing.places import ROOT, Place, files, places
from book.signing.record import SIGNED, Reader, Signed, Verdict, read, standing, table, write
from evidence import EvidenceError
from evidence.tables import read_table

TO_READ = ("unread", "changed")
SHEET = ("place", "verdict", "kind", "note")


def tally(root: Path = ROOT) -> Iterator[str]:
    """A line for each file that is not all read, or holds a slip that is not mended; the sum last."""
    record = read(root)
    whole: Counter[str] = Counter()
    for file in files(root):
        stand = Counter[str](how for _, how in standing(places(file, root), record))
        whole += stand
        if left := _left(stand):
            yield f"{file}: {left}"
    yield f"{whole.total()} places print a bound number; {_left(whole) or 'all are read'}."


def _left(stand: Counter[str]) -> str:
    told = (
        f"{sum(stand[how] for how in TO_READ)} of {stand.total()} to read"
        if any(stand[how] for how in TO_READ)
        else "",
        f"{stand['changed']} of them changed since they were read" if stand["changed"] else "",
        f"{stand['slip']} slipped and not mended" if stand["slip"] else "",
    )
    return ", ".join(filter(None, told))


def show(file: str, root: Path = ROOT, *, left: bool = False) -> Iterator[str]:
    """The places of a file as a numbered list: a sentence, then each of its rows, its mark and what it says.

    With ``left``, those alone that are to be read or to be mended.
    """
    stand = list(enumerate(standing(places(file, root), read(root)), 1))
    yield f"{file}: {len(stand)} places. A verdict names a place by its six letters."
    stand = [one for one in stand if not left or one[1][1] in (*TO_READ, "slip")]
    first: dict[str, int] = {}
    for sentence, group in groupby(stand, key=lambda one: one[1][0].sentence):
        yield f"\n{sentence.line}  [{sentence.before}]\n  {sentence.text}"
        for number, (place, how) in group:
            told = first.setdefault(place.row, number)
            figures = ", ".join(sentence.figures[place.row])
            again = f" (told at {told})" if told != number else ""
            yield f"  {number}. {place.mark} {how}: {figures} = {place.row}{again}"
            if not again:
                yield f"     {' | '.join(place.told)}"


def sheet(file: str, root: Path = ROOT) -> str:
    """An empty table of verdicts: a line for each place of a file that is still to be read."""
    left = [place for place, how in standing(places(file, root), read(root)) if how in TO_READ]
    return table(SHEET, ({"place": place.mark} for place in left))


def record(file: str, verdicts: Path, reader: Reader, day: datetime.date, root: Path = ROOT) -> str:
    """Take verdicts into the record; lines on what the file says no more are dropped. Returns what to tell.

    Raises:
        EvidenceError: when a line of the verdicts is malformed, or names no place of the file as it is now.
    """
    known = {place.mark: place for place in places(file, root)}
    now = {place.key for place in known.values()}
    kept = {key: line for key, line in read(root).items() if key.file != file or key in now}
    taken: Counter[str] = Counter()
    for verdict in read_table(verdicts, Verdict):
        if verdict.place not in known:
            raise EvidenceError(
                f"{verdicts.name}: {file} has no place {verdict.place!r}: its sentence or its row has changed "
                "since it was shown; show the file again"
            )
        if verdict.verdict:
            line = _signed(known[verdict.place], verdict, reader, day)
            kept[line.key] = line
            taken[line.verdict] += 1
    write(kept.values(), root)
    told = ", ".join(f"{count} {name}" for name, count in taken.items()) or "no verdict"
    return f"{file}: {told} written to {SIGNED}"


def _signed(place: Place, verdict: Verdict, reader: Reader, day: datetime.date) -> Signed:
    said = {"verdict": verdict.verdict, "kind": verdict.kind, "note": verdict.note}
    return Signed.model_validate(
        {**place.key._asdict(), "evidence": place.evidence, **said, "read": day, "reader": reader}
    )


def _file(named: str) -> str:
    """The file that is meant, as seen from the root.

    Raises:
        EvidenceError: when the course has no such file; the line names the nearest.
    """
    every = files()
    path = Path(named).resolve()
    file = path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else named
    for known in (file, f"chapters/{named}"):
        if known in every:
            return known
    near = difflib.get_close_matches(file, every, n=1)
    raise EvidenceError(f"{named} is no file of the chapters{f'; did you mean {near[0]}?' if near else ''}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a verb; 1 with one line when something is malformed."""
    parser = argparse.ArgumentParser(
        prog="python -m book.signing", description=(__doc__ or "").split("\n")[0]
    )
    verbs = parser.add_subparsers(dest="verb")
    showing = verbs.add_parser("show", help="print the places of a file beside their rows")
    showing.add_argument("--left", action="store_true", help="only what is to be read or to be mended")
    showing.add_argument("--sheet", action="store_true", help="print an empty table of verdicts instead")
    recording = verbs.add_parser("record", help=f"take in a table of verdicts: {','.join(SHEET)}")
    for verb in (showing, recording):
        verb.add_argument("file", help="such as chapters/outcomes/risks.md")
    recording.add_argument("verdicts", type=Path)
    recording.add_argument(
        "--reader", choices=get_args(Reader), default="reader", help="in what role it was read"
    )
    recording.add_argument("--date", type=datetime.date.fromisoformat, help="when it was read (today)")
    asked = parser.parse_args(arguments)
    try:
        if asked.verb == "show":
            file = _file(asked.file)
            print(sheet(file).strip() if asked.sheet else "\n".join(show(file, left=asked.left)))
        elif asked.verb == "record":
            today = asked.date or datetime.datetime.now(tz=datetime.UTC).date()
            print(record(_file(asked.file), asked.verdicts, asked.reader, today))
        else:
            print("\n".join(tally()))
    except EvidenceError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
