"""How far a learner agrees with the key over a series. The page computes the same (rating.js); a test holds the two together."""

from __future__ import annotations

from collections.abc import Sequence


def weighted_kappa(yours: Sequence[int], keys: Sequence[int]) -> float | None:
    """Cohen's kappa with linear weights: one minus the mean distance found over the mean distance by chance.

    By chance means: each of your ratings set beside each of the key's. None when that distance is nought, because
    both sides gave every case the same points; kappa is not defined then.
    """
    found = sum(abs(one - other) for one, other in zip(yours, keys, strict=True)) / len(keys)
    chance = sum(abs(one - other) for one in yours for other in keys) / len(keys) ** 2
    return None if chance == 0 else 1 - found / chance


def bias(yours: Sequence[int], keys: Sequence[int]) -> float:
    """The mean of yours minus the key, in points: above nought when you rate too high."""
    return sum(one - other for one, other in zip(yours, keys, strict=True)) / len(keys)
