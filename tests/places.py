"""Where a promise is held: in its first place by `make test`, in every further one by `make test-all`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

EVERYWHERE = pytest.mark.everywhere


def first_of(places: Iterable[Any], first: Iterable[Any] = ()) -> list[Any]:
    """The places as parameters: all but those named first (or the very first) wait for `make test-all`."""
    found = list(places)
    chosen = [*first] or found[:1]
    return [place if place in chosen else pytest.param(place, marks=EVERYWHERE) for place in found]
