"""Which scales measure, and which way they run."""

from __future__ import annotations

# From the evidence package's description of its columns; other scales have no stated direction.
_LOWER_IS_BETTER = ("twstrs", "tsui", "bfmdrs", "vas pain", "hads")
_HIGHER_IS_BETTER = ("eq-5d", "sf-36", "short form health survey", "fugl-meyer")
_NO_STATED_DIRECTION = ("beck depression", "global dystonia rating scale")


def is_global_rating(scale: str) -> bool:
    """Whether somebody judged the result as a whole, instead of scoring signs on a scale."""
    name = _name(scale)
    if "global outcome" in name or "subjective" in name:
        return True
    return not name.startswith(_LOWER_IS_BETTER + _HIGHER_IS_BETTER + _NO_STATED_DIRECTION)


def improvement_sign(scale: str) -> int | None:
    """-1 where a fall of the score is an improvement, +1 where a rise is, ``None`` where none is stated."""
    if is_global_rating(scale):
        return None
    name = _name(scale)
    return -1 if name.startswith(_LOWER_IS_BETTER) else 1 if name.startswith(_HIGHER_IS_BETTER) else None


def _name(scale: str) -> str:
    return scale.lower().removeprefix("modified ")
