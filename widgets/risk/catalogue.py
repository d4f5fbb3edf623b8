"""What a reader may choose: operations, gains and harms, and the rows of the evidence that count each.

Harms come from the complications by themselves, so that a new row enters by itself. Gains are named row by row, in
the column ``gain`` of the outcomes, because every author counts something else as success. Either way each fitting
row is shown, or left out with its reason in ``left_out``; the evidence is not sound otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from evidence import (
    Complication,
    Outcome,
    complication_terms,
    complications,
    outcomes,
    procedures,
    references,
)
from evidence.pooling import overlaps_among
from evidence.pooling.designs import design_of
from evidence.pooling.scales import is_global_rating
from evidence.source import kept
from widgets.icons import Share, share_of

Kind = Literal["gain", "harm"]
#: The drill and the box may be borrowed from other diseases; the effects of the current may not.
_BORROWED = "dbs_all_indications"


@dataclass(frozen=True)
class Operation:
    """An operation as a reader would name it; the vocabulary of procedures says whose rows count for it.

    ``family``: which harms make sense to ask about. ``implant``: whether implanting is counted in other diseases.
    """

    key: str
    label: str
    family: Literal["neck", "brain"]
    implant: bool = False


@dataclass(frozen=True)
class Topic:
    """A question: of 100 people, how many ``asked``? The vocabulary of complications says whose rows answer it."""

    key: str
    kind: Kind
    label: str
    asked: str
    families: tuple[str, ...] = ("neck", "brain", "implant")
    borrowed: bool = False


OPERATIONS = (
    Operation("spd", "Selective peripheral denervation", "neck"),
    Operation("dbs-gpi", "Pallidal stimulation (GPi DBS)", "brain", implant=True),
    Operation("dbs-stn", "Subthalamic stimulation (STN DBS)", "brain", implant=True),
    Operation("rhizotomy", "Intradural rhizotomy", "neck"),
    Operation("mvd", "Accessory nerve decompression", "neck"),
    Operation("pallidotomy", "Pallidotomy", "brain"),
    Operation("ultrasound", "Focused-ultrasound lesion", "brain"),
)
TOPICS = (
    Topic("overall", "gain", "Judged better as a whole", "were judged better as a whole"),
    Topic("scale", "gain", "Better on a scale", "were better on a rating scale by what its authors ask for"),
    Topic("pain", "gain", "Pain gone or less", "had no pain, or less"),
    Topic("any", "harm", "Any complication or side effect", "had any complication or side effect"),
    Topic("lasting", "harm", "A major or lasting complication", "had a major or lasting complication"),
    Topic("death", "harm", "Death", "died", borrowed=True),
    Topic("swallowing", "harm", "Trouble swallowing", "had new trouble swallowing"),
    Topic("speech", "harm", "Slurred speech", "had slurred speech"),
    Topic(
        "numbness", "harm", "Numb back of the head", "were numb at the back of the head", families=("neck",)
    ),
    Topic("nerve-pain", "harm", "Nerve pain", "had nerve pain", families=("neck",)),
    Topic("shoulder", "harm", "Weak shoulder", "had a weak shoulder", families=("neck",)),
    Topic("air", "harm", "Air drawn into a vein", "had air drawn into a vein", families=("neck",)),
    Topic(
        "bleeding",
        "harm",
        "Bleeding inside the skull",
        "bled inside the skull",
        families=("brain",),
        borrowed=True,
    ),
    Topic(
        "infection",
        "harm",
        "Infected wound or hardware",
        "had an infected wound or infected hardware",
        borrowed=True,
    ),
    Topic(
        "hardware",
        "harm",
        "Trouble with the hardware",
        "had trouble with the hardware",
        families=("implant",),
        borrowed=True,
    ),
    Topic("again", "harm", "Operated on again", "were operated on again", borrowed=True),
    Topic("balance", "harm", "Trouble with balance", "had trouble with balance"),
    Topic(
        "movement",
        "harm",
        "Slow or unwanted movements",
        "became slow or clumsy, or had unwanted movements",
        families=("brain",),
    ),
    Topic("mood", "harm", "Anxiety or depression", "had anxiety or depression"),
    Topic("worse", "harm", "Dystonia worse", "had worse dystonia than before"),
)
_NOT_COUNTED = "No text that we read counts it. That is not the same as none."
_NAMED = "Texts name it, but none that we read and can cite counts the people."
_AVERAGES = "Averages of a score are in print; how many people gained is not."


@dataclass(frozen=True)
class Case:
    """One question about one operation, and every study that counts an answer; ``unknown`` where none does."""

    operation: Operation
    topic: Topic
    shares: tuple[Share, ...]
    unknown: str = ""
    shared_people: bool = False

    @property
    def key(self) -> str:
        """What a reader's guess is kept under; it never changes."""
        return f"{self.operation.key}/{self.topic.key}"


