"""Indicators 8-14 of the 2560-64 form: home, water, tidiness, pollution, hazards, safety from crime.

Names say what `true` means. The tablet app reversed the codes of items 14.5 and 14.6; here `home_intruded`
and `other_crime` are true when it happened, and `no_killing` … are true when it did not.
"""

import pandera.polars as pa
import polars as pl

from schemas.fields import baht, code, count, yes_no


class Home(pa.DataFrameModel):
    """A secure, durable, tidy home with enough water."""

    housing_secure_1: pl.Boolean = yes_no(
        "ครัวเรือนมีความมั่นคงในที่อยู่อาศัย", "Secure in the home", "S4 8.1", indicator="housing_secure"
    )
    housing_secure_2: pl.Boolean = yes_no(
        "บ้านมีสภาพคงทนถาวร", "The house is durable", "S4 8.2", indicator="housing_secure"
    )
    drinking_water_enough: pl.Boolean = yes_no(
        "มีน้ำสะอาดสำหรับดื่มและบริโภคเพียงพอตลอดปี", "Enough clean drinking water all year", "S4 9",
        indicator="drinking_water",
    )  # fmt: skip
    domestic_water_enough: pl.Boolean = yes_no(
        "มีน้ำใช้เพียงพอตลอดปี", "Enough water for use all year", "S4 10", indicator="domestic_water"
    )
    tidy_home_1: pl.Boolean = yes_no(
        "สภาพในบ้านสะอาด จัดเก็บเป็นระเบียบ", "Clean and orderly inside", "S4 11.1",
        indicator="tidy_hygienic_home",
    )  # fmt: skip
    tidy_home_2: pl.Boolean = yes_no(
        "มีที่ประกอบอาหารสะอาดเป็นระเบียบ", "A clean place to cook", "S4 11.2", indicator="tidy_hygienic_home"
    )
    tidy_home_3: pl.Boolean = yes_no(
        "มีที่เก็บน้ำสะอาดสภาพดี มีฝาปิด", "Covered storage of clean water", "S4 11.3",
        indicator="tidy_hygienic_home",
    )  # fmt: skip
    tidy_home_4: pl.Boolean = yes_no(
        "มีการกำจัดสัตว์และแมลงที่เป็นพาหะนำโรค", "Vermin that carry disease are controlled", "S4 11.4",
        indicator="tidy_hygienic_home",
    )  # fmt: skip
    tidy_home_5_1: pl.Boolean = yes_no(
        "มีอุปกรณ์จัดการขยะ", "Has brooms, bins and bags for waste", "S4 11.5.1", indicator="tidy_hygienic_home"
    )
    tidy_home_5_2: pl.Boolean = yes_no(
        "มีการคัดแยกขยะออกเป็น 4 ประเภท", "Waste sorted into 4 kinds", "S4 11.5.2",
        indicator="tidy_hygienic_home",
    )  # fmt: skip
    tidy_home_5_3: pl.Boolean = yes_no(
        "มีการกำจัดขยะแห้ง", "Dry waste disposed of", "S4 11.5.3", indicator="tidy_hygienic_home"
    )
    tidy_home_5_4: pl.Boolean = yes_no(
        "มีการกำจัดขยะเปียกที่ถูกวิธี", "Wet waste disposed of properly", "S4 11.5.4",
        indicator="tidy_hygienic_home",
    )  # fmt: skip
    tidy_home_6: pl.Boolean = yes_no(
        "มีร่องระบายน้ำอยู่ในสภาพดี ไม่มีน้ำขัง", "Drains work and no water stands", "S4 11.6",
        indicator="tidy_hygienic_home",
    )  # fmt: skip
    tidy_home_7: pl.Boolean = yes_no(
        "มีส้วมที่แข็งแรงใช้งานได้สะอาด", "A sound and clean toilet", "S4 11.7", indicator="tidy_hygienic_home"
    )
    tidy_home_8: pl.Boolean = yes_no(
        "มีการจัดเก็บและแยกสารเคมีที่เป็นอันตราย", "Dangerous chemicals kept apart", "S4 11.8",
        indicator="tidy_hygienic_home",
    )  # fmt: skip


