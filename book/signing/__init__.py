"""Sign-off of sentences: every place that prints a bound number, read beside its row, with what the reader found.

``python -m book.signing`` counts what is still to be read, ``show`` prints the places of a file, ``record`` takes in
verdicts. What was read stands in ``chapters/signed.csv``; a sentence or a row that changes asks to be read again.
"""
