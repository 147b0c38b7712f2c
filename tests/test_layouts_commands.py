"""`jpt layout learn` and `check`: a draft to edit, a layout saved as data, examples without people."""

import tomllib
from pathlib import Path

import pytest
from typer.testing import CliRunner

from flows import layout_commands
from flows.cli import app
from flows.layout.draft import unknown_values
from schemas import layouts
from schemas.layouts import value_synonyms, with_file
from tests.intake_writing import HEAD, SPOUSE, grid, write_csv

RENAMED = {
    "เลขประจำตัวประชาชน": "CITIZEN_NO",
    "ชื่อ": "ชื่อตัวของสมาชิก",
    "อาชีพ": "ข้อ 9.1 อาชีพ",
    "วันเดือนปีเกิด": "ว/ด/ป เกิด (พ.ศ.)",
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The layouts in a folder of the test's own; the caches know it no longer than the test."""
    own = tmp_path / "layouts"
    own.mkdir()
    for file in layouts.FOLDER.glob("*.toml"):
        (own / file.name).write_bytes(file.read_bytes())
    monkeypatch.setattr(layouts, "FOLDER", own)
    monkeypatch.chdir(tmp_path)
    yield own
    value_synonyms.cache_clear()


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    people = [HEAD | {"household_id": f"H{n}", "occupation": "ทำสวนทำนา"} for n in range(8)]
    cells = grid("person", [*people, SPOUSE])
    head = [RENAMED.get(text, text) for text in cells[0]]
    rows = [[*row, "ลับ"] for row in cells[1:]]
    return write_csv(tmp_path / "member.csv", [[*head, "คอลัมน์แปลก"], *rows])


def run(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["layout", *words])
    return done.exit_code, done.output


def test_a_draft_says_what_is_sure_what_is_asked_and_what_is_unknown(folder: Path, sent: Path) -> None:
    code, said = run("learn", str(sent), "--name", "new_export")
    assert code == 0, said
    text = Path("new_export.draft.toml").read_text("utf-8")
    assert tomllib.loads(text)["person"]["national_id"] == ["CITIZEN_NO"]
    assert '# ? first_name = ["ชื่อตัวของสมาชิก"]' in text
    assert tomllib.loads(text)["values"]["occupation"] == {"ทำสวนทำนา": "rice"}
    assert '#   "คอลัมน์แปลก"' in text
    assert not (folder / "new_export.toml").exists()


@pytest.mark.usefixtures("folder")
def test_nothing_a_person_said_is_shown_or_written(sent: Path) -> None:
    _, said = run("learn", str(sent), "--name", "new_export")
    text = Path("new_export.draft.toml").read_text("utf-8")
    for secret in ("สมชาย", "ใจดี", "1340100000018", "12/04/2526", "ลับ"):
        assert secret not in said + text
    assert layout_commands.shapes(["1340100000018", "นายสมชาย"]) == ["9999999999999", "กกกกกก"]


def test_yes_saves_only_what_is_sure_and_check_reads_with_it(folder: Path, sent: Path) -> None:
    code, said = run("learn", str(sent), "--name", "new_export", "--yes")
    assert code == 0, said
    saved = folder / "new_export.toml"
    assert saved.is_file()
    for field, headings in tomllib.loads(saved.read_text("utf-8"))["person"].items():
        assert with_file(saved, "person")[layouts.normalise_header(headings[0])] == field
    assert run("learn", str(sent), "--name", "new_export", "--yes")[0] == 2


@pytest.mark.usefixtures("folder")
def test_an_edited_draft_makes_the_column_known_to_check(sent: Path) -> None:
    before = run("check", str(sent))[1]
    assert "CITIZEN_NO" in before
    draft = Path("mine.toml")
    draft.write_text('status = "recalled"\n[person]\nnational_id = ["CITIZEN_NO"]\n', "utf-8")
    assert "CITIZEN_NO" not in run("check", str(sent), "--layout", "mine.toml")[1]


@pytest.mark.usefixtures("folder")
def test_a_heading_that_already_means_another_field_is_refused(sent: Path) -> None:
    draft = Path("wrong.toml")
    draft.write_text('status = "recalled"\n[person]\nsex = ["อาชีพ"]\n', "utf-8")
    code, said = run("check", str(sent), "--layout", "wrong.toml")
    assert code == 1
    assert "already means occupation" in said


def test_unknown_answers_are_proposed_by_what_they_are_most_like() -> None:
    found = unknown_values(["ทำนา", "ทำนาข้าวเป็นหลัก", "0110", "-"], "occupation")
    assert list(found) == ["ทำนาข้าวเป็นหลัก"]
    assert found["ทำนาข้าวเป็นหลัก"][0] == "rice"


def test_an_answer_a_layout_names_is_read_and_a_wrong_one_refused(folder: Path) -> None:
    (folder / "words.toml").write_text(
        'status = "recalled"\n[values.occupation]\n"ทำสวนทำนา" = "rice"\n', "utf-8"
    )
    value_synonyms.cache_clear()
    assert value_synonyms("occupation")["ทำสวนทำนา"] == "rice"
    (folder / "words.toml").write_text(
        'status = "recalled"\n[values.occupation]\n"ทำสวน" = "no_such_answer"\n', "utf-8"
    )
    value_synonyms.cache_clear()
    with pytest.raises(ValueError, match="no single answer of occupation"):
        value_synonyms("occupation")
    (folder / "words.toml").unlink()


@pytest.mark.usefixtures("folder")
def test_a_file_that_is_no_table_is_told_and_not_learned(tmp_path: Path) -> None:
    bad = tmp_path / "scan.csv"
    bad.write_bytes(b"%PDF-1.7")
    code, said = run("learn", str(bad), "--name", "scan")
    assert code == 1
    assert "PDF" in said


def faulty(tmp_path: Path) -> Path:
    """Ten members in rows 2 to 11: three births that are no dates, one occupation nobody knows."""
    people = [HEAD | {"household_id": f"H{n}"} for n in range(10)]
    for n in (3, 5, 7, 8):
        people[n] |= {"birth_date": "ไม่แน่ใจวันเกิด"}
    people[4] |= {"occupation": "หมอลำเร่"}
    return write_csv(tmp_path / "member.csv", grid("person", people))


@pytest.mark.usefixtures("folder")
def test_check_tells_per_column_how_many_cells_cannot_be_read_and_in_which_rows(tmp_path: Path) -> None:
    code, said = run("check", str(faulty(tmp_path)))
    assert code == 0, said
    lines = [line.strip() for line in said.splitlines()]
    birth = "(birth_date): 4 จาก 10 ช่อง · 4 of 10 cells • แถว · rows 5, 7, 9 …"
    assert f"! วันเดือนปีเกิด → วันเดือนปีเกิด {birth}" in lines
    assert "! อาชีพ → อาชีพ (occupation): 1 จาก 10 ช่อง · 1 of 10 cells • แถว · rows 6" in lines
    assert "5 cells in 2 columns cannot be read" in said
    assert "wrong field" not in said
    for cell in ("ไม่แน่ใจวันเกิด", "หมอลำเร่", "สมชาย", "1340100000018"):
        assert cell not in said


@pytest.mark.usefixtures("folder")
def test_a_column_given_the_wrong_name_is_told_by_its_cells(tmp_path: Path) -> None:
    people = [HEAD | {"household_id": f"H{n}"} for n in range(8)]
    cells = grid("person", people)
    head = ["ช่อง 12" if text == "อาชีพ" else text for text in cells[0]]
    sent = write_csv(tmp_path / "member.csv", [head, *cells[1:]])
    Path("wrong.toml").write_text('status = "recalled"\n[person]\nreligion = ["ช่อง 12"]\n', "utf-8")
    code, said = run("check", str(sent), "--layout", "wrong.toml")
    assert (code, "missing: อาชีพ (occupation)" in said) == (1, True)
    assert "(religion): 8 จาก 8 ช่อง · 8 of 8 cells • แถว · rows 2, 3, 4 … • อาจจับคู่ช่องผิด" in said
    Path("right.toml").write_text('status = "recalled"\n[person]\noccupation = ["ช่อง 12"]\n', "utf-8")
    code, said = run("check", str(sent), "--layout", "right.toml")
    assert code == 0
    assert "every cell could be read" in said


@pytest.mark.usefixtures("folder")
def test_answers_that_a_draft_names_count_as_read(tmp_path: Path) -> None:
    sent = faulty(tmp_path)
    draft = Path("mine.toml")
    draft.write_text('status = "recalled"\n[values.occupation]\n"หมอลำ เร่" = "rice"\n', "utf-8")
    said = run("check", str(sent), "--layout", "mine.toml")[1]
    assert "(occupation)" not in said
    assert "4 cells in 1 columns" in said
    draft.write_text('status = "recalled"\n[values.occupation]\n"หมอลำเร่" = "no_such_answer"\n', "utf-8")
    code, said = run("check", str(sent), "--layout", "mine.toml")
    assert (code, "occupation has no answer no_such_answer" in said) == (1, True)


@pytest.mark.usefixtures("folder")
def test_what_would_set_the_file_aside_is_told_by_check(tmp_path: Path) -> None:
    people = [HEAD | {"household_id": "1.34E+12" if n % 2 else f"H{n}"} for n in range(10)]
    code, said = run("check", str(write_csv(tmp_path / "member.csv", grid("person", people))))
    assert code == 1
    assert "1.34E+12" not in said
    assert "  ✗ ไฟล์ member.csv" in said
