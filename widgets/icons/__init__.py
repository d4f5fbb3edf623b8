"""A share of people drawn as icons, from a row of the evidence: part and whole in one picture.

>>> from widgets.icons import icon_array
>>> icon_array("munchau2001swallow-dysphagia", what="had new trouble swallowing")  # doctest: +SKIP

Filled from the bottom, row by row; whole icons only; told by filling and by words, never by colour alone. Rules
and their sources: Zikmund-Fisher and colleagues 2025, doi 10.1177/0272989X251346811.
"""

from __future__ import annotations

from widgets.icons.markup import IconArray, icon_array, not_known
from widgets.icons.share import Of, Share, share_of

__all__ = ["IconArray", "Of", "Share", "icon_array", "not_known", "share_of"]
