import ipaddress
import ssl
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.source_provinces import province
from tests.source_servers import CANARY, LOOPBACK, USER, _Files


def self_signed(folder: Path) -> Path:
    """A certificate of this machine's own, good for a day, with its key behind it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, LOOPBACK)])
    now = datetime.now(UTC)
    address = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(LOOPBACK))])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(address, critical=False)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    file = folder / "server.pem"
    file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, *plain) + made.public_bytes(serialization.Encoding.PEM)
    )
    return file


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[int, type[_Files]]]:
    folder = tmp_path / "web"
    (folder / "jpt" / "3424").mkdir(parents=True)
    (folder / "jpt" / "3424" / "a.csv").write_bytes(b"a,b\n")
    handler = type("Files", (_Files,), {"gets": [], "broken": set()})
    running = ThreadingHTTPServer((LOOPBACK, 0), partial(handler, directory=str(folder)))
    certain = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certain.load_cert_chain(self_signed(tmp_path))
    running.socket = certain.wrap_socket(running.socket, server_side=True)
    thread = threading.Thread(target=running.serve_forever, daemon=True)
    thread.start()
    try:
        yield running.server_port, handler
    finally:
        running.shutdown()
        running.server_close()
        thread.join(20)


@pytest.mark.parametrize("wanted", ["dopa:jpt/3424/a.csv", "dopa:jpt/{district}/*.csv"])
def test_a_certificate_of_an_unknown_issuer_is_refused_and_nothing_is_sent(
    server: tuple[int, type[_Files]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wanted: str
) -> None:
    port, handler = server
    monkeypatch.setenv("T_USER", USER)
    monkeypatch.setenv("T_PASSWORD", CANARY)
    about = f'url = "https://{LOOPBACK}:{port}"\nuser_env = "T_USER"\npassword_env = "T_PASSWORD"'
    failure = province(tmp_path, [wanted], f"[sources.dopa]\n{about}\ntimeout_seconds = 5").fails()
    assert (failure.why.reason, failure.is_passing) == ("source_certificate", False)
    assert "ใบรับรอง" in failure.why.th
    assert "certificate" in failure.why.en
    assert handler.gets == []
    assert not [path for path in (tmp_path / "kept").rglob("*") if path.is_file()]
