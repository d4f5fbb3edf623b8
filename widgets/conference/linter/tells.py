"""What tells a sound choice without medicine: its length (C15), and how many may be chosen (C16)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median

from widgets.conference.linter.finding import Fault
from widgets.conference.linter.inspected import InspectedCase
from widgets.conference.model import Step
from widgets.text.markdown import plain

_LONGER = 1.3
# "Wait" and "Operate" differ by as much, and tell nothing.
_MORE_CHARACTERS = 12
#: Over all cases the sound choice may be the longest, or the shortest, so many points of a hundred more often than chance.
_ABOVE_CHANCE = 10
#: With fewer decisions one more or less would decide.
FEWEST = 8


def long_decisions(case: InspectedCase) -> Iterator[Fault]:
    """C15: no sound decision is known by being far longer than its fellows."""
    for index, step in enumerate(case.steps):
        sound, others = _lengths(step)
        if not sound or not others:
            continue
        middle = median(sound + others)
        if min(sound) > max(others) and min(sound) > max(_LONGER * middle, middle + _MORE_CHARACTERS):
            said = (
                f"the sound choice has {min(sound)} characters, the median {middle:.0f}; "
                "shorten it, or give the others their due"
            )
            yield Fault(said, ("steps", index), step.id)


def lengths_over_all(cases: Sequence[InspectedCase]) -> Iterator[Fault]:
    """C15 over all cases: neither the longest choice nor the shortest is the sound one more often than chance and a little."""
    decisions = [
        (sound, others)
        for case in cases
        for step in case.steps
        if all(lengths := _lengths(step))
        for sound, others in (lengths,)
    ]
    if len(decisions) < FEWEST:
        return
    chance = sum(len(sound) / (len(sound) + len(others)) for sound, others in decisions)
    longest = sum(max(sound) > max(others) for sound, others in decisions)
    shortest = sum(min(sound) < min(others) for sound, others in decisions)
    for count, name in ((longest, "longest"), (shortest, "shortest")):
        if 100 * (count - chance) > _ABOVE_CHANCE * len(decisions):
            yield Fault(
                f"a sound choice is the {name} in {count} of {len(decisions)} decisions, by chance {chance:.1f}; "
                "write the choices of a step alike in length"
            )


def _lengths(step: Step) -> tuple[list[int], list[int]]:
    """Characters of the sound choices and of the others, where one is chosen."""
    if step.choose != "one":
        return [], []
    by_worth: tuple[list[int], list[int]] = [], []
    for choice in step.choices:
        by_worth[choice.worth != "sound"].append(len(plain(choice.text)))
    return by_worth


def counted(case: InspectedCase) -> Iterator[Fault]:
    """C16: as many as may be chosen is not as many as are sound, and not all are sound, at the table either."""
    for index, step in enumerate(case.steps):
        sound = sum(choice.worth == "sound" for choice in step.choices)
        place = ("steps", index)
        if step.choices and sound == len(step.choices):
            said = f"all {sound} choices are sound, so nothing is decided; let one be wrong, or one be spared"
            yield Fault(said, place, step.id)
        elif step.most == sound:
            said = f"'most' is {step.most}, and as many are sound; let more be chosen than are needed, or take it out"
            yield Fault(said, (*place, "most"), step.id)
