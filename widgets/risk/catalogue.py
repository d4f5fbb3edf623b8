"""What a reader may choose: operations, gains and harms, and the rows of the evidence that count each.

Harms come from the complications by themselves, so that a new row enters by itself. Gains are named row by row,
because every author counts something else as success. Either way each fitting row is shown, or left out with its
reason in `LEFT_OUT`; `cases` refuses to be built otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from evidence import Complication, EvidenceError, Outcome, complications, outcomes, references, row, studies
from evidence.pooling import overlaps_among
from evidence.pooling.designs import design_of
from evidence.pooling.scales import is_global_rating
from widgets.icons import Share, share_of

Kind = Literal["gain", "harm"]
#: The drill and the box may be borrowed from other diseases; the effects of the current may not.
_BORROWED = "dbs_all_indications"


@dataclass(frozen=True)
class Operation:
    """An operation as a reader would name it. ``procedures``: the terms whose rows count for it.

    ``family``: which harms make sense to ask about. ``borrows``: whether implanting is counted in other diseases.
    """

    key: str
    label: str
    procedures: tuple[str, ...]
    family: Literal["neck", "brain"]
    implant: bool = False


@dataclass(frozen=True)
class Topic:
    """A question: of 100 people, how many ``asked``? ``terms``: the complications that answer it."""

    key: str
    kind: Kind
    label: str
    asked: str
    terms: tuple[str, ...] = ()
    families: tuple[str, ...] = ("neck", "brain", "implant")
    borrowed: bool = False


OPERATIONS = (
    Operation("spd", "Selective peripheral denervation", ("spd",), "neck"),
    Operation(
        "dbs-gpi",
        "Pallidal stimulation (GPi DBS)",
        ("dbs_gpi", "dbs_target_unspecified"),
        "brain",
        implant=True,
    ),
    Operation("dbs-stn", "Subthalamic stimulation (STN DBS)", ("dbs_stn",), "brain", implant=True),
    Operation("rhizotomy", "Intradural rhizotomy", ("intradural_rhizotomy",), "neck"),
    Operation("mvd", "Accessory nerve decompression", ("mvd",), "neck"),
    Operation("pallidotomy", "Pallidotomy", ("pallidotomy",), "brain"),
    Operation("ultrasound", "Focused-ultrasound lesion", ("mrgfus",), "brain"),
)
TOPICS = (
    Topic("overall", "gain", "Judged better as a whole", "were judged better as a whole"),
    Topic("scale", "gain", "Better on a scale", "were better on a rating scale by what its authors ask for"),
    Topic("pain", "gain", "Pain gone or less", "had no pain, or less"),
    Topic(
        "any",
        "harm",
        "Any complication or side effect",
        "had any complication or side effect",
        ("any", "any_surgical"),
    ),
    Topic(
        "lasting",
        "harm",
        "A major or lasting complication",
        "had a major or lasting complication",
        ("major_any", "any_permanent"),
    ),
    Topic("death", "harm", "Death", "died", ("death",), borrowed=True),
    Topic("swallowing", "harm", "Trouble swallowing", "had new trouble swallowing", ("dysphagia",)),
    Topic("speech", "harm", "Slurred speech", "had slurred speech", ("dysarthria",)),
    Topic(
        "numbness",
        "harm",
        "Numb back of the head",
        "were numb at the back of the head",
        ("c2_sensory_loss",),
        ("neck",),
    ),
    Topic("nerve-pain", "harm", "Nerve pain", "had nerve pain", ("neuropathic_pain",), ("neck",)),
    Topic(
        "shoulder",
        "harm",
        "Weak shoulder",
        "had a weak shoulder",
        ("shoulder_weakness", "trapezius_weakness"),
        ("neck",),
    ),
    Topic(
        "air",
        "harm",
        "Air drawn into a vein",
        "had air drawn into a vein",
        ("venous_air_embolism",),
        ("neck",),
    ),
    Topic(
        "bleeding",
        "harm",
        "Bleeding inside the skull",
        "bled inside the skull",
        ("haemorrhage_intracranial",),
        ("brain",),
        borrowed=True,
    ),
    Topic(
        "infection",
        "harm",
        "Infected wound or hardware",
        "had an infected wound or infected hardware",
        ("infection_wound", "infection_hardware"),
        borrowed=True,
    ),
    Topic(
        "hardware",
        "harm",
        "Trouble with the hardware",
        "had trouble with the hardware",
        ("hardware_any", "lead_fracture", "ipg_malfunction"),
        ("implant",),
        borrowed=True,
    ),
    Topic(
        "again",
        "harm",
        "Operated on again",
        "were operated on again",
        ("reoperation", "reoperation_any", "lead_revision"),
        borrowed=True,
    ),
    Topic("balance", "harm", "Trouble with balance", "had trouble with balance", ("gait_balance",)),
    Topic(
        "movement",
        "harm",
        "Slow or unwanted movements",
        "became slow or clumsy, or had unwanted movements",
        ("parkinsonism_bradykinesia", "dyskinesia", "limb_coordination"),
        ("brain",),
    ),
    Topic("mood", "harm", "Anxiety or depression", "had anxiety or depression", ("depression_anxiety",)),
    Topic("worse", "harm", "Dystonia worse", "had worse dystonia than before", ("dystonia_worsening",)),
)
GAINS: dict[tuple[str, str], tuple[str, ...]] = {
    ("spd", "overall"): (
        "bertrand1993-global-clinical-rating",
        "cohengadol2003-clinician-global-rating",
        "tsung-four-grade-surgical-excellent",
        "ford1998-functional-capacity-scales",
        "huh2005-four-grade-surgical-excellent",
    ),
    ("spd", "scale"): ("ford1998-modified-twstrs-video",),
    ("spd", "pain"): ("cohengadol2003-global-rating-pain",),
    ("dbs-gpi", "overall"): ("pretto2008-patient-global-report", "parkin2001-clinical-judgement"),
    ("dbs-gpi", "scale"): ("finland2019-global-dystonia-rating",),
    ("dbs-stn", "overall"): ("ostrem2017-clinical-outcome",),
    ("rhizotomy", "overall"): ("friedman1993-global-rating",),
    ("rhizotomy", "pain"): ("friedman1993-pain",),
    ("mvd", "overall"): (
        "freckmann1986-surgeon-rating-excellent",
        "sun2009-clinical-judgement",
        "freckmann1981-clinical-judgement",
        "shima1988-clinical-judgement",
    ),
    ("pallidotomy", "scale"): ("centen2021-bfmdrs-movement",),
}
_GRADE = "of several grades of one group the best is shown; grades are not added up here"
_NOTHING_SAID = "the text read does not say what counted as better"
#: Rows that would fit and are not shown, each with its reason.
LEFT_OUT = {
    "nice2004ipg80-global-clinical-rating-same": "the same people as Bertrand's, quoted again",
    "nice2004ipg80-global-clinical-rating-second": "a series without a name, perhaps the same people again",
    "davis1991-clinical-judgement": "probably some of the people in Cohen-Gadol 2003",
    "tsung-four-grade-surgical-good": _GRADE,
    "tsung-four-grade-surgical-fair": _GRADE,
    "tsung-four-grade-surgical-poor": _GRADE,
    "huh2005-four-grade-surgical-good": _GRADE,
    "huh2005-four-grade-surgical-fair": _GRADE,
    "freckmann1986-surgeon-rating-good": _GRADE,
    "freckmann1986-surgeon-rating-improved": _GRADE,
    "freckmann1986-surgeon-rating-unchanged": _GRADE,
    "freckmann1986-surgeon-rating-deteriorated": _GRADE,
    "jang2005-clinical-judgement": _NOTHING_SAID,
    "taira1997-modified-tsui": _NOTHING_SAID,
    "taira1999lsm-tsui": _NOTHING_SAID,
    "yin2022-twstrs-and-sf": _NOTHING_SAID,
    "loher2008-dystonia-ratings": "its counts are read out of a sentence",
    "friedman1993-muscle-spasm": "one sign alone; the judgement of the same people as a whole is shown",
    "friedman1993-head-posture": "one sign alone; the judgement of the same people as a whole is shown",
    "taira2001-c2-sensory-loss-spd": "probably the same people as in Taira 2003",
    "rusz2018-dysarthria": "current on against off on one day, in a study of speech",
    "yianni2004-lead-fracture": "its percentages do not add up",
    "baizabal2012-lead-fracture": "part of any trouble with the hardware in the same people",
    "berman2009-parkinsonism-bradykinesia-handwriting": "the same people as the slowing that is shown",
    "berman2009-parkinsonism-bradykinesia-rising": "the same people as the slowing that is shown",
    "munchau2001-dysphagia-worsening": "earlier trouble that grew worse, not new trouble",
    "lobato1997-venous-air-embolism-records": "nobody watched for it; the part in which somebody did is shown",
}
_NOT_COUNTED = "No text that we read counts it. That is not the same as none."
_NAMED = "Texts name it, but none that we read and can cite counts the people."
_AVERAGES = "Averages of a score are in print; how many people gained is not."
#: Whom a row counts, where its procedure does not tell.
WHO = {
    "dbs_target_unspecified": "any dystonia, target not stated",
    "dbs_all_indications": "any disease, mostly Parkinson disease",
    "pallidotomy": "any dystonia",
    "berman2009": "cranial and cervical dystonia",
    "charite2020": "several kinds of dystonia",
    "kupsch2006": "segmental or generalised dystonia",
    "loher2008": "dystonia, in some of the neck",
    "ostrem2017": "isolated dystonia",
}


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


@cache
def cases() -> tuple[Case, ...]:
    """Every question offered, operation by operation.

    Raises:
        EvidenceError: when a row named here has gone, or a row of the evidence would fit and is neither shown nor
            left out with a reason.
    """
    for row_id in LEFT_OUT:
        row(row_id)
    _check_gains()
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
    if topic.kind == "gain":
        shares = [share_of(row_id) for row_id in GAINS.get((operation.key, topic.key), ())]
    else:
        rows = [entry for entry in complications() if _counts(entry, operation, topic)]
        # Those nearest to the reader's question first, then the largest.
        near = [*operation.procedures, _BORROWED]
        rows.sort(key=lambda entry: (near.index(entry.procedure), -(entry.at_risk_n or 0)))
        shares = [share_of(entry.id) for entry in rows]
    known = {share.row.source_key for share in shares}
    shared = bool(overlaps_among(known)) or len(known) < len(shares)
    return Case(operation, topic, tuple(shares), "" if shares else _why_unknown(operation, topic), shared)


def _counts(entry: Complication, operation: Operation, topic: Topic) -> bool:
    lent = operation.implant and topic.borrowed and entry.procedure == _BORROWED
    return (
        (entry.procedure in operation.procedures or lent)
        and entry.complication in topic.terms
        and entry.denominator_kind == "patients"
        and entry.at_risk_n is not None
        and (entry.events_n is not None or entry.percent is not None)
        # A review of many diseases would stand beside its own studies.
        and not (lent and design_of(entry) == "synthesis")
        and references()[entry.study].complete
        and entry.id not in LEFT_OUT
    )


def _why_unknown(operation: Operation, topic: Topic) -> str:
    if topic.kind == "gain":
        averages = any(
            entry.procedure in operation.procedures
            and not is_global_rating(entry.scale)
            and ("pain" in entry.scale.lower()) == (topic.key == "pain")
            for entry in outcomes()
        )
        return _AVERAGES if averages and topic.key != "overall" else _NOT_COUNTED
    named = any(
        entry.procedure in operation.procedures and entry.complication in topic.terms
        for entry in complications()
    )
    return _NAMED if named else _NOT_COUNTED


def _check_gains() -> None:
    shown = {row_id for ids in GAINS.values() for row_id in ids}
    operations = {term: one.key for one in OPERATIONS for term in one.procedures}
    for (operation, topic), ids in GAINS.items():
        for row_id in ids:
            entry = row(row_id)
            if not isinstance(entry, Outcome) or operations.get(entry.procedure) != operation:
                raise EvidenceError(f"{row_id} is no outcome of {operation}")
            if topic != "pain" and is_global_rating(entry.scale) != (topic == "overall"):
                raise EvidenceError(f"{row_id}: a global rating never stands among scales ({entry.scale})")
    for entry in outcomes():
        if (
            entry.procedure in operations
            and entry.counts()
            and references()[entry.study].complete
            and studies()[entry.study].design != "case-report"
            and entry.id not in shown | set(LEFT_OUT)
        ):
            raise EvidenceError(
                f"{entry.id} counts people who gained: add it to GAINS, or to LEFT_OUT with its reason"
            )
