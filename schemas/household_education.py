"""Indicators 15-19 of the 2560-64 form: pre-school to M.3, going on after it, training, literacy.

Counts of children who left school are answers of the household; nothing here compares them with the roster.
"""

import pandera.polars as pa
import polars as pl

from schemas.fields import count, number, yes_no


class Schooling(pa.DataFrameModel):
    """Children of 3-5 and 6-14, and drop-outs of compulsory schooling."""

    child_3_5_count: pl.Int64 = count(
        "จำนวนเด็กอายุ 3-5 ปี", "Children of 3-5", "S4 15.1", indicator="preschool_care"
    )
    preschool_all: pl.Boolean = yes_no(
        "เด็กอายุ 3-5 ปี ได้รับบริการเลี้ยงดูเตรียมความพร้อมก่อนวัยเรียน ทุกคน",
        "All of 3-5 receive pre-school care", "S4 15.2", indicator="preschool_care",
    )  # fmt: skip
    preschool_not_count: pl.Int64 = count(
        "จำนวนเด็กอายุ 3-5 ปี ที่ไม่ได้รับบริการเตรียมความพร้อมก่อนวัยเรียน",
        "Of 3-5 without pre-school care", "S4 15.2", indicator="preschool_care",
    )  # fmt: skip
    child_6_14_count: pl.Int64 = count(
        "จำนวนเด็กอายุ 6-14 ปี", "Children of 6-14", "S4 16.1", indicator="compulsory_education"
    )
    in_school_all: pl.Boolean = yes_no(
        "เด็กอายุ 6-14 ปี ได้เรียนชั้น ป.1-ม.3 ทุกคน", "All of 6-14 attend P.1-M.3", "S4 16.2",
        indicator="compulsory_education",
    )  # fmt: skip
    in_school_not_count: pl.Int64 = count(
        "จำนวนเด็กอายุ 6-14 ปี ที่ไม่ได้เรียนชั้น ป.1-ม.3", "Of 6-14 not attending P.1-M.3", "S4 16.2",
        indicator="compulsory_education",
    )  # fmt: skip
    dropout_count: pl.Int64 = count("จำนวนเด็กชั้น ป.1-ม.3 ที่ออกกลางคัน", "Dropped out of P.1-M.3", "S4 16.3")
    dropout_non_formal_count: pl.Int64 = count(
        "เด็กออกกลางคัน ป.1-ม.3 ที่เรียนต่อ กศน./การศึกษาผู้ใหญ่",
        "P.1-M.3 drop-outs in non-formal education", "S4 16.4",
    )  # fmt: skip
    dropout_home_school_count: pl.Int64 = count(
        "เด็กออกกลางคัน ป.1-ม.3 ที่ศึกษาเองที่บ้าน", "P.1-M.3 drop-outs taught at home", "S4 16.4"
    )
    dropout_abroad_count: pl.Int64 = count(
        "เด็กออกกลางคัน ป.1-ม.3 ที่เรียนต่อต่างประเทศ", "P.1-M.3 drop-outs studying abroad", "S4 16.4"
    )
    dropout_works_count: pl.Int64 = count(
        "เด็กออกกลางคัน ป.1-ม.3 ที่ไม่ได้เรียนต่อแต่ทำงาน", "P.1-M.3 drop-outs who work", "S4 16.4"
    )
    dropout_neither_count: pl.Int64 = count(
        "เด็กออกกลางคัน ป.1-ม.3 ที่ไม่ได้เรียนต่อและไม่ได้ทำงาน",
        "P.1-M.3 drop-outs who neither study nor work", "S4 16.4",
    )  # fmt: skip
    self_learning_hours: pl.Int64 = number(
        "ชั่วโมงต่อสัปดาห์ที่เด็กอายุ 6-14 ปี หาความรู้จากสื่อต่าง ๆ",
        "Hours a week that children of 6-14 learn from media", "S4 16.5", low=0, high=168,
        unit="hours per week",
    )  # fmt: skip


