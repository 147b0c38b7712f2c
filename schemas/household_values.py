"""Indicators 24-31 of the 2560-64 form (alcohol to family warmth), then two blocks that are no indicators.

True is what the name says: `nobody_drinks`, `lives_alone`. Whether an answer suits the roster is a rule's
question.
"""

import pandera.polars as pa
import polars as pl

from schemas.fields import baht, count, number, yes_no


class Habits(pa.DataFrameModel):
    """Alcohol, tobacco, religious practice."""

    nobody_drinks: pl.Boolean = yes_no("ไม่ดื่มสุราทุกคน", "Nobody drinks", "S4 24", indicator="no_alcohol")
    drinkers_u15_count: pl.Int64 = count(
        "จำนวนผู้ดื่มสุราอายุต่ำกว่า 15 ปี", "Drinkers under 15", "S4 24", indicator="no_alcohol"
    )
    drinkers_15_19_count: pl.Int64 = count(
        "จำนวนผู้ดื่มสุราอายุ 15-19 ปี", "Drinkers of 15-19", "S4 24", indicator="no_alcohol"
    )
    drinkers_20p_count: pl.Int64 = count(
        "จำนวนผู้ดื่มสุราอายุ 20 ปีขึ้นไป", "Drinkers of 20 and over", "S4 24", indicator="no_alcohol"
    )
    main_earner_drinks_per_month: pl.Int64 = number(
        "ผู้หารายได้หลักดื่มสุราเฉลี่ยเดือนละกี่ครั้ง", "Times a month the main earner drinks", "S4 24", low=0,
        unit="times per month",
    )  # fmt: skip
    nobody_smokes: pl.Boolean = yes_no("ไม่สูบบุหรี่ทุกคน", "Nobody smokes", "S4 25", indicator="no_smoking")
    smokers_count: pl.Int64 = count("จำนวนผู้สูบบุหรี่", "Smokers", "S4 25", indicator="no_smoking")
    main_earner_smokes: pl.Boolean = yes_no("ผู้หารายได้หลักสูบบุหรี่", "The main earner smokes", "S4 25")
    age6_count: pl.Int64 = count(
        "จำนวนคนอายุ 6 ปีขึ้นไป", "People of 6 and over", "S4 26", indicator="religious_practice"
    )
    practice_all: pl.Boolean = yes_no(
        "คนอายุ 6 ปีขึ้นไป ปฏิบัติกิจกรรมทางศาสนาอย่างน้อยสัปดาห์ละ 1 ครั้ง ทุกคน",
        "All of 6 and over practise weekly", "S4 26", indicator="religious_practice",
    )  # fmt: skip
    practice_not_count: pl.Int64 = count(
        "จำนวนคนอายุ 6 ปีขึ้นไป ที่ไม่ปฏิบัติกิจกรรมทางศาสนา", "Of 6 and over who do not practise weekly", "S4 26",
        indicator="religious_practice",
    )  # fmt: skip


class Care(pa.DataFrameModel):
    """Care of older, disabled and chronically ill people."""

    age60_count: pl.Int64 = count(
        "จำนวนผู้สูงอายุ (60 ปีขึ้นไป)", "People of 60 and over", "S4 27.1", indicator="elderly_care"
    )
    elderly_care_all: pl.Boolean = yes_no(
        "ผู้สูงอายุได้รับการดูแล ทุกคน", "All older people are cared for", "S4 27.2", indicator="elderly_care"
    )
    elderly_care_not_count: pl.Int64 = count(
        "จำนวนผู้สูงอายุที่ไม่ได้รับการดูแล", "Older people not cared for", "S4 27.2", indicator="elderly_care"
    )
    disabled_count: pl.Int64 = count("จำนวนผู้พิการ", "Disabled people", "S4 28.1", indicator="disabled_care")
    disability_card_all: pl.Boolean = yes_no(
        "ผู้พิการมีบัตรประจำตัวคนพิการ ทุกคน", "All disabled people hold the card", "S4 28.2"
    )
    disability_card_not_count: pl.Int64 = count(
        "จำนวนผู้พิการที่ไม่มีบัตรประจำตัวคนพิการ", "Disabled people without the card", "S4 28.2"
    )
    disabled_care_all: pl.Boolean = yes_no(
        "ผู้พิการได้รับการดูแล ทุกคน", "All disabled people are cared for", "S4 28.3", indicator="disabled_care"
    )
    disabled_care_not_count: pl.Int64 = count(
        "จำนวนผู้พิการที่ไม่ได้รับการดูแล", "Disabled people not cared for", "S4 28.3", indicator="disabled_care"
    )
    chronic_count: pl.Int64 = count(
        "จำนวนผู้ป่วยโรคเรื้อรัง", "Chronically ill people", "S4 29.1", indicator="chronic_care"
    )
    chronic_care_all: pl.Boolean = yes_no(
        "ผู้ป่วยโรคเรื้อรังได้รับการดูแล ทุกคน", "All chronically ill are cared for", "S4 29.2",
        indicator="chronic_care",
    )  # fmt: skip
    chronic_care_not_count: pl.Int64 = count(
        "จำนวนผู้ป่วยโรคเรื้อรังที่ไม่ได้รับการดูแล", "Chronically ill not cared for", "S4 29.2",
        indicator="chronic_care",
    )  # fmt: skip


