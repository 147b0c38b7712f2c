"""Indicators 20-23 of the 2560-64 form: work, income, expenditure, loans, debt, saving, welfare.

Income is per household and component, over the past year, in whole baht. Totals and the per-person income are
kept as the device stored them; the pipeline always recomputes (`rules`).
"""

import pandera.polars as pa
import polars as pl

from schemas.fields import baht, count, text, yes_no


class Work(pa.DataFrameModel):
    """Jobs and income of 15-59 and of 60 and over, without students and dependent disabled people."""

    job_15_59_count: pl.Int64 = count(
        "จำนวนคนอายุ 15-59 ปี ที่ต้องมีอาชีพ (ไม่นับผู้กำลังศึกษาและคนพิการที่ช่วยตัวเองไม่ได้)",
        "Of 15-59, without students and dependent disabled people", "S4 20.1", indicator="job_income_15_59",
    )  # fmt: skip
    job_15_59_all: pl.Boolean = yes_no(
        "คนอายุ 15-59 ปี มีอาชีพและมีรายได้ ทุกคน", "All of 15-59 have a job and an income", "S4 20.2",
        indicator="job_income_15_59",
    )  # fmt: skip
    no_job_no_income_15_59_count: pl.Int64 = count(
        "จำนวนคนอายุ 15-59 ปี ที่ไม่มีอาชีพและไม่มีรายได้", "Of 15-59 with neither job nor income", "S4 20.2",
        indicator="job_income_15_59",
    )  # fmt: skip
    no_job_with_income_15_59_count: pl.Int64 = count(
        "จำนวนคนอายุ 15-59 ปี ที่ไม่มีอาชีพแต่มีรายได้", "Of 15-59 with income but no job", "S4 20.2",
        indicator="job_income_15_59",
    )  # fmt: skip
    want_job_15_59_count: pl.Int64 = count(
        "จำนวนคนอายุ 15-59 ปี ที่ไม่มีอาชีพและสมัครใจจะประกอบอาชีพ", "Of 15-59 who want a job", "S4 20.3"
    )
    job_60_count: pl.Int64 = count(
        "จำนวนคนอายุ 60 ปีขึ้นไป (ไม่นับคนพิการที่ช่วยตัวเองไม่ได้)",
        "Of 60 and over, without dependent disabled people", "S4 21.1", indicator="job_income_60",
    )  # fmt: skip
    job_60_all: pl.Boolean = yes_no(
        "คนอายุ 60 ปีขึ้นไป มีอาชีพและมีรายได้ ทุกคน", "All of 60 and over have a job and an income", "S4 21.2",
        indicator="job_income_60",
    )  # fmt: skip
    no_job_no_income_60_count: pl.Int64 = count(
        "จำนวนคนอายุ 60 ปีขึ้นไป ที่ไม่มีอาชีพและไม่มีรายได้", "Of 60 and over with neither job nor income",
        "S4 21.2", indicator="job_income_60",
    )  # fmt: skip
    no_job_with_income_60_count: pl.Int64 = count(
        "จำนวนคนอายุ 60 ปีขึ้นไป ที่ไม่มีอาชีพแต่มีรายได้", "Of 60 and over with income but no job", "S4 21.2",
        indicator="job_income_60",
    )  # fmt: skip
    otop_60_count: pl.Int64 = count(
        "จำนวนคนอายุ 60 ปีขึ้นไป ที่มีรายได้จากการผลิตสินค้า OTOP", "Of 60 and over earning from OTOP goods", "S4 21.3"
    )
    want_job_60_count: pl.Int64 = count(
        "จำนวนคนอายุ 60 ปีขึ้นไป ที่ไม่มีอาชีพและสมัครใจจะประกอบอาชีพ", "Of 60 and over who want a job", "S4 21.4"
    )


