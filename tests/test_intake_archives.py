import shutil
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import pyzipper

from flows import intake, settings
from flows.intake import archive_file, unpacked_size
from flows.intake.words import words
from tests.intake_writing import HOME, ROUND, district, grid, told, write_xlsx

PASSWORD = "ลับ3401"


def read(sent: Path, password: str | None = None) -> intake.Extract:
    return intake.read([intake.receive(sent, sent.parent / "kept")], "3401", ROUND, password)


def refused(sent: Path, password: str | None = None) -> intake.Quarantined:
    with pytest.raises(intake.Quarantined) as caught:
        read(sent, password)
    assert not list((sent.parent / "kept").glob(".work-*")), "copies of people's data were left behind"
    return caught.value


def zipped(path: Path, members: dict[str, Path | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content if isinstance(content, bytes) else content.read_bytes())
    return path


def with_aes(path: Path, home: Path, member: Path) -> Path:
    with pyzipper.AESZipFile(path, "w", pyzipper.ZIP_DEFLATED, encryption=pyzipper.WZ_AES) as archive:
        archive.setpassword(PASSWORD.encode())
        archive.write(home, "h.csv")
        archive.write(member, "m.csv")
    return path


def with_zipcrypto(path: Path, home: Path, member: Path) -> Path:
    """As Windows and 7-Zip lock zips unless told otherwise; written by Info-ZIP."""
    zip_program = shutil.which("zip")
    if zip_program is None:
        return Path(shutil.copy(Path(__file__).parent / "files" / "zipcrypto.zip", path))
    subprocess.run([zip_program, "-q", "-j", "-P", PASSWORD, path, home, member], check=True)
    return path


def test_a_zip_is_read_whatever_its_name_and_folders(tmp_path: Path) -> None:
    home, member = district(tmp_path)
    sent = zipped(tmp_path / "อำเภอ.csv", {"ส่ง/๒๕๖๙/ครัวเรือน.csv": home, "ส่ง/สมาชิก.txt": member})
    extract = read(sent)
    assert (extract.households.height, extract.persons.height, told(extract)) == (1, 2, [])
    receipt = extract.receipt[1]
    assert receipt["file"] == "อำเภอ.csv › ส่ง/๒๕๖๙/ครัวเรือน.csv"
    assert receipt["archive"]["file"] == "อำเภอ.csv"
    assert receipt["archive"]["sha256"] != receipt["sha256"]


def test_thai_names_in_the_code_page_of_an_office_are_read(tmp_path: Path) -> None:
    home, member = district(tmp_path)
    sent = zipped(tmp_path / "jpt.zip", {"XXXXXXXXX.csv": home, "m.csv": member})
    sent.write_bytes(sent.read_bytes().replace(b"XXXXXXXXX", "ครัวเรือน".encode("cp874")))
    assert read(sent).receipt[1]["file"] == "jpt.zip › ครัวเรือน.csv"


def test_every_kind_of_table_may_lie_in_a_zip_beside_what_is_none(tmp_path: Path) -> None:
    _, member = district(tmp_path)
    book = write_xlsx(tmp_path / "h.xlsx", {"ครัวเรือน": grid("household", [HOME])})
    system = {"__MACOSX/._h.xlsx": b"\x00\x05", "Thumbs.db": b"\xd0\xcf", "~$h.xlsx": b"x", ".DS_Store": b"x"}
    notes = {"หนังสือนำส่ง.pdf": b"%PDF-1.7 ...", "อ่านก่อน.txt": "ส่งข้อมูลครบแล้ว".encode("cp874")}
    extract = read(zipped(tmp_path / "jpt.zip", {"h.xlsx": book, "m.csv": member, **system, **notes}))
    assert told(extract) == []
    unread = [name for receipt in extract.receipt for name in receipt["sheets_not_read"]]
    assert unread == ["jpt.zip › หนังสือนำส่ง.pdf", "jpt.zip › อ่านก่อน.txt"]


def test_a_workbook_stored_in_a_zip_is_not_taken_for_the_zip_itself(tmp_path: Path) -> None:
    _, member = district(tmp_path)
    book = write_xlsx(tmp_path / "h.xlsx", {"ครัวเรือน": grid("household", [HOME])})
    with zipfile.ZipFile(tmp_path / "jpt.zip", "w", zipfile.ZIP_STORED) as archive:
        archive.write(book, "h.xlsx")
        archive.write(member, "m.csv")
    assert read(tmp_path / "jpt.zip").households.height == 1


def test_a_file_sent_plainly_and_in_a_zip_is_read_once_and_told(tmp_path: Path) -> None:
    home, member = district(tmp_path)
    sent = zipped(tmp_path / "jpt.zip", {"h.csv": home})
    extract = intake.read(
        [intake.receive(path, tmp_path / "kept") for path in (home, member, sent)], "3401", ROUND
    )
    assert told(extract) == [("ST013", "")]
    assert extract.households.height == 1


def test_a_zip_in_a_zip_is_read_but_not_without_end(tmp_path: Path) -> None:
    home, member = district(tmp_path)
    sent = zipped(tmp_path / "1.zip", {"h.csv": home, "m.csv": member})
    for depth in range(2, words().archive_depth + 1):
        sent = zipped(tmp_path / f"{depth}.zip", {"ใน.zip": sent})
    assert read(sent).persons.height == 2
    assert refused(zipped(tmp_path / "more.zip", {"ใน.zip": sent})).reason == "too_large"


@pytest.mark.parametrize("write", [with_aes, with_zipcrypto])
def test_a_locked_zip_opens_with_its_districts_password_only(
    tmp_path: Path, write: Callable[[Path, Path, Path], Path]
) -> None:
    sent = write(tmp_path / "jpt.zip", *district(tmp_path))
    assert read(sent, PASSWORD).persons.height == 2
    assert refused(sent).reason == "no_password"
    why = refused(sent, "ไม่ใช่รหัสนี้")
    assert why.reason == "wrong_password"
    assert not any(secret in f"{why!r}{why.sentences}" for secret in (PASSWORD, "ไม่ใช่รหัสนี้"))


def test_an_empty_or_cut_off_zip_says_so(tmp_path: Path) -> None:
    assert refused(zipped(tmp_path / "empty.zip", {})).reason == "empty_file"
    home, member = district(tmp_path)
    whole = zipped(tmp_path / "whole.zip", {"h.csv": home, "m.csv": member}).read_bytes()
    cut = tmp_path / "cut.zip"
    cut.write_bytes(whole[: len(whole) // 2])
    assert refused(cut).reason == "truncated_file"
    spoiled = tmp_path / "spoiled.zip"
    spoiled.write_bytes(whole[:60] + bytes(255 - byte for byte in whole[60:90]) + whole[90:])
    assert refused(spoiled).reason == "truncated_file"


def test_a_zip_without_a_table_says_what_is_in_it(tmp_path: Path) -> None:
    why = refused(zipped(tmp_path / "jpt.zip", {"รูป.png": b"\x89PNG\r\n....", "ก.pdf": b"%PDF-1.4 ...."}))
    assert "jpt.zip › ก.pdf ไม่ใช่ตารางข้อมูล (เป็น PDF)" in why.th


def test_an_empty_file_in_a_zip_is_not_passed_over(tmp_path: Path) -> None:
    home, member = district(tmp_path)
    why = refused(zipped(tmp_path / "jpt.zip", {"h.csv": home, "m.csv": member, "ตำบล ๒.csv": b""}))
    assert (why.reason, why.file) == ("empty_file", "jpt.zip › ตำบล ๒.csv")


def test_bombs_are_refused_before_and_while_they_unpack(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def limit(**limits: int) -> None:
        low = replace(words(), **limits)
        for module in (archive_file, unpacked_size):
            monkeypatch.setattr(module, "words", lambda: low)

    home, member = district(tmp_path)
    sent = zipped(tmp_path / "jpt.zip", {"h.csv": home, "m.csv": member, "z.csv": b"0" * 300_000})
    limit(unpacked_bytes=250_000)
    assert refused(sent).reason == "too_large"
    monkeypatch.undo()
    limit(ratio_from_bytes=200_000, unpacked_ratio=20)
    assert refused(sent).reason == "too_large"
    monkeypatch.undo()
    limit(archive_files=2)
    assert refused(sent).reason == "too_large"
    monkeypatch.undo()
    limit(unpacked_bytes=250_000)
    monkeypatch.setattr(archive_file, "refuse_oversized", lambda *_: None)
    assert refused(sent).reason == "too_large"


def test_a_packing_method_nobody_opens_here_is_named(tmp_path: Path) -> None:
    home, member = district(tmp_path)
    sent = zipped(tmp_path / "jpt.zip", {"h.csv": home, "m.csv": member})
    content = bytearray(sent.read_bytes())
    for signature, place in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        content[content.index(signature) + place] = 9  # Deflate64, of Windows' own zips beyond 2 GB
    sent.write_bytes(bytes(content))
    assert refused(sent).reason == "zip_method"


def test_a_members_name_leads_nowhere_outside(tmp_path: Path) -> None:
    home, member = district(tmp_path)
    sent = zipped(tmp_path / "jpt.zip", {"../../outside.csv": home, "/m.csv": member})
    assert read(sent).persons.height == 2
    assert not (tmp_path / "outside.csv").exists()


def test_the_settings_name_the_variable_of_the_password_and_never_hold_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "jpt.toml"
    sample = (Path(__file__).parent.parent / "jpt.toml").read_text("utf-8")
    entry = "[districts.3401]\n"
    path.write_text(sample.replace(entry, f'{entry}password_env = "JPT_ZIP_3401"\n'), "utf-8")
    district_3401 = settings.load(path).districts[0]
    assert district_3401.password is None
    monkeypatch.setenv("JPT_ZIP_3401", PASSWORD)
    assert district_3401.password == PASSWORD
    assert PASSWORD not in repr(district_3401)
    path.write_text(sample.replace(entry, f'{entry}password_env = "{PASSWORD}"\n'), "utf-8")
    with pytest.raises(settings.SettingsError, match="password_env") as caught:
        settings.load(path)
    assert PASSWORD not in str(caught.value)
