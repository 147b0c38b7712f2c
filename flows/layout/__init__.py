"""Learning the layout of an export nobody has seen: which column is which field, how sure, and why.

Reads headings and cells of any file the intake can open, proposes, and writes what the officer confirmed as a
file of `schemas/layouts`. Deliberately not here: the reading of deliveries, which knows only confirmed names.
"""