class Income(pa.DataFrameModel):
    """The four components of income, their stated total and per-person value; expenditure."""

    income_main_baht: pl.Int64 = baht(
        "รายได้จากอาชีพหลักของทุกคนในครัวเรือน", "Income from main occupations", "S4 22.1(1)", required=True,
        indicator="income_per_capita",
    )  # fmt: skip
    income_secondary_baht: pl.Int64 = baht(
        "รายได้จากอาชีพรอง/อาชีพเสริมของทุกคนในครัวเรือน", "Income from secondary occupations", "S4 22.1(2)",
        required=True, indicator="income_per_capita",
    )  # fmt: skip
    income_other_baht: pl.Int64 = baht(
        "รายได้อื่น ๆ", "Other income: remittances, rent, interest, pensions, allowances, dividends",
        "S4 22.1(3)", required=True, indicator="income_per_capita",
    )  # fmt: skip
    income_own_produce_baht: pl.Int64 = baht(
        "รายได้จากการทำ/ปลูก/เลี้ยงสัตว์/หาไว้กินเอง คิดเป็นเงิน", "Own produce valued in baht", "S4 22.1(4)",
        required=True, indicator="income_per_capita",
    )  # fmt: skip
    income_total_baht: pl.Int64 = baht(
        "รวมรายได้ทั้งหมดของครัวเรือน", "Total income as stated", "S4 22.1(5)", indicator="income_per_capita"
    )
    income_per_capita_baht: pl.Int64 = baht(
        "รายได้เฉลี่ยคนละ", "Income per person as stated (whole baht, floored)", "S4 22.1",
        unit="baht per person", indicator="income_per_capita",
    )  # fmt: skip
    expense_production_baht: pl.Int64 = baht("รายจ่ายต้นทุนการผลิต", "Cost of production", "S4 22.2(1)")
    expense_necessary_baht: pl.Int64 = baht("รายจ่ายอุปโภคบริโภคที่จำเป็น", "Necessary consumption", "S4 22.2(2)")
    expense_unnecessary_baht: pl.Int64 = baht(
        "รายจ่ายอุปโภคบริโภคที่ไม่จำเป็น", "Unnecessary consumption", "S4 22.2(3)"
    )
    expense_debt_service_baht: pl.Int64 = baht(
        "รายจ่ายในการชำระหนี้สิน", "Repayment of debt, principal and interest", "S4 22.2(4)"
    )
    expense_total_baht: pl.Int64 = baht(
        "รวมรายจ่ายทั้งหมดของครัวเรือน", "Total expenditure as stated", "S4 22.2(5)"
    )


class LoansAndDebts(pa.DataFrameModel):
    """Loans received by source, whether they were enough, and what is owed to whom."""

    loan_any: pl.Boolean = yes_no("ครัวเรือนกู้เงิน", "The household borrowed", "S4 22.3.1")
    loan_src_1_baht: pl.Int64 = baht(
        "เงินกู้จากกลุ่มออมทรัพย์เพื่อการผลิต", "Loan from a savings group", "S4 22.3.1(1)"
    )
    loan_src_2_baht: pl.Int64 = baht("เงินกู้จากสหกรณ์", "Loan from a co-operative", "S4 22.3.1(2)")
    loan_src_3_baht: pl.Int64 = baht(
        "เงินกู้จากธนาคารเพื่อการเกษตรและสหกรณ์", "Loan from the agricultural bank", "S4 22.3.1(3)"
    )
    loan_src_4_baht: pl.Int64 = baht(
        "เงินกู้จากธนาคารออมสิน/กรุงไทย/อิสลาม/SME", "Loan from another state bank", "S4 22.3.1(4)"
    )
    loan_src_5_baht: pl.Int64 = baht(
        "เงินกู้จากธนาคารพาณิชย์อื่น ๆ", "Loan from another commercial bank", "S4 22.3.1(5)"
    )
    loan_src_6_baht: pl.Int64 = baht(
        "เงินกู้จากสถาบันการเงินที่สนับสนุนภาคอุตสาหกรรม", "Loan from an industrial finance body", "S4 22.3.1(6)"
    )
    loan_src_7_baht: pl.Int64 = baht(
        "เงินกู้จากร้านค้า/พ่อค้า/แม่ค้า/นายทุน", "Loan from a shop, trader or lender", "S4 22.3.1(7)"
    )
    loan_src_8_baht: pl.Int64 = baht("เงินทุนหมุนเวียนจากทางราชการ", "Government revolving fund", "S4 22.3.1(8)")
    loan_src_9_baht: pl.Int64 = baht("เงินกู้จากแหล่งอื่น ๆ", "Loan from elsewhere", "S4 22.3.1(9)")
    loan_enough: pl.Boolean = yes_no("ได้รับเงินกู้อย่างเพียงพอ", "The loans were enough", "S4 22.3.2")
    loan_needed_baht: pl.Int64 = baht("จำนวนเงินกู้ที่ต้องการเพิ่ม", "Further loan wanted", "S4 22.3.2")
    debt_formal_count: pl.Int64 = count(
        "จำนวนคนที่มีหนี้ผ่านสถาบันการเงิน", "Owe to financial institutions", "S4 22.4(1)"
    )
    debt_formal_baht: pl.Int64 = baht("หนี้ผ่านสถาบันการเงิน", "Debt to financial institutions", "S4 22.4(1)")
    debt_fund_count: pl.Int64 = count("จำนวนคนที่มีหนี้กองทุนชุมชน", "Owe to community funds", "S4 22.4(2)")
    debt_fund_baht: pl.Int64 = baht("หนี้สินของกองทุนชุมชน", "Debt to community funds", "S4 22.4(2)")
    debt_informal_count: pl.Int64 = count("จำนวนคนที่มีหนี้นอกระบบ", "Owe to informal lenders", "S4 22.4(3)")
    debt_informal_baht: pl.Int64 = baht("หนี้นอกระบบ", "Debt to informal lenders", "S4 22.4(3)")


