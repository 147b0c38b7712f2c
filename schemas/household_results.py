"""Results of the indicators as the sender states them, one per indicator of the provisional 38-set.

They are never trusted: the tablet app's own scoring has bugs, so a rule compares each with the recomputed
result. Whether an export carries such columns at all is recalled, not confirmed.
"""

from typing import Any

import pandera.polars as pa
import polars as pl

from schemas.fields import yes_no


def _stated(slug: str, th: str, en: str) -> Any:
    return yes_no(f"ผลตัวชี้วัด {th}", f"Stated result: {en}", "recalled", status="recalled", indicator=slug)


class StatedResults(pa.DataFrameModel):
    """True: the sender says the household passes; null: not stated or not applicable."""

    result_birth_weight: pl.Boolean = _stated(
        "birth_weight",
        "เด็กแรกเกิดมีน้ำหนัก 2,500 กรัม ขึ้นไป",
        "birth weight of 2,500 g or more",
    )
    result_exclusive_breastfeeding: pl.Boolean = _stated(
        "exclusive_breastfeeding",
        "เด็กแรกเกิดได้กินนมแม่อย่างเดียวอย่างน้อย 6 เดือนแรกติดต่อกัน",
        "exclusive breast-feeding for 6 months",
    )
    result_vaccination: pl.Boolean = _stated(
        "vaccination",
        "เด็กแรกเกิดถึง 12 ปี ได้รับวัคซีนป้องกันโรคครบตามตารางสร้างเสริมภูมิคุ้มกันโรค",
        "full vaccination",
    )
    result_food_safety: pl.Boolean = _stated(
        "food_safety",
        "ครัวเรือนกินอาหารถูกสุขลักษณะ ปลอดภัย และได้มาตรฐาน",
        "safe food",
    )
    result_annual_checkup: pl.Boolean = _stated(
        "annual_checkup",
        "คนอายุ 35 ปีขึ้นไป ได้รับการตรวจสุขภาพประจำปี",
        "annual check-up",
    )
    result_exercise: pl.Boolean = _stated(
        "exercise",
        "คนอายุ 6 ปีขึ้นไป ออกกำลังกายอย่างน้อยสัปดาห์ละ 3 วัน ๆ ละ 30 นาที",
        "exercise",
    )
    result_self_care: pl.Boolean = _stated(
        "self_care",
        "ครัวเรือนสามารถดูแลตนเอง/สมาชิก เมื่อมีอาการเจ็บป่วยเบื้องต้น และใช้ยาเท่าที่จำเป็น",
        "self-care in minor illness",
    )
    result_housing_secure: pl.Boolean = _stated(
        "housing_secure",
        "ครัวเรือนมีความมั่นคงในที่อยู่อาศัยและบ้านมีสภาพคงทนถาวร",
        "secure and durable housing",
    )
    result_drinking_water: pl.Boolean = _stated(
        "drinking_water",
        "ครัวเรือนมีน้ำสะอาดสำหรับดื่มและบริโภคเพียงพอตลอดปี อย่างน้อยคนละ 5 ลิตรต่อวัน",
        "drinking water",
    )
    result_domestic_water: pl.Boolean = _stated(
        "domestic_water",
        "ครัวเรือนมีน้ำใช้เพียงพอตลอดปี อย่างน้อยคนละ 45 ลิตรต่อวัน",
        "water for use",
    )
    result_tidy_hygienic_home: pl.Boolean = _stated(
        "tidy_hygienic_home",
        "ครัวเรือนมีการจัดบ้านเรือนเป็นระเบียบเรียบร้อย สะอาด และถูกสุขลักษณะ",
        "tidy and hygienic home",
    )
    result_no_pollution: pl.Boolean = _stated(
        "no_pollution",
        "ครัวเรือนไม่ถูกรบกวนจากมลพิษ",
        "not disturbed by pollution",
    )
    result_hazard_prevention: pl.Boolean = _stated(
        "hazard_prevention",
        "ครัวเรือนมีการป้องกันอุบัติภัยและภัยธรรมชาติอย่างถูกวิธี",
        "hazard prevention",
    )
    result_life_property_safety: pl.Boolean = _stated(
        "life_property_safety",
        "ครัวเรือนมีความปลอดภัยในชีวิตและทรัพย์สิน",
        "safety of life and property",
    )
    result_preschool_care: pl.Boolean = _stated(
        "preschool_care",
        "เด็กอายุ 3-5 ปี ได้รับบริการเลี้ยงดูเตรียมความพร้อมก่อนวัยเรียน",
        "pre-school care",
    )
    result_compulsory_education: pl.Boolean = _stated(
        "compulsory_education",
        "เด็กอายุ 6-14 ปี ได้รับการศึกษาภาคบังคับ 9 ปี",
        "compulsory education",
    )
    result_continue_m4: pl.Boolean = _stated(
        "continue_m4",
        "เด็กจบชั้น ม.3 ได้เรียนต่อชั้น ม.4 หรือเทียบเท่า",
        "M.3 leavers go on",
    )
    result_vocational_training: pl.Boolean = _stated(
        "vocational_training",
        "คนที่จบการศึกษาภาคบังคับที่ไม่ได้เรียนต่อและยังไม่มีงานทำ ได้รับการฝึกอบรมด้านอาชีพ",
        "vocational training",
    )
    result_literacy_numeracy: pl.Boolean = _stated(
        "literacy_numeracy",
        "คนอายุ 15-59 ปี อ่าน เขียนภาษาไทย และคิดเลขอย่างง่ายได้",
        "literacy and numeracy",
    )
    result_job_income_15_59: pl.Boolean = _stated(
        "job_income_15_59",
        "คนอายุ 15-59 ปี มีอาชีพและรายได้",
        "job and income of 15-59",
    )
    result_job_income_60: pl.Boolean = _stated(
        "job_income_60",
        "คนอายุ 60 ปีขึ้นไป มีอาชีพและรายได้",
        "job and income of 60 and over",
    )
    result_income_per_capita: pl.Boolean = _stated(
        "income_per_capita",
        "รายได้เฉลี่ยของคนในครัวเรือนต่อปี",
        "income per person",
    )
    result_saving: pl.Boolean = _stated(
        "saving",
        "ครัวเรือนมีการเก็บออมเงิน",
        "household saves",
    )
    result_elderly_care: pl.Boolean = _stated(
        "elderly_care",
        "ผู้สูงอายุได้รับการดูแลจากครอบครัว ชุมชน ภาครัฐ หรือภาคเอกชน",
        "care of older people",
    )
    result_disabled_care: pl.Boolean = _stated(
        "disabled_care",
        "ผู้พิการได้รับการดูแลจากครอบครัว ชุมชน ภาครัฐ หรือภาคเอกชน",
        "care of disabled people",
    )
    result_chronic_care: pl.Boolean = _stated(
        "chronic_care",
        "ผู้ป่วยโรคเรื้อรังได้รับการดูแลจากครอบครัว ชุมชน ภาครัฐ หรือภาคเอกชน",
        "care of the chronically ill",
    )
    result_public_participation: pl.Boolean = _stated(
        "public_participation",
        "ครัวเรือนมีส่วนร่วมทำกิจกรรมสาธารณะเพื่อประโยชน์ของชุมชนหรือท้องถิ่น",
        "community participation",
    )
    result_family_warmth: pl.Boolean = _stated(
        "family_warmth",
        "ครอบครัวมีความอบอุ่น",
        "family warmth",
    )
    result_no_alcohol: pl.Boolean = _stated(
        "no_alcohol",
        "คนในครัวเรือนไม่ดื่มสุรา",
        "nobody drinks",
    )
    result_no_smoking: pl.Boolean = _stated(
        "no_smoking",
        "คนในครัวเรือนไม่สูบบุหรี่",
        "nobody smokes",
    )
    result_religious_practice: pl.Boolean = _stated(
        "religious_practice",
        "คนอายุ 6 ปีขึ้นไป ปฏิบัติกิจกรรมทางศาสนาอย่างน้อยสัปดาห์ละ 1 ครั้ง",
        "weekly religious practice",
    )
