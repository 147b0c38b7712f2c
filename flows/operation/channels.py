"""Three ways out of the office: a webhook, a letter, a LINE-compatible push. One function each.

Each sends once or raises; trying again is flows.operation.notices. What it raises says which kind of failure
it was and nothing more: a library's own words hold addresses, and an address may be a secret.
"""

import os
import smtplib
import ssl
import uuid
from email.message import EmailMessage
from typing import Any

from flows.operation.notice_settings import Email, Line, Webhook, is_here, safe_address
from flows.operation.notice_text import Notice

SECONDS = 10
LINE_LETTERS = 4900  # the API takes 5,000
ACCEPTED_BEFORE = 409  # the answer to a retry of what did arrive


class NotSent(RuntimeError):  # noqa: N818  (the word for a state)
    """A notice that did not get through: how, and whether another try may help."""

    def __init__(self, told: str, may_pass: bool) -> None:
        super().__init__(told)
        self.may_pass = may_pass


def by_webhook(webhook: Webhook, notice: Notice) -> None:
    """POST the notice as JSON; its "text" is what chat programs show."""
    url = _secret(webhook.url_env)
    if not safe_address(url):
        raise NotSent(f"{webhook.url_env} is no https:// address", may_pass=False)
    _post(url, dict(notice.data), {})


def by_line(line: Line, notice: Notice, key: str) -> None:
    """Push the text to a user or a group. ``key``: the same for every try, so that none is shown twice."""
    headers = {"Authorization": f"Bearer {_secret(line.token_env)}", "X-Line-Retry-Key": key}
    message = {"type": "text", "text": _cut(notice.text)}
    _post(line.url, {"to": _secret(line.to_env), "messages": [message]}, headers, ACCEPTED_BEFORE)


def by_email(email: Email, notice: Notice) -> None:
    """Send the text as a plain letter."""
    letter = EmailMessage()
    letter["Subject"], letter["From"], letter["To"] = notice.subject, email.sender, ", ".join(email.to)
    letter.set_content(notice.text, cte="base64")  # not every server passes Thai letters on as they are
    user = _secret(email.user_env) if email.user_env else None
    password = _secret(email.password_env) if email.password_env else ""
    try:
        with smtplib.SMTP(email.host, email.port, timeout=SECONDS) as server:
            if email.starttls:
                server.starttls(context=ssl.create_default_context())
            if user and (email.starttls or is_here(email.host)):
                server.login(user, password)
            server.send_message(letter)
    except smtplib.SMTPResponseException as error:
        # 4xx asks to come back later, 5xx is for good.
        raise NotSent(f"SMTP {error.smtp_code}", may_pass=error.smtp_code < 500) from None
    except smtplib.SMTPRecipientsRefused:
        raise NotSent("SMTPRecipientsRefused", may_pass=False) from None
    except (OSError, smtplib.SMTPException) as error:
        raise NotSent(type(error).__name__, may_pass=not isinstance(error, ssl.SSLError)) from None


def new_key() -> str:
    return str(uuid.uuid4())


def _cut(text: str) -> str:
    return text if len(text) <= LINE_LETTERS else f"{text[: LINE_LETTERS - 2]} …"


def _secret(variable: str) -> str:
    value = os.environ.get(variable, "")
    if not value:
        raise NotSent(f"{variable} is not set", may_pass=False)
    return value


def _post(url: str, body: dict[str, Any], headers: dict[str, str], also: int = 200) -> None:
    import httpx

    try:
        # Streamed: only the status is of interest, and a server that answers without end is not read.
        with httpx.stream("POST", url, json=body, headers=headers, timeout=SECONDS) as answer:
            status = answer.status_code
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        raise NotSent(type(error).__name__, may_pass=isinstance(error, httpx.TransportError)) from None
    if not 200 <= status < 300 and status != also:
        raise NotSent(f"HTTP {status}", may_pass=status == 429 or status >= 500)
