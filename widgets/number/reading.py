"""What the second reading of a row found, in a line for readers: what was counted, in whom, when, by whom, how far read."""

from __future__ import annotations

from evidence import Reading, readings

_GROUP = {
    "cervical alone": "cervical dystonia alone",
    "cervical among others": "cervical dystonia among others",
    "other": "another group",
    "not stated": "group not stated",
}
_TIME = {"follow-up": "at follow-up", "window": "over a span of time", "not printed": "time not printed"}
_JUDGE = {
    "patient": "judged by patients",
    "treating team": "judged by the treating team",
    "independent": "judged independently",
    "masked": "judged masked",
    "records": "from records",
    "not stated": "judge not stated",
}
_TEXT = {
    "abstract whole": "whole abstract",
    "abstract in part": "part of the abstract",
    "none": "no text found again",
}
_FIGURES = {"in part": "borne out in part", "not found": "not found again"}


def as_read(row_id: str) -> str:
    """A line on the second reading of a row; "Read once" where there was none."""
    found = readings().get(row_id)
    if found is None:
        return "Read once"
    hand = "first-hand" if found.first_hand else "quoted from others"
    told = [_TEXT.get(found.text_read, found.text_read), hand, _FIGURES.get(found.figures, "")]
    return f"Read twice ({', '.join(filter(None, told))}): {'; '.join(_counted(found))}"


def _counted(found: Reading) -> list[str]:
    unit = {"per cent": "change in per cent", "points": f"change in points of {found.scale_of_change}"}.get(
        found.change_in
    )
    parts = [
        "no count" if found.counted == "none" else found.counted,
        _GROUP.get(found.group, found.group),
        _TIME.get(found.time_kind, found.time_kind),
        _JUDGE[found.judge],
        unit,
    ]
    return [part for part in parts if part]
