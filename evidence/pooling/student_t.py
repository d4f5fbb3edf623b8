"""The one special function of the pooling: the 97.5th percentile of Student's t.

Only whole degrees of freedom occur here, and for these the distribution has a finite sum, so that no
library is needed and the page can repeat the calculation digit for digit. With t = sqrt(v) tan(a), the
chance A of a value between -t and t is (Abramowitz and Stegun 1964, 26.7.3 and 26.7.4):

* v = 1:  A = 2a / pi
* v odd:  A = 2/pi (a + sin a (cos a + 2/3 cos^3 a + ... + 2*4*...*(v-3) / (3*5*...*(v-2)) cos^(v-2) a))
* v even: A = sin a (1 + 1/2 cos^2 a + ... + 1*3*...*(v-3) / (2*4*...*(v-2)) cos^(v-2) a)

A rises with a from 0 to 1 between 0 and pi/2, so halving that interval finds the a with A = 0.95.
"""

from __future__ import annotations

import math
from functools import cache


@cache
def t_975(degrees_of_freedom: int) -> float:
    """The t beyond which 2.5 % lie, for 1 or more degrees of freedom.

    Raises:
        ValueError: below one degree of freedom.
    """
    if degrees_of_freedom < 1:
        raise ValueError(f"{degrees_of_freedom} degrees of freedom: at least 1 is needed")
    low, high = 0.0, math.pi / 2
    # Sixty halvings leave less than the spacing of floating-point numbers near pi/2.
    for _ in range(60):
        middle = (low + high) / 2
        if _chance_within(middle, degrees_of_freedom) < 0.95:
            low = middle
        else:
            high = middle
    return math.sqrt(degrees_of_freedom) * math.tan((low + high) / 2)


def _chance_within(angle: float, degrees_of_freedom: int) -> float:
    sine, cosine = math.sin(angle), math.cos(angle)
    odd = degrees_of_freedom % 2
    term = cosine if odd else 1.0
    total = term if degrees_of_freedom > 1 else 0.0
    for step in range(2 + odd, degrees_of_freedom - 1, 2):
        term *= (step - 1) / step * cosine * cosine
        total += term
    return (angle + sine * total) * 2 / math.pi if odd else sine * total
