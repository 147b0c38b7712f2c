import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from flows.operation import changes, notice_text, notices
from flows.operation.attempt import Cause
from flows.operation.notice_settings import Email, Line, Notices, Webhook
from flows.settings import Settings, SettingsError
from schemas.thai import foreign_letters
from tests.nights import environment
from tests.notice_servers import mail, web
from tests.operation_province import a_night, small_settings

SECRET = "CanaryToken-9b1e"
AT_ONCE = (0.0, 0.0)
LINK = "https://intranet.example.go.th/jpt/"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return small_settings(tmp_path, f'[notices]\nlink = "{LINK}"')


def happened(verdicts: dict[str, str], before: dict[str, str], **more: object) -> changes.Happened:
    return changes.compare(a_night(24, verdicts, **more), [a_night(23, before)])


def test_a_webhook_gets_counts_colours_codes_and_a_link(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    turned = happened({"3424": "orange", "3430": "green"}, {"3424": "red", "3430": "green"})
    with web() as taken:
        monkeypatch.setenv("JPT_HOOK", f"http://127.0.0.1:{taken.port}/{SECRET}")
        sent = notices.send(
            Notices(webhook=Webhook("JPT_HOOK")), notice_text.of_night(settings, turned), AT_ONCE
        )
    assert sent == {"webhook": "sent"}
    (body,) = taken.bodies
    assert body["kind"] == "change"
    assert body["verdicts"] == {"red": 0, "orange": 1, "yellow": 0, "green": 1}
    assert body["changed"] == [{"code": "3424", "before": "red", "after": "orange"}]
    assert body["province"] == {"code": "", "before": "red", "after": "orange"}
    assert body["link"] == f"{LINK}2569-2026-11-24/index.html"
    assert "3424 ดอนมดแดง แดง → ส้ม" in body["text"]
    assert SECRET not in str(sent)


def test_a_line_push_is_authorised_and_one_key_stands_for_all_its_tries(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with web(500, 429, 200) as taken:
        monkeypatch.setenv("JPT_LINE_TOKEN", SECRET)
        monkeypatch.setenv("JPT_LINE_TO", "C0123")
        line = Line("JPT_LINE_TOKEN", "JPT_LINE_TO", f"http://127.0.0.1:{taken.port}/v2/bot/message/push")
        assert notices.send(Notices(line=line), notice_text.trial(settings), AT_ONCE) == {"line": "sent"}
    assert [body["to"] for body in taken.bodies] == ["C0123"] * 3
    (message,) = taken.bodies[0]["messages"]
    assert message["type"] == "text"
    assert "ข้อความทดลอง" in message["text"]
    assert {each["Authorization"] for each in taken.headers} == {f"Bearer {SECRET}"}
    assert len({each["X-Line-Retry-Key"] for each in taken.headers}) == 1


def test_a_push_that_did_arrive_is_not_counted_as_lost(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with web(500, 409) as taken:
        monkeypatch.setenv("JPT_LINE_TOKEN", SECRET)
        monkeypatch.setenv("JPT_LINE_TO", "C0123")
        line = Line("JPT_LINE_TOKEN", "JPT_LINE_TO", f"http://127.0.0.1:{taken.port}/push")
        assert notices.send(Notices(line=line), notice_text.trial(settings), AT_ONCE) == {"line": "sent"}


def test_a_letter_is_thai_with_english_under_it(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JPT_MAIL_USER", "jpt")
    monkeypatch.setenv("JPT_MAIL_PASSWORD", SECRET)
    same = {"3424": "red", "3430": "green"}
    aside = happened(same, same, quarantined={"3424": ("ไฟล์ นายลับเฉพาะ.csv เสีย", "broken")})
    with mail() as taken:
        email = Email(
            "127.0.0.1", taken.port, "jpt@example.go.th", ("a@example.go.th", "b@example.go.th"),
            "JPT_MAIL_USER", "JPT_MAIL_PASSWORD", starttls=False,
        )  # fmt: skip
        notice = notice_text.of_night(settings, aside)
        assert notices.send(Notices(email=email), notice, AT_ONCE) == {"email": "sent"}
    (letter,) = taken.letters
    assert letter["Subject"] == "จปฐ. 2569 จังหวัดอุบลราชธานี: มีไฟล์หรือเอกสารที่ต้องดำเนินการ"
    assert letter["To"] == "a@example.go.th, b@example.go.th"
    thai, _, english = letter.get_content().partition("\n\n")
    assert "ใช้ไฟล์ที่ส่งมาไม่ได้ 1 อำเภอ: 3424 ดอนมดแดง" in thai
    assert "Delivery not usable in 1 districts: 3424 Don Mot Daeng" in english
    assert "ลับ" not in letter.get_content()


@pytest.mark.parametrize(
    ("answers", "told", "tries"), [((503,), "HTTP 503", 3), ((404,), "HTTP 404", 1), ((302,), "HTTP 302", 1)]
)
def test_only_what_may_pass_is_tried_again(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, answers: tuple[int, ...], told: str, tries: int
) -> None:
    with web(*answers) as taken:
        monkeypatch.setenv("JPT_HOOK", f"http://127.0.0.1:{taken.port}/{SECRET}")
        sent = notices.send(Notices(webhook=Webhook("JPT_HOOK")), notice_text.trial(settings), AT_ONCE)
    assert sent == {"webhook": told}
    assert len(taken.bodies) == tries


def test_a_password_is_never_sent_in_the_clear(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JPT_MAIL_USER", "jpt")
    monkeypatch.setenv("JPT_MAIL_PASSWORD", SECRET)
    with mail() as taken:
        email = Email("127.0.0.1", taken.port, "a@b.th", ("c@d.th",), "JPT_MAIL_USER", "JPT_MAIL_PASSWORD")
        sent = notices.send(Notices(email=email), notice_text.trial(settings), AT_ONCE)
    assert sent == {"email": "SMTPNotSupportedError"}
    assert taken.letters == []
    assert not any(word.startswith("AUTH") for word in taken.said)


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("", "JPT_HOOK is not set"),
        (f"http://elsewhere.example/{SECRET}", "JPT_HOOK is no https:// address"),
        (f"{SECRET}", "JPT_HOOK is no https:// address"),
        (f"http://127.0.0.1:1/{SECRET}", "ConnectError"),
    ],
)
def test_what_cannot_be_sent_is_told_without_the_secret(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, value: str, told: str
) -> None:
    monkeypatch.setenv("JPT_HOOK", value)
    sent = notices.send(Notices(webhook=Webhook("JPT_HOOK")), notice_text.trial(settings), AT_ONCE)
    assert sent == {"webhook": told}


def test_one_channel_that_fails_does_not_keep_another_from_sending(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JPT_HOOK", "")
    with mail(550) as taken:
        both = Notices(
            webhook=Webhook("JPT_HOOK"),
            email=Email("127.0.0.1", taken.port, "a@b.th", ("c@d.th",), starttls=False),
        )
        sent = notices.send(both, notice_text.trial(settings), AT_ONCE)
    assert sent == {"webhook": "JPT_HOOK is not set", "email": "SMTPRecipientsRefused"}


SAME = {"3424": "yellow", "3430": "green"}


@pytest.mark.parametrize(
    ("on", "verdicts", "aside", "due"),
    [
        (("failure", "change"), SAME, False, False),
        (("failure", "change"), SAME, True, True),
        (("failure",), SAME | {"3424": "red"}, False, False),
        (("change",), SAME | {"3424": "red"}, False, True),
        (("change",), SAME, True, False),
        (("always",), SAME, False, True),
    ],
)
def test_a_notice_is_due_when_the_settings_ask_for_it(
    on: tuple[str, ...], verdicts: dict[str, str], aside: bool, due: bool
) -> None:
    quarantined = {"3430": ("ก", "a")} if aside else {}
    assert notices.is_due(Notices(on=on), happened(verdicts, SAME, quarantined=quarantined)) is due


@pytest.mark.parametrize("cause", ["full_disk", "files", "ledger", "program", "time"])
def test_a_night_without_results_is_told_in_both_languages_without_a_place(
    settings: Settings, cause: Cause
) -> None:
    notice = notice_text.of_failure(settings, "2569-2026-11-24", cause)
    thai, _, english = notice.text.partition("\n\n")
    assert "ไม่สำเร็จ" in thai
    assert "failed" in english
    assert ".py" not in notice.text
    assert foreign_letters(notice.text) == []
    assert notice.data["cause"] == cause


def test_a_province_without_a_link_gives_none(settings: Settings) -> None:
    plain = replace(settings, notices=Notices())
    notice = notice_text.of_night(plain, happened(SAME, SAME))
    assert "http" not in notice.text
    assert notice.data["link"] == ""


@pytest.mark.parametrize(
    ("table", "key"),
    [
        ("[notices]\non = ['sometimes']", "notices.on"),
        ("[notices]\non = []", "notices.on"),
        (f"[notices]\nlink = 'https://a:{SECRET}@b/'", "notices.link"),
        ("[notices]\nlnk = 'x'", "link"),
        (f"[notices.webhook]\nurl_env = 'https://h/{SECRET}'", "notices.webhook.url_env"),
        (f"[notices.webhook]\nurl = 'https://h/{SECRET}'", "url_env"),
        ("[notices.webhook]", "url_env"),
        ("[notices.line]\ntoken_env = 'A'", "to_env"),
        ("[notices.line]\nurl = 'http://api.example/'\ntoken_env = 'A'\nto_env = 'B'", "notices.line.url"),
        ("[notices.email]\nhost = 'h'\nfrom = 'a@b'", "notices.email.to"),
        ("[notices.email]\nhost = 'h'\nfrom = 'a@b'\nto = [3]", "notices.email.to"),
        ("[notices.email]\nhost = 'h'\nfrom = \"a@b\\nBcc: c@d\"\nto = 'a@b'", "notices.email.from"),
        ("[notices.email]\nhost = 'h'\nfrom = 'a@b'\nto = 'a@b'\nuser_env = 'U'", "password_env"),
        (
            "[notices.email]\nhost = 'h'\nfrom = 'a@b'\nto = 'a@b'\nuser_env = 'U'\npassword_env = 'P'\n"
            "starttls = false",
            "starttls",
        ),
    ],
)
def test_notices_that_cannot_be_meant_are_refused_by_their_key(tmp_path: Path, table: str, key: str) -> None:
    with pytest.raises(SettingsError) as raised:
        small_settings(tmp_path, table)
    assert key in raised.value.en
    assert key in raised.value.th
    assert SECRET not in str(raised.value)


def test_the_trial_message_is_sent_by_the_command_and_its_end_says_so(tmp_path: Path) -> None:
    small_settings(tmp_path, '[notices.webhook]\nurl_env = "JPT_HOOK"')
    command = [sys.executable, "-m", "flows.cli", "notices", "test"]
    with web(200, 404) as taken:
        known = environment() | {"JPT_HOOK": f"http://127.0.0.1:{taken.port}/{SECRET}"}
        sent, refused = (
            subprocess.run(
                command,
                cwd=tmp_path,
                env=known,
                capture_output=True,
                text=True,
                encoding="utf-8",
                check=False,
            )
            for _ in range(2)
        )
    assert (sent.returncode, refused.returncode) == (0, 1)
    assert "webhook: ส่งแล้ว · sent" in sent.stdout
    assert "webhook: ส่งไม่ได้ · not sent (HTTP 404)" in refused.stdout
    assert SECRET not in sent.stdout + sent.stderr + refused.stdout + refused.stderr
    assert [body["kind"] for body in taken.bodies] == ["test", "test"]
