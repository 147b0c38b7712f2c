"""Indicators 1-7 of the 2560-64 form but vaccination, and self-care, no. 8 of the newer form.

A denominator (`…_count` of an age group) is what the household answered; the roster's own count is a rule's
business. "All" answers and "not" counts are kept apart exactly as asked, contradictions included.
"""

import pandera.polars as pa
import polars as pl

from schemas.fields import count, yes_no


class Infants(pa.DataFrameModel):
    """Birth weight, breast-feeding and vaccination."""

    child_u1_count: pl.Int64 = count(
        "จำนวนเด็กอายุต่ำกว่า 1 ปี", "Children under 1 year", "S4 1.1", indicator="birth_weight"
    )
    birth_weight_all_ok: pl.Boolean = yes_no(
        "เด็กอายุต่ำกว่า 1 ปี มีน้ำหนักแรกเกิดไม่น้อยกว่า 2,500 กรัม ทุกคน",
        "All children under 1 weighed at least 2,500 g at birth", "S4 1.2", indicator="birth_weight",
    )  # fmt: skip
    low_birth_weight_count: pl.Int64 = count(
        "จำนวนเด็กที่มีน้ำหนักแรกเกิดน้อยกว่า 2,500 กรัม",
        "Children under 2,500 g at birth", "S4 1.2", indicator="birth_weight",
    )  # fmt: skip
    child_u6m_count: pl.Int64 = count(
        "จำนวนเด็กอายุน้อยกว่า 6 เดือน", "Children under 6 months", "S4 2.1",
        indicator="exclusive_breastfeeding",
    )  # fmt: skip
    bf_u6m_all: pl.Boolean = yes_no(
        "เด็กอายุน้อยกว่า 6 เดือน ได้กินนมแม่อย่างเดียวจนถึงวันที่สำรวจ ทุกคน",
        "All children under 6 months fed only breast milk so far", "S4 2.2",
        indicator="exclusive_breastfeeding",
    )  # fmt: skip
    bf_u6m_not_count: pl.Int64 = count(
        "จำนวนเด็กอายุน้อยกว่า 6 เดือน ที่ไม่ได้กินนมแม่อย่างเดียว",
        "Children under 6 months not fed only breast milk", "S4 2.2", indicator="exclusive_breastfeeding",
    )  # fmt: skip
    child_6_12m_count: pl.Int64 = count(
        "จำนวนเด็กอายุ 6 เดือน ถึง 1 ปี", "Children of 6-12 months", "S4 2.3",
        indicator="exclusive_breastfeeding",
    )  # fmt: skip
    bf_6_12m_all: pl.Boolean = yes_no(
        "เด็กอายุ 6 เดือน ถึง 1 ปี ได้กินนมแม่อย่างเดียว 6 เดือนแรกติดต่อกัน ทุกคน",
        "All children of 6-12 months fed only breast milk for their first 6 months", "S4 2.4",
        indicator="exclusive_breastfeeding",
    )  # fmt: skip
    bf_6_12m_not_count: pl.Int64 = count(
        "จำนวนเด็กอายุ 6 เดือน ถึง 1 ปี ที่ไม่ได้กินนมแม่อย่างเดียว 6 เดือนแรก",
        "Children of 6-12 months not fed only breast milk for their first 6 months", "S4 2.4",
        indicator="exclusive_breastfeeding",
    )  # fmt: skip


class Food(pa.DataFrameModel):
    """Food safety, medicine use (2560-64 form) and self-care (2566-70 form); true is the healthy answer."""

    food_safety_1: pl.Boolean = yes_no(
        "กินอาหารบรรจุสำเร็จที่มีเครื่องหมาย อย.", "Packed food eaten bears the FDA mark", "S4 4.1",
        indicator="food_safety",
    )  # fmt: skip
    food_safety_2: pl.Boolean = yes_no(
        "กินเนื้อสัตว์ที่ทำให้สุกด้วยความร้อน", "Meat is cooked through", "S4 4.2", indicator="food_safety"
    )
    food_safety_3: pl.Boolean = yes_no(
        "กินผักปลอดสารพิษหรือล้างผักอย่างถูกวิธี", "Vegetables are residue-free or well washed", "S4 4.3",
        indicator="food_safety",
    )  # fmt: skip
    food_safety_4: pl.Boolean = yes_no(
        "ล้างมือก่อนกินอาหารและใช้ช้อนกลาง", "Hands washed before meals and serving spoons used", "S4 4.4",
        indicator="food_safety",
    )  # fmt: skip
    medicine_use_1: pl.Boolean = yes_no("ใช้ยาสามัญประจำบ้าน", "Uses household medicines", "S4 5.1")
    medicine_use_2: pl.Boolean = yes_no(
        "ไม่กินยาชุดที่ซื้อจากร้านขายของชำ", "Takes no mixed packs of drugs from grocers", "S4 5.2"
    )
    medicine_use_3: pl.Boolean = yes_no(
        "ไม่กินยาสมุนไพรหรือยาแผนโบราณที่ไม่ได้ปรุงขึ้นเฉพาะสำหรับตน",
        "Takes no herbal or traditional medicine not prepared for the person", "S4 5.3",
    )  # fmt: skip
    medicine_use_4: pl.Boolean = yes_no(
        "ไม่กินผลิตภัณฑ์เสริมอาหารที่อวดอ้างสรรพคุณเกินจริง",
        "Takes no supplements with exaggerated claims", "S4 5.4",
    )  # fmt: skip
    self_care_1: pl.Boolean = yes_no(
        "ใช้ยาสามัญประจำบ้าน ยาแผนปัจจุบัน ยาแผนโบราณ หรือสมุนไพร เท่าที่จำเป็น",
        "Uses household, modern, traditional or herbal medicines only as needed", "S1 8.1",
        indicator="self_care",
    )  # fmt: skip
    self_care_2: pl.Boolean = yes_no(
        "วัดอุณหภูมิ ความดันโลหิต และชีพจรได้", "Can take temperature, blood pressure and pulse", "S1 8.2",
        indicator="self_care",
    )  # fmt: skip
    self_care_3: pl.Boolean = yes_no(
        "ไม่ใช้ผลิตภัณฑ์เสริมอาหารที่โฆษณาเกินจริง", "Uses no over-claiming supplements", "S1 8.3",
        indicator="self_care",
    )  # fmt: skip
    self_care_4: pl.Boolean = yes_no(
        "แจ้งอาการเจ็บป่วย โรคประจำตัว หรือการแพ้ยา แก่เจ้าหน้าที่สาธารณสุข",
        "Tells the health worker of illness, chronic disease or drug allergy", "S1 8.4",
        indicator="self_care",
    )  # fmt: skip


