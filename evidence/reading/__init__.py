"""What to read next: takes in exports of literature searches, knows what is known, and counts what became of each record.

``python -m evidence.reading FILE`` reads a PubMed (.nbib, MEDLINE) or RIS export and adds what is new to
``reading_queue.csv``.
"""

from evidence.reading.exports import Record, read_export
from evidence.reading.flow import Flow, flow
from evidence.reading.known import Found, sort

__all__ = ["Flow", "Found", "Record", "flow", "read_export", "sort"]
