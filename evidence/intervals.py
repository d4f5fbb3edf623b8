"""Confidence intervals for single proportions."""

from math import sqrt

# The 97.5th percentile of the standard normal distribution: two-sided 95 %.
_Z = 1.959963984540054


def wilson(events: int, people: int) -> tuple[float, float]:
    """Wilson's 95 % score interval of a proportion, in percent.

    Args:
        events: how many of them, 0 to ``people``.
        people: how many in all, 1 or more.

    Returns:
        Lower and upper bound, each from 0 to 100.

    Raises:
        ValueError: when the counts are not a proportion.

    Source: Wilson EB. J Am Stat Assoc 1927;22:209-212, doi 10.1080/01621459.1927.10502953.
    """
    if people < 1 or not 0 <= events <= people:
        raise ValueError(f"{events} of {people} is not a proportion")
    share, z2 = events / people, _Z**2
    centre = (share + z2 / (2 * people)) / (1 + z2 / people)
    reach = _Z * sqrt(share * (1 - share) / people + z2 / (4 * people**2)) / (1 + z2 / people)
    return max(0.0, 100 * (centre - reach)), min(100.0, 100 * (centre + reach))
