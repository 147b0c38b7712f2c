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