class AfterCompulsory(pa.DataFrameModel):
    """Going on after M.3, vocational training of those who do not, literacy."""

    m3_leavers_count: pl.Int64 = count(
        "จำนวนเด็กจบชั้น ม.3 ในรอบปีที่ผ่านมา", "Finished M.3 in the past year", "S4 17.1",
        indicator="continue_m4",
    )  # fmt: skip
    continue_all: pl.Boolean = yes_no(
        "เด็กจบชั้น ม.3 ได้เรียนต่อชั้น ม.4 หรือเทียบเท่า ทุกคน", "All M.3 leavers went on to M.4 or equivalent",
        "S4 17.2", indicator="continue_m4",
    )  # fmt: skip
    continue_not_count: pl.Int64 = count(
        "จำนวนเด็กจบชั้น ม.3 ที่ไม่ได้เรียนต่อ", "M.3 leavers who did not go on", "S4 17.2", indicator="continue_m4"
    )
    m3_dropout_count: pl.Int64 = count(
        "จำนวนเด็กชั้น ม.4 หรือเทียบเท่า ที่ออกกลางคัน", "Dropped out of M.4", "S4 17.3"
    )
    m3_dropout_non_formal_count: pl.Int64 = count(
        "เด็กออกกลางคัน ม.4 ที่เรียนต่อ กศน./การศึกษาผู้ใหญ่", "M.4 drop-outs in non-formal education", "S4 17.4"
    )
    m3_dropout_home_school_count: pl.Int64 = count(
        "เด็กออกกลางคัน ม.4 ที่ศึกษาเองที่บ้าน", "M.4 drop-outs taught at home", "S4 17.4"
    )
    m3_dropout_abroad_count: pl.Int64 = count(
        "เด็กออกกลางคัน ม.4 ที่เรียนต่อต่างประเทศ", "M.4 drop-outs studying abroad", "S4 17.4"
    )
    m3_dropout_works_count: pl.Int64 = count(
        "เด็กออกกลางคัน ม.4 ที่ไม่ได้เรียนต่อแต่ทำงาน", "M.4 drop-outs who work", "S4 17.4"
    )
    m3_dropout_neither_count: pl.Int64 = count(
        "เด็กออกกลางคัน ม.4 ที่ไม่ได้เรียนต่อและไม่ได้ทำงาน", "M.4 drop-outs who neither study nor work", "S4 17.4"
    )
    self_learning_15_18_hours: pl.Int64 = number(
        "ชั่วโมงต่อสัปดาห์ที่เด็กอายุ 15-18 ปี หาความรู้จากสื่อต่าง ๆ",
        "Hours a week that young people of 15-18 learn from media", "S4 17.5", low=0, high=168,
        unit="hours per week",
    )  # fmt: skip
    young_otop_count: pl.Int64 = count(
        "จำนวนเยาวชนอายุ 15-25 ปี ที่สนใจเป็น Young OTOP", "Of 15-25 interested in Young OTOP", "S4 17.6"
    )
    not_studying_no_job_count: pl.Int64 = count(
        "จำนวนคนที่จบการศึกษาภาคบังคับ ไม่ได้เรียนต่อและยังไม่มีงานทำ",
        "Finished compulsory schooling, not studying, no job", "S4 18.1", indicator="vocational_training",
    )  # fmt: skip
    trained_all: pl.Boolean = yes_no(
        "คนที่ไม่ได้เรียนต่อและยังไม่มีงานทำ ได้รับการฝึกอบรมด้านอาชีพ ทุกคน",
        "All jobless school leavers had vocational training",
        "S4 18.2", indicator="vocational_training",
    )  # fmt: skip
    trained_not_count: pl.Int64 = count(
        "จำนวนคนที่ไม่ได้รับการฝึกอบรมด้านอาชีพ", "Jobless school leavers without vocational training", "S4 18.2",
        indicator="vocational_training",
    )  # fmt: skip
    trained_left_this_year_count: pl.Int64 = count(
        "ผู้ไม่ได้รับการฝึกอบรมที่จบ ม.3 ในรอบปีที่ผ่านมา", "Untrained who finished M.3 in the past year", "S4 18.3"
    )
    trained_left_earlier_count: pl.Int64 = count(
        "ผู้ไม่ได้รับการฝึกอบรมที่จบ ม.3 ในปีอื่น ๆ", "Untrained who finished M.3 earlier", "S4 18.3"
    )
    want_training_count: pl.Int64 = count(
        "จำนวนคนที่ต้องการฝึกอบรมด้านอาชีพ", "Jobless school leavers who want vocational training", "S4 18.4"
    )
    age15_59_count: pl.Int64 = count(
        "จำนวนคนอายุ 15-59 ปี", "People of 15-59", "S4 19.1", indicator="literacy_numeracy"
    )
    literate_all: pl.Boolean = yes_no(
        "คนอายุ 15-59 ปี อ่าน เขียนภาษาไทย และคิดเลขอย่างง่ายได้ ทุกคน",
        "All of 15-59 read and write Thai and do simple sums", "S4 19.2", indicator="literacy_numeracy",
    )  # fmt: skip
    literate_not_count: pl.Int64 = count(
        "จำนวนคนอายุ 15-59 ปี ที่อ่าน เขียนภาษาไทย และคิดเลขอย่างง่ายไม่ได้",
        "Of 15-59 who cannot read, write or do simple sums", "S4 19.2", indicator="literacy_numeracy",
    )  # fmt: skip
    english_all: pl.Boolean = yes_no(
        "คนอายุ 15-59 ปี อ่าน เขียนภาษาอังกฤษได้ ทุกคน", "All of 15-59 read and write English", "S4 19.3"
    )
    english_not_count: pl.Int64 = count(
        "จำนวนคนอายุ 15-59 ปี ที่อ่าน เขียนภาษาอังกฤษไม่ได้", "Of 15-59 who do not read and write English", "S4 19.3"
    )
