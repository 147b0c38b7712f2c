"""A source that did not give its files: the failure, and which of the reasons a library's error means.

The sentences are the intake's (quarantine.toml, ``source_…``). The text of a library's error is never shown:
it may hold an address with a password, a query or a row.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from flows.failure import DistrictFailed, is_full_disk
from flows.intake.quarantine import Quarantined

NEVER_YET = ("ยังไม่เคยได้รับไฟล์จากแหล่งนี้", "nothing has ever been received from it")
# By name, so that a folder's district loads no network library. Most telling first; sub-classes count too.
_BY_TYPE = (
    ("source_host_key", False, ("BadHostKeyException",)),
    (
        "source_certificate",
        False,
        ("SSLCertVerificationError", "ClientConnectorCertificateError", "SSLError"),
    ),
    ("source_refused", False, ("AuthenticationException", "PermissionError", "NoCredentialsError")),
    ("source_vanished", True, ("FileNotFoundError",)),
    ("source_cut", True, ("CutShortError", "ClientPayloadError", "IncompleteRead", "ResponseStreamingError")),
    ("source_unreachable", True, ("OSError", "TimeoutError", "EOFError", "SSHException", "ClientError")),
    ("source_unreachable", True, ("HTTPClientError", "BotoCoreError", "InterfaceError")),
)
_BY_STATUS = {401: "source_refused", 403: "source_refused", 404: "source_vanished", 410: "source_vanished"}
# fsspec's web files call whatever went wrong a file that is not there; the cause says what it was.
_TOLD_AS_ABSENT = ("aiohttp", "asyncio", "builtins", "socket", "ssl")
VANISHED = ("source_vanished", True)
# A database's own code, or its first two digits: who you are, what you asked.
_BY_SQLSTATE = {
    "42501": "source_refused",
    "28": "source_refused",
    "42": "source_query",
    "3D": "source_query",
    "3F": "source_query",
}


class CutShortError(OSError):
    """The connection ended before the whole file was there."""


class SourceFailed(DistrictFailed):
    """A source could not be read; ``why`` says it in Thai and English. Holds no credential and no data."""

    def __init__(self, reason: str, place: str, is_passing: bool = False, **holes: object) -> None:
        filled: dict[str, object] = {"last_th": NEVER_YET[0], "last_en": NEVER_YET[1], **holes}
        super().__init__(f"{reason}: {place}", is_passing)
        self.why = Quarantined(reason, place, **filled)
        self._made_of = (reason, place, is_passing, filled)

    def after(self, last_th: str, last_en: str) -> "SourceFailed":
        """The same failure, naming what was received last."""
        reason, place, is_passing, filled = self._made_of
        return SourceFailed(reason, place, is_passing, **{**filled, "last_th": last_th, "last_en": last_en})

    def __reduce__(self) -> tuple[object, ...]:
        return _made_again, self._made_of


def _made_again(reason: str, place: str, is_passing: bool, filled: dict[str, object]) -> SourceFailed:
    return SourceFailed(reason, place, is_passing, **filled)


@contextmanager
def telling(place: str) -> Iterator[None]:
    """Turn what a library raises inside into SourceFailed; a fault of the program stays what it is."""
    try:
        yield
    except SourceFailed:
        raise
    except Exception as error:
        meant = None if is_full_disk(error) else reason_of(error)
        if meant is None:
            raise
        raise SourceFailed(meant[0], place, meant[1], sqlstate=getattr(error, "sqlstate", "")) from None


def reason_of(error: BaseException) -> tuple[str, bool] | None:
    """Which reason an error means and whether it may pass by itself; None when it is no fault of a source."""
    cause = error.__cause__
    if isinstance(error, FileNotFoundError) and cause and type(cause).__module__.startswith(_TOLD_AS_ABSENT):
        error = cause
    status, sqlstate = getattr(error, "status", None), getattr(error, "sqlstate", None)
    if isinstance(status, int):
        reason = _BY_STATUS.get(status, "source_unreachable")
        return reason, reason != "source_refused"
    for code in (sqlstate, sqlstate[:2]) if isinstance(sqlstate, str) else ():
        if code in _BY_SQLSTATE:
            return _BY_SQLSTATE[code], False
    if _is_refused_login(error):
        return "source_refused", False
    kinds = {kind.__name__ for kind in type(error).__mro__}
    for reason, is_passing, names in _BY_TYPE:
        if kinds & set(names):
            return reason, is_passing
    # A database that went away says so in several ways, and has no code for a connection that ended.
    return ("source_unreachable", True) if "DatabaseError" in kinds else None


def _is_refused_login(error: BaseException) -> bool:
    """Whether PostgreSQL itself said no after it had asked for a password; it gives no code then."""
    connection = getattr(error, "pgconn", None)
    if connection is None or not (connection.used_password or connection.needs_password):
        return False
    return b"FATAL" in connection.error_message
