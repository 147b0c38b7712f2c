"""SFTP to a server whose host key is known. A server that shows another key gets no password from us.

The key is looked up in a known_hosts file, or compared with the one fingerprint that jpt.toml names. fsspec's
own SFTP trusts whoever answers first; this one trusts nobody unasked.
"""

import logging
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import paramiko
from fsspec.implementations.sftp import SFTPFileSystem

from flows.sources.credentials import Credentials
from flows.sources.failed import SourceFailed
from flows.sources.source import Source

USUAL_KNOWN_HOSTS = Path("~/.ssh/known_hosts")
# One question a piece, and a wait for its answer: over a long line the usual 32 kB make 1.6 MB/s. OpenSSH
# gives up to 256 kB at once; a server that gives less is asked for the rest.
PIECE = 224 << 10
# Prints the whole story of a lost connection; ours is told once, in words.
logging.getLogger("paramiko").setLevel(logging.CRITICAL)


class _OnlyThis(paramiko.MissingHostKeyPolicy):
    """Accept a host key by its fingerprint alone; refuse every other, saying which was shown."""

    def __init__(self, source: Source) -> None:
        self.source = source

    def missing_host_key(self, client: paramiko.SSHClient, hostname: str, key: paramiko.PKey) -> None:
        del client, hostname
        if not self.source.fingerprint or key.fingerprint != self.source.fingerprint:
            raise SourceFailed("source_host_key", self.source.host, offered=key.fingerprint)


class KnownHostSFTP(SFTPFileSystem):
    """The files of one SFTP server as fsspec has them, over a connection to a host that was recognised."""

    # An instance holds a connection and a password: never shared, never kept.
    cachable = False

    def __init__(self, source: Source, granted: Credentials) -> None:
        self.source, self.granted = source, granted
        super().__init__(urlsplit(source.url).hostname or "")

    def _connect(self) -> None:
        source, address = self.source, urlsplit(self.source.url)
        self.client = paramiko.SSHClient()
        self.client.set_missing_host_key_policy(_OnlyThis(source))
        if not source.fingerprint:
            self._load_known_hosts(source.known_hosts or USUAL_KNOWN_HOSTS.expanduser())
        try:
            self.client.connect(
                self.host,
                port=address.port or 22,
                username=self.granted.user or unquote(address.username or "") or None,
                password=self.granted.password or None,
                key_filename=str(source.key_file) if source.key_file else None,
                passphrase=(self.granted.password or None) if source.key_file else None,
                # Only what jpt.toml names: not whatever keys the account of the night happens to have.
                allow_agent=False,
                look_for_keys=False,
                **dict.fromkeys(("timeout", "banner_timeout", "auth_timeout"), source.timeout_seconds),
            )
            self.ftp = self.client.open_sftp()
        except paramiko.BadHostKeyException as error:
            self.close()
            raise SourceFailed("source_host_key", source.host, offered=error.key.fingerprint) from None
        except BaseException:
            self.close()
            raise
        channel = self.ftp.get_channel()
        if channel is not None:
            channel.settimeout(source.timeout_seconds)

    def _load_known_hosts(self, file: Path) -> None:
        if file.is_file():
            self.client.load_host_keys(str(file))

    def _open(self, path: str, *words: Any, **more: Any) -> Any:
        file = super()._open(path, *words, **more)
        file.MAX_REQUEST_SIZE = PIECE
        return file

    def connect_again(self) -> None:
        """A new connection in the place of one that broke."""
        self.close()
        self._connect()

    def close(self) -> None:
        self.client.close()
