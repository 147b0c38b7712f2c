"""Servers on loopback that take notices: one for JSON by HTTP, one for letters. They remember what came."""

import json
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Taken:
    """What a server got: bodies of requests with their headers, or letters; and the answers it gives."""

    def __init__(self, answers: list[int]) -> None:
        self.answers = answers  # the last one again and again
        self.bodies: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.letters: list[EmailMessage] = []
        self.said: list[str] = []
        self.port = 0

    def answer(self) -> int:
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@contextmanager
def web(*answers: int) -> Iterator[Taken]:
    taken = Taken(list(answers) or [200])

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            taken.bodies.append(json.loads(body))
            taken.headers.append(dict(self.headers))
            self.send_response(taken.answer())
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    with _served(ThreadingHTTPServer(("127.0.0.1", 0), Handler), taken):
        yield taken


@contextmanager
def mail(*answers: int) -> Iterator[Taken]:
    """An SMTP server without TLS. ``answers``: what it says to RCPT."""
    taken = Taken(list(answers) or [250])

    class Handler(socketserver.StreamRequestHandler):
        def say(self, line: str) -> None:
            self.wfile.write(f"{line}\r\n".encode())

        def handle(self) -> None:
            self.say("220 here")
            while line := self.rfile.readline():
                word = line.decode("ascii").strip()
                taken.said.append(word)
                command = word[:4].upper()
                if command == "EHLO":
                    self.wfile.write(b"250-here\r\n250 AUTH PLAIN\r\n")
                elif command == "AUTH":
                    self.say("235 welcome")
                elif command == "RCPT":
                    self.say(f"{taken.answer()} so it is")
                elif command == "DATA":
                    self.say("354 go on")
                    taken.letters.append(message_from_bytes(self.letter(), policy=policy.default))  # type: ignore[arg-type]
                    self.say("250 kept")
                elif command == "QUIT":
                    self.say("221 bye")
                    return
                else:
                    self.say("502 unknown" if command == "STAR" else "250 well")

        def letter(self) -> bytes:
            lines = []
            while (line := self.rfile.readline()) != b".\r\n":
                lines.append(line)
            return b"".join(lines)

    with _served(socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler), taken):
        yield taken


@contextmanager
def _served(server: socketserver.TCPServer, taken: Taken) -> Iterator[None]:
    server.daemon_threads = True  # type: ignore[attr-defined]
    taken.port = int(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