class SavingAndWelfare(pa.DataFrameModel):
    """Forms of saving (or none), the amount of a year, and welfare received."""

    saving_1: pl.Boolean = yes_no("ออมเป็นเงินสด", "Saves in cash", "S4 23.1(1)", indicator="saving")
    saving_2: pl.Boolean = yes_no(
        "ออมเป็นเงินฝากธนาคาร", "Saves in bank deposits", "S4 23.1(2)", indicator="saving"
    )
    saving_3: pl.Boolean = yes_no(
        "ออมเป็นเงินฝากสหกรณ์", "Saves in co-operative deposits", "S4 23.1(3)", indicator="saving"
    )
    saving_4: pl.Boolean = yes_no(
        "ออมเป็นเงินฝากกลุ่มออมทรัพย์", "Saves in a savings group", "S4 23.1(4)", indicator="saving"
    )
    saving_5: pl.Boolean = yes_no(
        "ออมเป็นเงินฝากกองทุนชุมชน", "Saves in a community fund", "S4 23.1(5)", indicator="saving"
    )
    saving_6: pl.Boolean = yes_no(
        "ออมกับกองทุนการออมแห่งชาติ (กอช.)",
        "Saves in the National Savings Fund",
        "S4 23.1(6)",
        indicator="saving",
    )
    saving_7: pl.Boolean = yes_no("ทำประกันชีวิต", "Saves by life insurance", "S4 23.1(7)", indicator="saving")
    saving_8: pl.Boolean = yes_no("ซื้อพันธบัตร", "Saves in bonds", "S4 23.1(8)", indicator="saving")
    saving_9: pl.Boolean = yes_no("ซื้อทองคำ", "Saves in gold", "S4 23.1(9)", indicator="saving")
    saving_10: pl.Boolean = yes_no(
        "ซื้อบ้านหรือที่ดิน", "Saves in a house or land", "S4 23.1(10)", indicator="saving"
    )
    saving_11: pl.Boolean = yes_no(
        "ออมในรูปแบบอื่น ๆ", "Saves in another form", "S4 23.1(11)", indicator="saving"
    )
    saving_none: pl.Boolean = yes_no("ไม่มีการออมเงิน", "Saves nothing", "S4 23.1(12)", indicator="saving")
    saving_amount_baht: pl.Int64 = baht("จำนวนเงินออมต่อปี", "Saved in the past year", "S4 23.2")
    welfare_card_holder_count: pl.Int64 = count(
        "จำนวนผู้ถือบัตรสวัสดิการแห่งรัฐ", "Holders of the state welfare card", "S4 23.3"
    )
    state_welfare: pl.Boolean = yes_no("ได้รับการจัดสวัสดิการจากรัฐ", "Receives state welfare", "S4 23.4")
    state_welfare_text: pl.String = text("สวัสดิการจากรัฐ (ระบุ)", "Which state welfare", "S4 23.4")
    community_welfare: pl.Boolean = yes_no("ได้รับการจัดสวัสดิการจากชุมชน", "Receives community welfare", "S4 23.5")
    community_welfare_text: pl.String = text("สวัสดิการจากชุมชน (ระบุ)", "Which community welfare", "S4 23.5")
