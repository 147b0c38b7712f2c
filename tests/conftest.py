import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from flows.ledger import Ledger
from tests.ledgers import postgres_server
from tests.nights import NIGHT, Ran, copied_province, jpt

# Without these the browser looks for updates and time servers: calls that are not the page's.
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The system's chromium. Its absence fails CI, and elsewhere leaves the page tests out aloud."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    wanting = "chromium" if found is None else "" if has_thai_font() else "a Thai font"
    if wanting and os.environ.get("CI"):
        pytest.fail(f"{wanting} is not installed: .ci/run installs it")
    if wanting:
        pytest.skip(f"{wanting} is not installed: the page was not opened in a browser")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=list(QUIET))
        yield chromium
        chromium.close()


def has_thai_font() -> bool:
    """Whether pages look here as on an office's machine; systems without fontconfig bring their own."""
    if shutil.which("fc-list") is None:
        return True
    listed = subprocess.run(["fc-list", ":lang=th"], capture_output=True, text=True, check=False)
    return bool(listed.stdout.strip())


@pytest.fixture(scope="session")
def night(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    """The night of the sample province, run once as a user would, with every outside call refused."""
    root = copied_province(tmp_path_factory.mktemp("province"))
    log = root / "calls.log"
    done = jpt(root, "night", "--night", NIGHT, network_log=log)
    calls = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
    return Ran(root / "out" / f"2569-{NIGHT}", root, done.returncode, done.stdout, done.stderr, calls)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URL of a real PostgreSQL; tests that write into it leave it empty."""
    with postgres_server() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgres"])
def ledger_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty database of each kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/jpt.db"
        return
    url = request.getfixturevalue("postgres")
    yield url
    with Ledger(url) as opened:
        opened.forget_everything()


@pytest.fixture
def ledger(ledger_url: str) -> Iterator[Ledger]:
    with Ledger(ledger_url) as opened:
        yield opened
