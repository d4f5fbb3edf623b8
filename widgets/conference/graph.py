"""The steps of a case as a graph: which can be reached, which lead to an end, which ways there are."""

from __future__ import annotations

from collections.abc import Iterator

from widgets.conference.model import Case, Step


def by_id(case: Case) -> dict[str, Step]:
    """The steps by their ids."""
    return {step.id: step for step in case.steps}


def reachable(case: Case) -> set[str]:
    """The ids of the steps that some way through the case meets; it begins with the first step."""
    steps = by_id(case)
    found: set[str] = set()
    waiting = [case.steps[0].id]
    while waiting:
        name = waiting.pop()
        if name not in found and name in steps:
            found.add(name)
            waiting += [follower for follower in steps[name].followers if follower]
    return found


def ending(case: Case) -> set[str]:
    """The ids of the steps from which an end can be reached."""
    found: set[str] = set()
    grown = True
    while grown:
        more = {
            step.id
            for step in case.steps
            if any(follower is None or follower in found for follower in step.followers)
        }
        grown = not more <= found
        found |= more
    return found


def backward(case: Case) -> Iterator[tuple[Step, str]]:
    """Steps that lead to themselves or to one written before them, with the id of that one."""
    order = {step.id: index for index, step in enumerate(case.steps)}
    for step in case.steps:
        for follower in step.followers:
            if follower in order and order[follower] <= order[step.id]:
                yield step, follower


def ways(case: Case) -> Iterator[tuple[Step, ...]]:
    """Every way through a case without steps that lead back, from the first step to an end."""
    steps = by_id(case)

    def onward(way: tuple[Step, ...]) -> Iterator[tuple[Step, ...]]:
        for follower in way[-1].followers:
            if follower is None:
                yield way
            elif follower in steps:
                yield from onward((*way, steps[follower]))

    yield from onward((case.steps[0],))
