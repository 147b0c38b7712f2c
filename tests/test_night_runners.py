from datetime import timedelta
from pathlib import Path

import pytest

from flows import runners, settings
from flows.settings_values import SettingsError
from tests.nights import jpt
from tests.small_province import FIRST_NIGHT, World, make, results


def with_runner(root: Path, runner: str) -> Path:
    path = make(root) / "jpt.toml"
    path.write_text(
        path.read_text("utf-8").replace("workers = 2", f'workers = 2\nrunner = "{runner}"'), "utf-8"
    )
    return path


@pytest.mark.parametrize("runner", ["dask", "dask:tcp://10.1.2.3:8786", "dask:tls://cluster:8786", "threads"])
def test_the_settings_name_where_the_districts_work_runs(tmp_path: Path, runner: str) -> None:
    assert settings.load(with_runner(tmp_path, runner)).runner == runner


@pytest.mark.parametrize("runner", ["dusk", "dask:10.1.2.3", "dask:http://cluster:1", ""])
def test_another_place_is_refused_with_what_may_be_written(tmp_path: Path, runner: str) -> None:
    with pytest.raises(SettingsError, match=r"night\.runner.*dask:tcp"):
        settings.load(with_runner(tmp_path, runner))


def test_without_the_package_the_night_does_not_begin(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runners, "find_spec", lambda _: None)
    with pytest.raises(SettingsError, match="pip install prefect-dask"):
        runners.refuse_absent(settings.load(with_runner(tmp_path, "dask")))
    runners.refuse_absent(settings.load(make(tmp_path / "threads") / "jpt.toml"))


def test_two_processes_of_dask_find_what_one_thread_finds(tmp_path: Path) -> None:
    night = FIRST_NIGHT + timedelta(3)
    root = with_runner(tmp_path / "dask", "dask").parent
    done = jpt(root, "night", "--night", night.isoformat())
    assert (done.returncode, done.stderr) == (0, "")
    here = World(make(tmp_path / "here"), is_fresh=True).night(3)
    assert results(root / "out" / here.name) == results(here)
