"""What a page of the course owes its readers, as rules: a page in, its faults out, each with its line and its cure.

``python -m book.content`` tells every fault of the chapters in seconds, without a built book; the tests ask the same.

>>> from book.content.page import Page
>>> from book.content.words import spelling
>>> [str(fault) for fault in spelling(Page("outcomes/benefits", "# Title\\n\\nThe colored head."))]
['chapters/outcomes/benefits.md:3: “colored” is not British: spell it as in the other chapters']
"""
