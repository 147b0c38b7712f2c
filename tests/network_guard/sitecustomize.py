"""Loaded by Python itself in the tests' nights: any call but to loopback is written down and refused."""

import os
import socket

_LOG = os.environ["JPT_NETWORK_LOG"]
_HERE = {"127.0.0.1", "::1", "localhost", "0.0.0.0", "::", "", None}
_connect, _look_up = socket.socket.connect, socket.getaddrinfo


def _refuse(host: object) -> None:
    with open(_LOG, "a", encoding="utf-8") as log:  # noqa: PTH123 (pathlib is not worth loading this early)
        log.write(f"{host}\n")
    raise OSError(f"the night called outside: {host}")


def connect(self: socket.socket, address: object) -> None:
    if isinstance(address, tuple) and address[0] not in _HERE and not str(address[0]).startswith("127."):
        _refuse(address[0])
    _connect(self, address)  # type: ignore[arg-type]


def getaddrinfo(host: object, *args: object, **kwargs: object) -> object:
    name = host.decode() if isinstance(host, bytes) else host
    if name not in _HERE and name != socket.gethostname() and not str(name).startswith("127."):
        _refuse(name)
    return _look_up(host, *args, **kwargs)  # type: ignore[arg-type]


socket.socket.connect = connect  # type: ignore[method-assign,assignment]
socket.getaddrinfo = getaddrinfo  # type: ignore[assignment]
