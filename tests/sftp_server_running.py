"""An SFTP server of its own process, for the tests: folder, port, host key's file, user and password."""

import asyncio
import sys

import asyncssh

FOLDER, PORT, KEY, USER, PASSWORD = sys.argv[1:6]


class OneUser(asyncssh.SSHServer):
    def begin_auth(self, username: str) -> bool:
        del username
        return True

    def password_auth_supported(self) -> bool:
        return True

    def validate_password(self, username: str, password: str) -> bool:
        return (username, password) == (USER, PASSWORD)


async def main() -> None:
    await asyncssh.create_server(
        OneUser,
        "127.0.0.1",
        int(PORT),
        server_host_keys=[KEY],
        sftp_factory=lambda channel: asyncssh.SFTPServer(channel, chroot=FOLDER),
    )
    print("ready", flush=True)
    await asyncio.Event().wait()


asyncio.run(main())
