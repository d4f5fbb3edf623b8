"""Holds the words around a bound number against its row: who was counted, in what unit, when, and who judged.

A sentence and the rows that it is bound to go in; what comes out says which word claims more than any of these rows.
The rules know nothing of pages. They judge words that can be judged by a rule; what they let pass, a reader must read.
"""

from evidence.wording.claims import Bound, Contradiction
from evidence.wording.rules import RULES, contradictions

__all__ = ["RULES", "Bound", "Contradiction", "contradictions"]