class Checkups(pa.DataFrameModel):
    """Rights to treatment, facilities used, check-ups from 35, exercise from 6."""

    insurance_private_count: pl.Int64 = count(
        "จำนวนคนที่มีประกันสุขภาพเอกชน", "With private health insurance", "S4 6.1(1)"
    )
    insurance_civil_count: pl.Int64 = count(
        "จำนวนคนที่มีสิทธิข้าราชการ", "With the civil servants' right", "S4 6.1(2)"
    )
    insurance_social_count: pl.Int64 = count("จำนวนคนที่มีสิทธิประกันสังคม", "With social security", "S4 6.1(3)")
    insurance_universal_count: pl.Int64 = count(
        "จำนวนคนที่มีสิทธิหลักประกันสุขภาพแห่งชาติ", "With universal coverage", "S4 6.1(4)"
    )
    insurance_other_count: pl.Int64 = count(
        "จำนวนคนที่มีสิทธิรักษาพยาบาลอื่น ๆ", "With another right to treatment", "S4 6.1(5)"
    )
    facility_health_centre_count: pl.Int64 = count(
        "จำนวนคนที่ใช้บริการโรงพยาบาลส่งเสริมสุขภาพตำบล", "Used the tambon health centre", "S4 6.2(1)"
    )
    facility_state_hospital_count: pl.Int64 = count(
        "จำนวนคนที่ใช้บริการโรงพยาบาลของรัฐ", "Used a state hospital", "S4 6.2(2)"
    )
    facility_private_hospital_count: pl.Int64 = count(
        "จำนวนคนที่ใช้บริการโรงพยาบาลเอกชน", "Used a private hospital", "S4 6.2(3)"
    )
    facility_clinic_count: pl.Int64 = count("จำนวนคนที่ใช้บริการคลินิก", "Used a clinic", "S4 6.2(4)")
    facility_other_count: pl.Int64 = count(
        "จำนวนคนที่ใช้บริการสถานพยาบาลอื่น ๆ", "Used another facility", "S4 6.2(5)"
    )
    age35_count: pl.Int64 = count(
        "จำนวนคนอายุ 35 ปีขึ้นไป", "People of 35 and over", "S4 6.3", indicator="annual_checkup"
    )
    checkup_all: pl.Boolean = yes_no(
        "คนอายุ 35 ปีขึ้นไป ได้รับการตรวจสุขภาพประจำปี ทุกคน", "All of 35 and over had a check-up", "S4 6.4",
        indicator="annual_checkup",
    )  # fmt: skip
    checkup_not_count: pl.Int64 = count(
        "จำนวนคนอายุ 35 ปีขึ้นไป ที่ไม่ได้รับการตรวจสุขภาพประจำปี", "Of 35 and over without a check-up",
        "S4 6.4", indicator="annual_checkup",
    )  # fmt: skip
    screened_all: pl.Boolean = yes_no(
        "คนที่ไม่ได้ตรวจสุขภาพ ได้รับการตรวจคัดกรองเบาหวานและความดันโลหิตสูง ทุกคน",
        "All without a check-up were screened for diabetes and blood pressure", "S4 6.5",
        indicator="annual_checkup",
    )  # fmt: skip
    screened_not_count: pl.Int64 = count(
        "จำนวนคนที่ไม่ได้รับการตรวจคัดกรองเบาหวานและความดันโลหิตสูง",
        "Neither checked nor screened", "S4 6.5", indicator="annual_checkup",
    )  # fmt: skip
    exercise_all: pl.Boolean = yes_no(
        "คนอายุ 6 ปีขึ้นไป ได้ออกกำลังกายหรือออกแรง ทุกคน", "All of 6 and over exercise or exert themselves",
        "S4 7.1", indicator="exercise",
    )  # fmt: skip
    exercised_count: pl.Int64 = count(
        "จำนวนคนที่ได้ออกกำลังกาย", "People who exercise", "S4 7.1", indicator="exercise"
    )
    exerted_count: pl.Int64 = count(
        "จำนวนคนที่ได้ออกแรง/ออกกำลัง", "People who exert themselves at work", "S4 7.1", indicator="exercise"
    )
    neither_count: pl.Int64 = count(
        "จำนวนคนที่ไม่ได้ออกกำลังกายหรือไม่ได้ออกแรง", "People who do neither", "S4 7.1", indicator="exercise"
    )
