"""Real servers on loopback for the tests of sources, and a wire between that can be cut."""

import base64
import contextlib
import hashlib
import http.server
import os
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import asyncssh

USER, CANARY = "amphoe", "CanaryPass-7f3a"
LOOPBACK = "127.0.0.1"


def free_port() -> int:
    with socket.socket() as opened:
        opened.bind((LOOPBACK, 0))
        return int(opened.getsockname()[1])


@dataclass
class Wire:
    """A port before a server. ``cuts``: bytes after which the next connections end; then all goes through."""

    target: tuple[str, int] | str
    port: int = field(default_factory=free_port)
    cuts: list[int] = field(default_factory=list)
    connections: int = 0

    @contextmanager
    def laid(self) -> Iterator["Wire"]:
        listener = socket.create_server((LOOPBACK, self.port))
        threading.Thread(target=self._accept, args=(listener,), daemon=True).start()
        try:
            yield self
        finally:
            listener.close()

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                caller, _ = listener.accept()
            except OSError:
                return
            self.connections += 1
            allowed = self.cuts.pop(0) if self.cuts else sys.maxsize
            family = socket.AF_UNIX if isinstance(self.target, str) else socket.AF_INET
            server = socket.socket(family)
            server.connect(self.target)
            for one, other, bytes_ in ((caller, server, sys.maxsize), (server, caller, allowed)):
                threading.Thread(target=_pump, args=(one, other, bytes_), daemon=True).start()


def _pump(one: socket.socket, other: socket.socket, allowed: int) -> None:
    with contextlib.suppress(OSError):
        while allowed > 0 and (piece := one.recv(min(1 << 16, allowed))):
            other.sendall(piece)
            allowed -= len(piece)
    for end in (one, other):
        with contextlib.suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
        end.close()


@dataclass(frozen=True)
class SftpServer:
    port: int
    folder: Path
    fingerprint: str
    known_host: str


@contextmanager
def sftp_server(folder: Path, key_file: Path) -> Iterator[SftpServer]:
    """A server that knows one user. In its own process, as servers are."""
    key, port = asyncssh.generate_private_key("ssh-ed25519"), free_port()
    key.write_private_key(key_file)
    script = str(Path(__file__).with_name("sftp_server_running.py"))
    words = [sys.executable, script, str(folder), str(port), str(key_file), USER, CANARY]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            line = key.export_public_key().decode().strip()
            yield SftpServer(port, folder, key.get_fingerprint(), f"[{LOOPBACK}]:{port} {line}\n")
        finally:
            process.terminate()


class _Files(http.server.SimpleHTTPRequestHandler):
    """Files of a folder to whoever knows the password, with ETag; ``broken`` ones answer 503."""

    needs_password = True
    gets: list[str] = []  # noqa: RUF012  (one list for all requests: what was asked for)
    broken: set[str] = set()  # noqa: RUF012  (paths answered with an error of the server)

    def do_GET(self) -> None:
        self.gets.append(self.path)
        if self._is_let_in():
            super().do_GET()

    def do_HEAD(self) -> None:
        if self._is_let_in():
            super().do_HEAD()

    def _is_let_in(self) -> bool:
        wanted = "Basic " + base64.b64encode(f"{USER}:{CANARY}".encode()).decode()
        if self.needs_password and self.headers.get("Authorization") != wanted:
            self.send_error(401)
            return False
        if self.path in self.broken:
            self.send_error(503)
            return False
        return True

    def end_headers(self) -> None:
        file = Path(self.translate_path(self.path))
        if file.is_file():
            self.send_header("ETag", hashlib.md5(file.read_bytes()).hexdigest())
        super().end_headers()

    def log_message(self, *_: object) -> None:
        pass


@dataclass(frozen=True)
class WebServer:
    port: int
    folder: Path
    handler: type[_Files]


@contextmanager
def web_server(folder: Path) -> Iterator[WebServer]:
    handler = type("Files", (_Files,), {"gets": [], "broken": set()})
    server = http.server.ThreadingHTTPServer((LOOPBACK, 0), partial(handler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield WebServer(server.server_port, folder, handler)
    finally:
        server.shutdown()
        server.server_close()
        thread.join(20)


@dataclass(frozen=True)
class S3Server:
    port: int
    key: str
    secret: str

    def put(self, path: str, content: bytes) -> None:
        client = _boto("s3", self.port, self.key, self.secret)
        bucket, _, key = path.partition("/")
        client.put_object(Bucket=bucket, Key=key, Body=content)

    def delete(self, path: str) -> None:
        bucket, _, key = path.partition("/")
        _boto("s3", self.port, self.key, self.secret).delete_object(Bucket=bucket, Key=key)


@contextmanager
def s3_server(log: Path) -> Iterator[S3Server]:
    """An S3 server that knows one key with one secret; the first calls, which make them, are let in."""
    port = free_port()
    settings = os.environ | {"INITIAL_NO_AUTH_ACTION_COUNT": "5"}
    with log.open("wb") as out:
        words = [sys.executable, "-m", "moto.server", "-H", LOOPBACK, "-p", str(port)]
        process = subprocess.Popen(words, stdout=out, stderr=out, env=settings)
        try:
            _wait_for(f"http://{LOOPBACK}:{port}/moto-api/data.json", process)
            yield S3Server(port, *_s3_key(port))
        finally:
            process.terminate()
            process.wait(20)


def _s3_key(port: int) -> tuple[str, str]:
    everything = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}'
    iam = _boto("iam", port, "first", "first")
    iam.create_user(UserName=USER)
    iam.put_user_policy(UserName=USER, PolicyName="all", PolicyDocument=everything)
    made = iam.create_access_key(UserName=USER)["AccessKey"]
    _boto("s3", port, "first", "first").create_bucket(Bucket="jpt")
    _boto("s3", port, "first", "first").list_buckets()
    return made["AccessKeyId"], made["SecretAccessKey"]


def _boto(service: str, port: int, key: str, secret: str):  # type: ignore[no-untyped-def]
    import boto3

    return boto3.client(
        service,
        endpoint_url=f"http://{LOOPBACK}:{port}",
        region_name="us-east-1",
        aws_access_key_id=key,
        aws_secret_access_key=secret,
    )


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(240):
        assert process.poll() is None, "the server ended at once"
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except OSError:
            time.sleep(0.25)
    raise AssertionError("the server did not come up")
