"""The structural rules (``rules/catalogue/structure``) by what the intake finds.

Only their ids: sentences, severities and reasons stand in the rules' own files.
"""

NOT_READABLE = "ST001"
NOT_IN_LIST = "ST002"
NO_SUCH_DATE = "ST003"
LOST_DIGITS = "ST004"
TOTAL_ROW = "ST005"
NUMBER_IMPOSSIBLE = "ST006"
CHRISTIAN_ERA = "ST007"
OUTSIDE_AREA = "ST008"
WRONG_ROUND = "ST009"
UNKNOWN_COLUMN = "ST010"
COLUMN_TWICE = "ST011"
MISSING_COLUMN = "ST012"
SAME_FILE_TWICE = "ST013"
ROW_SET_ASIDE = "ST015"
REQUIRED_EMPTY = "ST016"
VALUES_DIFFER = "ST018"
SHORT_YEAR = "ST019"
SHEET_FULL = "ST020"
