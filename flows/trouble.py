"""What the person at the terminal is told when a night could not be run, and the exit codes.

Imports nothing heavy: it is needed before Prefect can be loaded. What went wrong inside is told elsewhere
(flows.failure); no value of a record is ever in these sentences.
"""

from pathlib import Path

from rich.console import Console

from flows.failure import is_full_disk

WRONG_USE = 2
STOPPED, FAULTY_PROGRAM, NO_ROOM = 130, 70, 74  # as shells and sysexits have them


def of_files(error: OSError) -> tuple[str, str]:
    """A file that could not be read or written, or a disk without room: what it is and what to do."""
    if is_full_disk(error):
        return (
            "พื้นที่ดิสก์เต็ม ผลของคืนก่อนยังอยู่ครบ ลบไฟล์ที่ไม่ใช้แล้วสั่งใหม่",
            "the disk is full; the last results stand. Free some room and run it again",
        )
    name = "/".join(Path(str(error.filename)).parts[-2:]) if error.filename else "-"
    why = error.strerror or type(error).__name__
    return (
        f"อ่านหรือเขียนไฟล์ไม่ได้ ({name}: {why}) ผลของคืนก่อนยังอยู่ครบ ตรวจสิทธิ์ของโฟลเดอร์และไฟล์ แล้วสั่งใหม่",
        f"a file could not be read or written ({name}: {why}); the last results stand. "
        "Look at the permissions of the folder and the file, and run it again",
    )


def say(th: str, en: str) -> None:
    """Both sentences on the error stream, Thai first."""
    console = Console(stderr=True)
    console.print(th, style="bold red", markup=False, highlight=False, soft_wrap=True)
    console.print(en, markup=False, highlight=False, soft_wrap=True)