@kept
def cases() -> tuple[Case, ...]:
    """Every question offered, operation by operation."""
    return tuple(
        _case(operation, topic) for operation in OPERATIONS for topic in TOPICS if _asks(operation, topic)
    )


def case(key: str) -> Case:
    """The question with this key.

    Raises:
        LookupError: when it is not offered.
    """
    for one in cases():
        if one.key == key:
            return one
    raise LookupError(f"no question {key!r}: there are {', '.join(one.key for one in cases())}")


def _asks(operation: Operation, topic: Topic) -> bool:
    families = {operation.family, *(["implant"] if operation.implant else [])}
    return bool(families & set(topic.families))


def _case(operation: Operation, topic: Topic) -> Case:
    rows = _gains(operation, topic) if topic.kind == "gain" else _harms(operation, topic)
    shares = tuple(share_of(entry.id) for entry in rows)
    known = {share.row.source_key for share in shares}
    shared = bool(overlaps_among(known)) or len(known) < len(shares)
    return Case(operation, topic, shares, "" if shares else _why_unknown(operation, topic), shared)


def _gains(operation: Operation, topic: Topic) -> list[Outcome]:
    rows = [entry for entry in outcomes() if entry.gain == topic.key and _is_of(entry, operation)]
    return sorted(rows, key=lambda entry: -(entry.responders_of or 0))


def _harms(operation: Operation, topic: Topic) -> list[Complication]:
    rows = [entry for entry in complications() if _counts(entry, operation, topic)]
    # Those nearest to the reader's question first, as the vocabulary has them, then the largest.
    near = list(procedures())
    return sorted(rows, key=lambda entry: (near.index(entry.procedure), -(entry.at_risk_n or 0)))


def _is_of(entry: Outcome | Complication, operation: Operation) -> bool:
    return procedures()[entry.procedure].operation == operation.key


def _answers(entry: Complication, topic: Topic) -> bool:
    return complication_terms()[entry.complication].question == topic.key


def _counts(entry: Complication, operation: Operation, topic: Topic) -> bool:
    lent = operation.implant and topic.borrowed and entry.procedure == _BORROWED
    return (
        (_is_of(entry, operation) or lent)
        and _answers(entry, topic)
        and entry.denominator_kind == "patients"
        and entry.at_risk_n is not None
        and (entry.events_n is not None or entry.percent is not None)
        # A review of many diseases would stand beside its own studies.
        and not (lent and design_of(entry) == "synthesis")
        and references()[entry.study].complete
        and not entry.left_out
    )


def _why_unknown(operation: Operation, topic: Topic) -> str:
    if topic.kind == "gain":
        averages = any(
            _is_of(entry, operation)
            and not is_global_rating(entry.scale)
            and ("pain" in entry.scale.lower()) == (topic.key == "pain")
            for entry in outcomes()
        )
        return _AVERAGES if averages and topic.key != "overall" else _NOT_COUNTED
    named = any(_is_of(entry, operation) and _answers(entry, topic) for entry in complications())
    return _NAMED if named else _NOT_COUNTED
