"""The same numbers for the same seed, here and in the page (see chance.js)."""

from __future__ import annotations

from collections.abc import Callable

_MASK = 0xFFFFFFFF


def seeded_random(seed: str) -> Callable[[], float]:
    """A source of numbers from 0 to below 1 (mulberry32, seeded with a hash of the text)."""
    state = 0
    for character in seed:
        state = (state * 31 + ord(character)) & _MASK

    def draw() -> float:
        nonlocal state
        state = (state + 0x6D2B79F5) & _MASK
        mixed = ((state ^ state >> 15) * (1 | state)) & _MASK
        mixed = ((mixed + (((mixed ^ mixed >> 7) * (61 | mixed)) & _MASK)) & _MASK) ^ mixed
        return (mixed ^ mixed >> 14) / 2**32

    return draw
