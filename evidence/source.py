"""Which data package is read: the course's own, or another one for a while.

What was read of each package is kept by itself, so that nothing has to be read anew when the other one's turn
is over. The tests read a sample that way; see ``tests/evidence/sample``.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from functools import update_wrapper
from pathlib import Path
from typing import Generic, ParamSpec, TypeVar, cast

DATA = Path(__file__).parent / "data"
_read = [DATA]

P = ParamSpec("P")
T = TypeVar("T")


def folder() -> Path:
    """Where the tables lie that are read now."""
    return _read[-1]


@contextmanager
def reading(package: Path) -> Iterator[None]:
    """Read another data package until the block ends.

    >>> from evidence import outcomes
    >>> with reading(DATA):
    ...     first = outcomes()
    >>> outcomes() is first
    True
    """
    _read.append(package)
    try:
        yield
    finally:
        _read.pop()


class kept(Generic[P, T]):  # noqa: N801 (a decorator, named as it is read)
    """Work something out once for each data package: a `functools.cache` that knows which one is read."""

    def __init__(self, work: Callable[P, T]) -> None:
        self.work = work
        self._answers: dict[tuple[Path, Hashable], T] = {}
        update_wrapper(self, cast(Callable[..., T], work))

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> T:
        """The answer for the package that is read now."""
        key = (folder(), (args, tuple(kwargs.items())))
        if key not in self._answers:
            self._answers[key] = self.work(*args, **kwargs)
        return self._answers[key]

    def forget(self) -> None:
        """Work everything out anew when next asked."""
        self._answers.clear()
