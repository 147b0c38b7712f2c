"""What the rules notice and what they cannot see, measured: every plausible error typed into clean records.

`errors` says how people mistype, `chosen` where each mistake is tried, `typed_in` puts it there, `measure`
counts who noticed, `table` keeps the result (rules/catalogue/coverage.csv) and `statement` says it in words.
Deliberately not here: the clean records and the reading of files; whoever measures brings both along.
"""
