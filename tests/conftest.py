import pytest

from tests.nights import NIGHT, Ran, copied_province, jpt


@pytest.fixture(scope="session")
def night(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    """The night of the sample province, run once as a user would, with every outside call refused."""
    root = copied_province(tmp_path_factory.mktemp("province"))
    log = root / "calls.log"
    done = jpt(root, "night", "--night", NIGHT, network_log=log)
    calls = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
    return Ran(root / "out" / f"2569-{NIGHT}", root, done.returncode, done.stdout, done.stderr, calls)
