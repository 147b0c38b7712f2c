"""What people write from habit in other languages, and what to write here instead: Thai, English.

Deliberately not here: when each is shown (syntax.py, operands.py).
"""

from __future__ import annotations

Sentences = tuple[str, str]

WORDS = (
    "if", "then", "and", "or", "not", "in", "between", "is", "missing", "present", "matches", "where", "have",
    "members", "hh", "last", "true", "false",
)  # fmt: skip
FUNCTIONS = ("count", "any", "all", "sum", "min", "max", "only", "years_between", "thai_id_ok")

_AND = ("และ ให้เขียน and", "write and")
_OR = ("หรือ ให้เขียน or", "write or")
_MISSING = (
    "ไม่มีค่า ให้เขียน is missing (ส่วนรหัสชื่อ none ให้เขียน @none)",
    "write is missing (or @none for the code)",
)

# Signs that the grammar does not know, and pairs of signs it reads one by one.
SIGNS: dict[str, Sentences] = {
    "/": (
        "ภาษานี้ไม่มีการหาร ให้คูณอีกฝั่งแทน เช่น income_total_baht >= 40000 * member_count",
        "there is no division; multiply the other side, as in income_total_baht >= 40000 * member_count",
    ),
    "==": ("เท่ากับให้เขียน = ตัวเดียว", "write equality as one ="),
    "<>": ("ไม่เท่ากับให้เขียน !=", "write inequality as !="),
    "'": ('ข้อความให้อยู่ในเครื่องหมาย "…"', 'write text in double quotes "…"'),
    '"': (
        'ข้อความต้องปิดด้วยเครื่องหมาย " ในบรรทัดเดียวกัน',
        'text must be closed by " on the same line',
    ),
    "&": _AND,
    "|": _OR,
    "!": ("ไม่ ให้เขียน not", "write not"),
    ",": ("ตัวเลขไม่ใส่จุลภาค เช่น 40000", "write numbers without commas, as in 40000"),
    "{": ("ชื่อช่องเขียนโดยไม่มีวงเล็บปีกกา", "write the name of a column without braces"),
    "is not": ("มีค่า ให้เขียน is present", "write is present"),
}

# Words that look like a column to the grammar.
NAMES: dict[str, Sentences] = {
    "null": _MISSING,
    "none": _MISSING,
    "na": _MISSING,
    "empty": _MISSING,
    "yes": ("ใช่ ให้เขียน true", "write true"),
    "no": ("ไม่ใช่ ให้เขียน false", "write false"),
}

ROUND: Sentences = ("ภาษานี้ไม่มีการปัดเศษ ให้เทียบจำนวนเต็ม", "there is no rounding; compare whole numbers")
CHAINED: Sentences = (
    "เทียบได้ครั้งละสองค่า ให้เขียน x between 1 and 5 หรือเชื่อมด้วย and",
    "compare two values at a time: write x between 1 and 5, or join with and",
)
LAST_OF: Sentences = (
    "last. ใช้กับชื่อช่องเท่านั้น คือค่าเมื่อปีก่อนของรายการเดียวกัน เช่น last.age",
    "last. goes before a column alone: what the same record had last year, as in last.age",
)
LAST_ALONE: Sentences = (
    "หลัง last ต้องมีชื่อช่อง เช่น last.age ถ้าถามว่ามีข้อมูลปีก่อนไหม ให้เขียน last.household_id is present"
    " (กฎระดับบุคคล: last.national_id is present)",
    "last needs a column, as in last.age; whether there is a record of last year is"
    " last.household_id is present (in a person rule last.national_id is present)",
)
THAI_DIGITS: Sentences = ("ตัวเลขให้ใช้เลขอารบิก 0-9", "write numbers with the digits 0-9")


def lower_case(word: str) -> Sentences | None:
    """What to say of a word of the language in capitals; None for any other word."""
    small = word.lower()
    if word == small or small not in (*WORDS, *FUNCTIONS):
        return None
    return f"คำของภาษานี้เขียนด้วยตัวพิมพ์เล็ก: {small}", f"words of the language are in small letters: {small}"