class Together(pa.DataFrameModel):
    """Taking part in the community; family warmth, in its two branches (two or more members, or alone)."""

    participates: pl.Boolean = yes_no(
        "มีส่วนร่วมทำกิจกรรมสาธารณะเพื่อประโยชน์ของชุมชนหรือท้องถิ่น", "Takes part in community activities", "S4 30",
        indicator="public_participation",
    )  # fmt: skip
    lives_alone: pl.Boolean = yes_no("อยู่คนเดียว", "Lives alone", "S4 31", indicator="family_warmth")
    warmth_together: pl.Boolean = yes_no(
        "สมาชิกในครอบครัวมีเวลาอยู่พร้อมหน้าและทำกิจกรรมร่วมกัน", "Time together weekly or four times a month",
        "S4 31.1(1)", indicator="family_warmth",
    )  # fmt: skip
    warmth_respect: pl.Boolean = yes_no(
        "สมาชิกในครอบครัวเคารพนับถือกันและไม่ทะเลาะเบาะแว้งรุนแรง", "Respect and no severe quarrels", "S4 31.1(2)",
        indicator="family_warmth",
    )  # fmt: skip
    warmth_consult: pl.Boolean = yes_no(
        "สมาชิกในครอบครัวปรึกษาหารือและช่วยเหลือซึ่งกันและกัน", "Consult and help each other", "S4 31.1(3)",
        indicator="family_warmth",
    )  # fmt: skip
    alone_visited: pl.Boolean = yes_no(
        "กรณีอยู่คนเดียว มีการเยี่ยมเยือนระหว่างญาติอย่างน้อยปีละ 1 ครั้ง", "Living alone: visits at least once a year",
        "S4 31.2(1)", indicator="family_warmth",
    )  # fmt: skip
    alone_happy: pl.Boolean = yes_no(
        "กรณีอยู่คนเดียว ดำรงชีวิตได้อย่างมีความสุข", "Living alone: lives happily", "S4 31.2(2)",
        indicator="family_warmth",
    )  # fmt: skip


class Funds(pa.DataFrameModel):
    """Women's development fund and community livelihood training; collected, but no indicators."""

    fund_member_count: pl.Int64 = count(
        "จำนวนสมาชิกกองทุนพัฒนาบทบาทสตรี", "Members of the women's development fund", "S4 32.1"
    )
    fund_loan_person_count: pl.Int64 = count(
        "จำนวนคนที่ได้รับเงินทุนหมุนเวียนกองทุนพัฒนาบทบาทสตรี",
        "Received money of the women's development fund",
        "S4 32.2",
    )
    fund_loan_baht: pl.Int64 = baht(
        "เงินทุนหมุนเวียนกองทุนพัฒนาบทบาทสตรีที่ได้รับ", "Money received of the women's development fund", "S4 32.2"
    )
    livelihood_training_count: pl.Int64 = count(
        "จำนวนคนที่ได้รับการอบรมสัมมาชีพชุมชน", "Had community livelihood training", "S4 33.1"
    )
    livelihood_income_baht: pl.Int64 = baht(
        "รายได้จากการประกอบสัมมาชีพชุมชน", "Income from community livelihood", "S4 33.3"
    )
