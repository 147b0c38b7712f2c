"""jpt.toml of the invented province: which files are whose, and how many households a district owes."""

from pathlib import Path

from sample_data.province import District

HEAD = """\
# Settings of the invented province (ข้อมูลสมมุติทั้งหมด). Paths are relative to this file.
# Written by sample_data; for a real province copy it and name the real files.

[province]
code = "34"
round = {later}
last_round = {earlier}
deadline = 2026-12-15
office_th = "สำนักงานพัฒนาชุมชนจังหวัดอุบลราชธานี (ตัวอย่าง)"

[night]
keep = "kept"
out = "out"
ledger = "sqlite:///jpt.db"
workers = 2
# inbox = "inbox"            # ไฟล์ของทุกอำเภอที่ส่งกลับมา · files of all districts, as they come back

# แหล่งข้อมูลอื่น ดู README "รับไฟล์จากที่อื่น" · other sources, see README "Files from elsewhere":
# [sources.dopa]
# url = "sftp://sftp.example.go.th/jpt"
# fingerprint = "SHA256:..."
# user_env = "JPT_DOPA_USER"          # ชื่อตัวแปร ไม่ใช่รหัสผ่าน · the name of a variable, not the password
# password_env = "JPT_DOPA_PASSWORD"
# then in a district: deliveries = ["dopa:{{district}}/*.csv"]
"""
DISTRICT = """
[districts.{code}]
deliveries = ["{prefix}{later}/{code}/*"]
last_deliveries = ["{prefix}{earlier}/{code}/*"]
target_households = {target}
"""
SINGLE = """\
# Settings of a night over the invented round of 2565 (ข้อมูลสมมุติทั้งหมด), the questionnaire of 31 indicators.
# Written by sample_data. Paths are relative to this file; results lie beside those of the province.

[province]
code = "34"
round = {year}
deadline = 2022-08-24
office_th = "สำนักงานพัฒนาชุมชนจังหวัดอุบลราชธานี (ตัวอย่าง)"

[night]
keep = "../../kept/{year}"
out = "../../out/{year}"
ledger = "sqlite:///jpt.db"
workers = 2
"""
DISTRICT_SINGLE = """
[districts.{code}]
deliveries = ["{code}/*"]
target_households = {target}
"""


def write_single(path: Path, year: int, targets: list[tuple[str, int]]) -> None:
    """Settings of one round that stands alone, beside its districts' folders; `targets` by district code."""
    text = SINGLE.format(year=year) + "".join(
        DISTRICT_SINGLE.format(code=code, target=target) for code, target in targets
    )
    path.write_text(text, encoding="utf-8", newline="\n")


def write(path: Path, folder: Path, years: tuple[int, int], targets: list[tuple[District, int]]) -> None:
    """`folder` holds the extracts; `targets` is how many households each district was to visit."""
    inside = folder.resolve().relative_to(path.resolve().parent).as_posix()
    prefix = "" if inside == "." else f"{inside}/"
    earlier, later = years
    text = HEAD.format(earlier=earlier, later=later) + "".join(
        DISTRICT.format(code=district.code, prefix=prefix, earlier=earlier, later=later, target=target)
        for district, target in targets
    )
    path.write_text(text, encoding="utf-8", newline="\n")
