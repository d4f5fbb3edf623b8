"""The questions about a person and what follows from the answers, as data beside a page. No rendering."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import PrivateAttr

from evidence import EvidenceError, check_number
from widgets.decisions.model import Decision
from widgets.text.content import Kebab, Part, Text, listed
from widgets.text.document import Document
from widgets.text.held import Faults, read
from widgets.text.markdown import NUMBER_WITH_ROW
from widgets.text.wording import nearest

Section = Literal["first", "reach", "harms", "numbers", "unknown", "read"]
Operation = Literal["better toxin", "denervation", "stimulation"]
#: From the best to the worst: of several the worst stands.
Verdict = Literal["reaches", "doubtful", "does not reach"]


class Option(Part):
    """One answer."""

    id: Kebab
    text: Text


class Question(Part):
    """One thing that is asked about a person; ``many``: several answers may hold."""

    id: Kebab
    ask: Text
    many: bool = False
    options: Annotated[tuple[Option, ...], listed(least=2)]


class Finding(Part):
    """What follows, where each question of ``when`` has one of the answers named, and none of ``unless`` has.

    What it says is its own text or what its decision does; a decision adds why, and how sure that is.
    """

    id: Kebab
    section: Section
    when: Mapping[str, Annotated[tuple[str, ...], listed(least=1)]]
    unless: Mapping[str, Annotated[tuple[str, ...], listed(least=1)]] = {}
    text: Text | None = None
    decision: Kebab | None = None
    #: The case waits until this is settled.
    holds: bool = False
    operation: Operation | None = None
    verdict: Verdict | None = None
    page: str | None = None
    _decided: Decision | None = PrivateAttr(default=None)

    @property
    def decided(self) -> Decision | None:
        """The decision that it leans on."""
        return self._decided

    @property
    def told(self) -> str:
        """What a reader is told."""
        return self.text or (self._decided.do if self._decided else "")

    def said(self, content: Content) -> str:
        """Its condition in words: "What does the head do? turns, or tilts; Where is the dystonia? in the neck alone"."""
        parts = []
        for question in content.questions:
            words = [one.text for one in question.options if one.id in self.when.get(question.id, ())]
            if words:
                parts.append(f"{question.ask} {', or '.join(words)}")
        return "; ".join(parts)

    def applies(self, answers: Mapping[str, frozenset[str]]) -> bool:
        """Whether it follows from the answers, each a set of option ids by the question's id."""

        def has(question: str, wanted: tuple[str, ...]) -> bool:
            return bool(answers.get(question, frozenset()) & set(wanted))

        return all(has(*one) for one in self.when.items()) and not any(
            has(*one) for one in self.unless.items()
        )


class Content(Part):
    """All that the finder asks and says."""

    questions: Annotated[tuple[Question, ...], listed(least=1)]
    findings: Annotated[tuple[Finding, ...], listed(least=1)]


def read_content(path: Path, shown_as: str, decisions: Mapping[str, Decision]) -> Content:
    """The content of a file, each finding with its decision. Raises ContentError, one line for each mistake."""
    content = read(path, Content, shown_as, lambda found, document: _faults(found, document, decisions))
    for one in content.findings:
        one._decided = decisions.get(one.decision or "")
    return content


def _faults(content: Content, document: Document, decisions: Mapping[str, Decision]) -> Faults:
    options = {one.id: {option.id for option in one.options} for one in content.questions}
    ids = [one.id for one in content.findings]
    for index, one in enumerate(content.findings):
        line = document.line(("findings", index))
        if ids.index(one.id) != index:
            yield line, f"the id '{one.id}' stands twice; choose another"
        for question, wanted in (*one.when.items(), *one.unless.items()):
            if question not in options:
                yield line, f"there is no question '{question}'; {nearest(question, options)}"
                continue
            for answer in wanted:
                if answer not in options[question]:
                    yield (
                        line,
                        f"'{question}' has no answer '{answer}'; {nearest(answer, dict.fromkeys(options[question]))}",
                    )
        if one.decision and one.decision not in decisions:
            yield line, f"no chapter has the decision '{one.decision}'; {nearest(one.decision, decisions)}"
        if not one.text and not one.decision:
            yield line, f"'{one.id}' says nothing; write its text, or name a decision"
        if (one.section == "reach") != bool(one.operation and one.verdict):
            yield (
                line,
                f"'{one.id}': what an operation reaches names operation and verdict, and nothing else does",
            )
        if (one.section == "read") != bool(one.page):
            yield line, f"'{one.id}': what is to be read names its page, and nothing else does"
        for fault in _numbers(one.text or ""):
            yield line, fault


def _numbers(text: str) -> Iterator[str]:
    for found in NUMBER_WITH_ROW.finditer("\n".join(_roles(text))):
        try:
            check_number(found["text"], found["row"])
        except EvidenceError as error:
            yield str(error)


def _roles(text: str) -> Iterator[str]:
    for part in text.split("{est}`")[1:]:
        yield part.partition("`")[0]