class Surroundings(pa.DataFrameModel):
    """Pollution and hazards."""

    no_pollution_1: pl.Boolean = yes_no(
        "ไม่ถูกรบกวนจากเสียงดัง", "Not disturbed by noise", "S4 12.1", indicator="no_pollution"
    )
    no_pollution_2: pl.Boolean = yes_no(
        "ไม่ถูกรบกวนจากความสั่นสะเทือน", "Not disturbed by vibration", "S4 12.2", indicator="no_pollution"
    )
    no_pollution_3: pl.Boolean = yes_no(
        "ไม่ถูกรบกวนจากฝุ่นละออง", "Not disturbed by dust", "S4 12.3", indicator="no_pollution"
    )
    no_pollution_4: pl.Boolean = yes_no(
        "ไม่ถูกรบกวนจากกลิ่นเหม็น", "Not disturbed by smells", "S4 12.4", indicator="no_pollution"
    )
    no_pollution_5: pl.Boolean = yes_no(
        "ไม่ถูกรบกวนจากน้ำเสีย", "Not disturbed by waste water", "S4 12.5", indicator="no_pollution"
    )
    no_pollution_6: pl.Boolean = yes_no(
        "ไม่ถูกรบกวนจากขยะหรือของเสียอันตราย", "Not disturbed by rubbish or hazardous waste", "S4 12.6",
        indicator="no_pollution",
    )  # fmt: skip
    pollution_source: pl.Enum = code(
        "pollution_source", "แหล่งมลพิษที่ครัวเรือนตั้งอยู่ใกล้", "Source of pollution nearby", "S4 12.7"
    )
    hazard_prevention_1: pl.Boolean = yes_no(
        "มีการป้องกันอุบัติภัยเมื่อขับขี่ยานพาหนะ", "Takes care when driving", "S4 13.1(1)",
        indicator="hazard_prevention",
    )  # fmt: skip
    hazard_prevention_2: pl.Boolean = yes_no(
        "มีการป้องกันอุบัติภัยเมื่อใช้เครื่องใช้ไฟฟ้า", "Takes care with electrical appliances", "S4 13.1(2)",
        indicator="hazard_prevention",
    )  # fmt: skip
    hazard_prevention_3: pl.Boolean = yes_no(
        "มีการป้องกันอันตรายหรืออุบัติเหตุจากการประกอบอาชีพ", "Takes care at work", "S4 13.1(3)",
        indicator="hazard_prevention",
    )  # fmt: skip
    hazard_prevention_4: pl.Boolean = yes_no(
        "มีการเตรียมความพร้อมเพื่อรับมือกับภัยธรรมชาติ", "Prepared for natural disasters", "S4 13.1(4)",
        indicator="hazard_prevention",
    )  # fmt: skip
    disaster_suffered: pl.Boolean = yes_no("ประสบภัยธรรมชาติ", "Suffered a natural disaster", "S4 13.2")
    disaster_flood: pl.Boolean = yes_no("ประสบอุทกภัย", "Suffered a flood", "S4 13.2.1")
    disaster_storm: pl.Boolean = yes_no("ประสบวาตภัย", "Suffered a storm", "S4 13.2.1")
    disaster_fire: pl.Boolean = yes_no("ประสบอัคคีภัย", "Suffered a fire", "S4 13.2.1")
    disaster_landslide: pl.Boolean = yes_no("ประสบดินโคลนถล่ม", "Suffered a landslide", "S4 13.2.1")
    disaster_earthquake: pl.Boolean = yes_no("ประสบแผ่นดินไหว", "Suffered an earthquake", "S4 13.2.1")
    work_injury_count: pl.Int64 = count(
        "จำนวนคนที่เจ็บป่วยจากการทำงานจนต้องหยุดงาน", "Kept from work by injury or illness from work", "S4 13.3"
    )


class Safety(pa.DataFrameModel):
    """Safety of life and property over the past year."""

    no_killing: pl.Boolean = yes_no(
        "ไม่มีคนถูกฆ่าตาย", "Nobody was killed", "S4 14.1", indicator="life_property_safety"
    )
    no_assault: pl.Boolean = yes_no(
        "ไม่มีคนถูกทำร้ายร่างกาย กระทำอนาจาร หรือข่มขืน", "Nobody was assaulted", "S4 14.2",
        indicator="life_property_safety",
    )  # fmt: skip
    no_property_loss: pl.Boolean = yes_no(
        "ไม่มีคนถูกประทุษร้ายต่อทรัพย์", "Nobody lost property to crime", "S4 14.3",
        indicator="life_property_safety",
    )  # fmt: skip
    property_loss_baht: pl.Int64 = baht("มูลค่าทรัพย์สินที่เสียไป", "Value of property lost", "S4 14.3")
    home_intruded: pl.Boolean = yes_no(
        "ถูกบุกรุกที่อยู่อาศัย", "The home was intruded upon", "S4 14.5", indicator="life_property_safety"
    )
    other_crime: pl.Boolean = yes_no(
        "มีอาชญากรรมอื่น ๆ ที่เกี่ยวกับชีวิตและทรัพย์สิน", "Suffered another crime", "S4 14.6",
        indicator="life_property_safety",
    )  # fmt: skip
