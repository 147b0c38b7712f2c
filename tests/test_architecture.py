import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("schemas", "rules", "flows", "reports", "sample_data", "tests")
MAY_IMPORT = {
    "schemas": {"schemas"},
    "rules": {"rules", "schemas"},
    "reports": {"reports", "schemas", "rules"},
    "flows": {"flows", "reports", "rules", "schemas", "sample_data"},
    "sample_data": {"sample_data", "rules", "schemas"},
}


def python_files(room: str) -> list[Path]:
    return sorted(path for path in (ROOT / room).rglob("*.py") if "__pycache__" not in path.parts)


def imported_names(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names.add(node.module)
    return names


def tracked_files() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True
    ).stdout
    return [ROOT / name for name in listed.split("\0") if name]


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_a_room_imports_only_the_rooms_below_it(room: str) -> None:
    strangers = {
        f"{path.relative_to(ROOT)} imports {name}"
        for path in python_files(room)
        for name in imported_names(path)
        if name.split(".")[0] in ROOMS and name.split(".")[0] not in MAY_IMPORT[room]
    }
    assert strangers == set()


def test_only_the_flows_know_prefect_and_the_intake_does_not() -> None:
    knowing = {
        str(path.relative_to(ROOT))
        for room in MAY_IMPORT
        for path in python_files(room)
        if any(name.split(".")[0] == "prefect" for name in imported_names(path))
    }
    assert all(name.startswith("flows/") and not name.startswith("flows/intake/") for name in knowing)


def test_great_expectations_is_imported_only_inside_the_function_that_uses_it() -> None:
    for room in MAY_IMPORT:
        for path in python_files(room):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            top = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
            assert not any("great_expectations" in ast.dump(node) for node in top), path


def test_there_are_six_rooms_and_no_seventh() -> None:
    folders = {path.relative_to(ROOT).parts[0] for path in tracked_files() if path.parent != ROOT}
    assert {name for name in folders if not name.startswith(".")} == set(ROOMS)


def test_tests_is_no_package_that_would_shadow_the_rooms() -> None:
    assert not (ROOT / "tests" / "__init__.py").exists()


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_modules_stay_short_enough_to_read(room: str) -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in python_files(room)
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > 260
    }
    assert long == {}


def test_every_module_says_what_it_is() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for room in MAY_IMPORT
        for path in python_files(room)
        if path.stat().st_size and not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert silent == []


def test_no_name_says_nothing() -> None:
    empty = re.compile(r"(^|_)(utils?|helpers?|common|managers?|misc)(_|$)")
    assert [str(p) for room in MAY_IMPORT for p in python_files(room) if empty.search(p.stem)] == []


def test_lock_files_pin_with_hashes_and_name_no_host() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "://" not in text
        pins = re.findall(r"^[a-z0-9][^\s=]*==", text, flags=re.MULTILINE)
        blocks = [block for block in re.split(r"\n(?=\S)", text) if "==" in block.split("\n")[0]]
        assert len(pins) > 100
        assert all("--hash=sha256:" in block for block in blocks)


def test_no_file_names_a_path_of_the_machine_it_was_made_on() -> None:
    here = (str(ROOT), str(Path.home()) + "/")
    guilty = [
        path.name
        for path in tracked_files()
        if path.is_file() and any(place.encode() in path.read_bytes() for place in here)
    ]
    assert guilty == []
