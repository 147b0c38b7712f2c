import re
from pathlib import Path

import pytest

from flows.settings import load
from flows.settings_values import SettingsError
from tests.nights import ROOT
from tests.source_provinces import province

SECRET = "CanaryPass-7f3a"


def refused(root: Path, *deliveries: str, sources: str = "", night: str = "") -> SettingsError:
    with pytest.raises(SettingsError) as raised:
        province(root, deliveries, sources, night)
    return raised.value


@pytest.mark.parametrize(
    "address",
    [
        f"sftp://amphoe:{SECRET}@host/jpt/*.csv",
        f"https://amphoe:{SECRET}@host/jpt/a.csv",
        f"https://host/jpt/a.csv?token={SECRET}",
        f"https://host/jpt/a.csv?X-Amz-Signature={SECRET}",
        f"s3://key:{SECRET}@bucket/a.csv",
    ],
)
def test_an_address_with_a_password_is_refused_and_the_password_not_repeated(
    tmp_path: Path, address: str
) -> None:
    for error in (
        refused(tmp_path, address),
        refused(tmp_path, "a/*", sources=f'[sources.dopa]\nurl = "{address}"'),
    ):
        assert "password_env" in error.th
        assert "password_env" in error.en
        assert SECRET not in str(error)


@pytest.mark.parametrize(
    ("sources", "key"),
    [
        ('url = "ftp://host/"', "sources.dopa.url"),
        ("user_env = 'A'", "sources.dopa.url"),
        ('url = "sftp://host"\npasword_env = "A"', "password_env"),
        ('url = "sftp://host"\npassword = "x"', "password"),
        ('url = "sftp://host"\nendpoint = "x"', "endpoint"),
        (f'url = "sftp://host"\npassword_env = "{SECRET}"', "sources.dopa.password_env"),
        ('url = "sftp://host"\ntimeout_seconds = 0', "timeout_seconds"),
        ('url = "http://host"\nuser_env = "A"\npassword_env = "B"', "https://"),
        ('url = "s3://bucket"\nuser_env = "A"\nendpoint = "http://host"', "https://"),
        ('url = "postgresql://host/db"\nqueries = {a = 1}', "queries"),
    ],
)
def test_a_source_that_cannot_be_meant_is_refused_by_its_key(tmp_path: Path, sources: str, key: str) -> None:
    error = refused(tmp_path, "a/*", sources=f"[sources.dopa]\n{sources}")
    assert key in error.en
    assert SECRET not in str(error)


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("dopa:a.csv", "[sources.dopa]"),
        ("inbox:", "inbox"),
        ("postgresql://host/db", "[sources.central]"),
        ("gs://bucket/a.csv", "sftp://"),
    ],
)
def test_a_place_that_leads_nowhere_is_refused(tmp_path: Path, entry: str, said: str) -> None:
    error = refused(tmp_path, entry)
    assert said in error.en
    assert "deliveries" in error.en


def test_an_inbox_within_what_is_kept_or_shown_is_refused(tmp_path: Path) -> None:
    for folder in ("kept/inbox", "out", "."):
        assert "night.inbox" in refused(tmp_path, "inbox:", night=f'inbox = "{folder}"').en


def test_what_an_entry_means(tmp_path: Path) -> None:
    sources = """[sources.dopa]
url = "sftp://user@host:2222/jpt"
[sources.near]
url = "sftp://host:2222/jpt/3424"
[sources.central]
url = "postgresql://host/db"
queries = {member = "SELECT 1"}"""
    settings = province(tmp_path, ["a/*"], sources).settings
    entries = (
        "arrived/{district}/*.csv",
        "C:\\\\jpt\\\\*.csv",
        "dopa:{district}/*.csv",
        "sftp://host:2222/jpt/3424/a.csv",
        "sftp://other/a.csv",
        "central:jpt.h_{district}",
        "central:member",
    )
    places = [place.of("3424") for place in settings.places(entries)]
    assert [(place.kind, place.said) for place in places] == [
        ("folder", "arrived/3424/*.csv"),
        ("folder", "C:\\\\jpt\\\\*.csv"),
        ("sftp", "sftp://host:2222/jpt/3424/*.csv"),
        ("sftp", "sftp://host:2222/jpt/3424/a.csv"),
        ("sftp", "sftp://other/a.csv"),
        ("database", "central:jpt.h_3424"),
        ("database", "central:member"),
    ]
    lent = [place.source.name if place.source else "" for place in places]
    assert lent == ["", "", "dopa", "near", "other", "central", "central"]


@pytest.mark.parametrize("page", ["README.md", "README.th.md"])
def test_the_example_of_the_readme_can_be_read(tmp_path: Path, page: str) -> None:
    examples = re.findall(r"```toml\n(.*?)```", (ROOT / page).read_text("utf-8"), flags=re.DOTALL)
    example = "".join(examples)
    assert "[sources.dopa]" in example
    assert "[notices.line]" in example
    (tmp_path / "jpt.toml").write_text(
        '[province]\ncode = "34"\nround = 2569\ndeadline = 2026-12-15\n' + example, "utf-8"
    )
    settings = load(tmp_path / "jpt.toml")
    kinds = [place.kind for one in settings.districts for place in settings.places(one.deliveries)]
    assert kinds == ["sftp", "database", "database", "inbox"]
