"""What became of every record that was found: kept, to be looked at, to be read, or left out and why."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from evidence.bibliography import references
from evidence.tables import (
    complications,
    facts,
    muscles,
    outcomes,
    reading_queue,
    scale_findings,
    scale_items,
    scales,
)

#: Why a text was left out, in words.
REASONS = {
    "other-condition": "another condition",
    "other-matter": "another matter",
    "no-figure": "nothing to use in it",
    "same-people": "the same people again",
    "not-to-be-had": "no text to be had",
}


class Flow(NamedTuple):
    """Counts of records. ``found`` is the sum of all others but ``to_read``, which may be kept already.

    ``rows``: sources with a row in the tables; ``cited``: sources without one, whose record is complete; ``incomplete``: sources
    without one whose record is not; ``to_screen``: nobody looked yet; ``waiting``: to be read, and no source yet.
    """

    rows: int
    cited: int
    incomplete: int
    waiting: int
    to_screen: int
    left_out: dict[str, int]
    to_read: int

    @property
    def found(self) -> int:
        """Every record."""
        parts = (self.rows, self.cited, self.incomplete, self.waiting, self.to_screen)
        return sum(parts) + sum(self.left_out.values())


def flow() -> Flow:
    """The flow of records, counted from the tables as they are."""
    used = {entry.source_key for entry in (*outcomes(), *complications(), *facts(), *scale_findings())}
    used |= {key for entry in muscles() for key in entry.source.split(";")}
    used |= {key for entry in scales() for key in entry.sources}
    used |= {key for entry in scale_items() for key in entry.sources}
    idle = [source for key, source in references().items() if key not in used]
    queue = reading_queue()
    unkept = [entry for entry in queue if not entry.source]
    left_out = Counter(entry.reason for entry in unkept if entry.state == "left-out")
    return Flow(
        rows=len(used & references().keys()),
        cited=sum(source.complete for source in idle),
        incomplete=sum(not source.complete for source in idle),
        waiting=sum(entry.state == "to-read" for entry in unkept),
        to_screen=sum(entry.state == "to-screen" for entry in unkept),
        left_out={REASONS[reason]: count for reason, count in left_out.most_common()},
        to_read=sum(entry.state == "to-read" for entry in queue),
    )
