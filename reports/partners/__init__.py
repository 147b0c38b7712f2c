"""Exports for partners outside the data team: what each holds is documented, and travels with it.

Three exports: households that are multidimensionally poor (targets), counts of a tambon in five fields
(profile), and a district's own help plan, encrypted (help_plan). Their columns are data (exports.toml), of
which schema pages, JSON schemas and the sheet in each workbook are made. Deliberately not here: reading the
night (flows/partners.py).
"""
