import pickle
from collections.abc import Iterator

import pytest

from flows.sources.credentials import credentials
from flows.sources.failed import SourceFailed
from flows.sources.source import Source
from tests.source_servers import CANARY


@pytest.fixture(scope="module")
def blocks() -> Iterator[None]:
    """A real Prefect server of the tests with two blocks."""
    from prefect.blocks.system import Secret
    from prefect.testing.utilities import prefect_test_harness

    with prefect_test_harness(server_startup_timeout=120):
        Secret(value=CANARY).save("jpt-password")  # type: ignore[arg-type]
        Secret(value={"user": "amphoe", "password": CANARY}).save("jpt-both")  # type: ignore[arg-type]
        yield


def source(**about: str) -> Source:
    return Source(name="dopa", url="sftp://host:22/jpt", kind="sftp", **about)  # type: ignore[arg-type]


@pytest.mark.usefixtures("blocks")
def test_a_block_holds_the_password_or_user_and_password() -> None:
    alone = credentials(source(block="jpt-password"))
    assert (alone.user, alone.password) == ("", CANARY)
    both = credentials(source(block="jpt-both"))
    assert (both.user, both.password) == ("amphoe", CANARY)
    assert CANARY not in f"{alone!r} {both!r} {source(block='jpt-both')!r}"


@pytest.mark.usefixtures("blocks")
def test_a_block_that_is_not_there_is_named() -> None:
    with pytest.raises(SourceFailed) as raised:
        credentials(source(block="jpt-nowhere"))
    assert raised.value.why.reason == "source_no_block"
    assert "jpt-nowhere" in raised.value.why.sentences[1]


def test_the_environment_wins_and_an_unset_variable_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("T_USER", "amphoe")
    monkeypatch.setenv("T_PASSWORD", CANARY)
    found = credentials(source(user_env="T_USER", password_env="T_PASSWORD"))
    assert (found.user, found.password) == ("amphoe", CANARY)
    monkeypatch.setenv("T_PASSWORD", "")
    with pytest.raises(SourceFailed) as raised:
        credentials(source(user_env="T_USER", password_env="T_PASSWORD"))
    assert "T_PASSWORD" in raised.value.why.th


def test_a_failure_is_the_same_after_it_crossed_to_another_process() -> None:
    failure = SourceFailed("source_cut", "sftp://host/a", True).after("ไฟล์ล่าสุด", "last")
    again = pickle.loads(pickle.dumps(failure))
    assert (again.why.sentences, again.is_passing) == (failure.why.sentences, True)
