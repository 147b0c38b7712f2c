"""What the person at the terminal sees while a night runs: a bar and a table, or one line per district.

A terminal gets a rich progress bar; a log file (cron, CI) gets one plain line per district and nothing that
redraws. Counts and keys only.
"""

from collections.abc import Sequence
from contextvars import ContextVar
from types import TracebackType
from typing import Literal, Protocol, Self, runtime_checkable

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Column, Table
from rich.text import Text

from reports.contents import DistrictRow
from reports.words import VERDICTS


@runtime_checkable
class Listener(Protocol):
    """Told what has happened; the flow does not know who listens."""

    def stage(self, name_th: str, steps: int) -> None: ...
    def district(self, code: str, line: str) -> None: ...
    def warn(self, line: str) -> None: ...


class Silent:
    """Listens and says nothing: for tests, and for a run started by the scheduler."""

    def stage(self, name_th: str, steps: int) -> None:
        del name_th, steps

    def district(self, code: str, line: str) -> None:
        del code, line

    def warn(self, line: str) -> None:
        del line


_LISTENER: ContextVar[Listener] = ContextVar("listener", default=Silent())  # noqa: B039  (it has no state)


def listen(listener: Listener) -> None:
    """Have it told of the night that runs next. No parameter of the flow: Prefect keeps and sends those."""
    _LISTENER.set(listener)


def listening() -> Listener:
    """Who listens to this night."""
    return _LISTENER.get()


class Lines:
    """One line per district on a console that is not a terminal."""

    def __init__(self, console: Console) -> None:
        self._console = console

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def stage(self, name_th: str, steps: int) -> None:
        self._print(f"== {name_th} ({steps})")

    def district(self, code: str, line: str) -> None:
        # A stage that has nothing to say of a district is quiet: a log has one line per district.
        if line:
            self._print(f"{code} {line}")

    def warn(self, line: str) -> None:
        self._print(f"!! {line}")

    def _print(self, line: str) -> None:
        self._console.print(line, markup=False, highlight=False, soft_wrap=True)


class Bar:
    """A bar per stage on a terminal; lines above it only for what needs attention."""

    def __init__(self, console: Console) -> None:
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(bar_width=24),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("{task.fields[last]}", table_column=Column(no_wrap=True, overflow="crop")),
            console=console,
        )
        self._task = self._progress.add_task("", total=None, visible=False, last="")

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()

    def stage(self, name_th: str, steps: int) -> None:
        self._progress.update(self._task, visible=False)
        self._task = self._progress.add_task(name_th, total=steps, last="")

    def district(self, code: str, line: str) -> None:
        # The district's name alone: why a file was set aside is told in full below the table.
        self._progress.update(self._task, advance=1, last=f"{code} {line.partition(':')[0]}")

    def warn(self, line: str) -> None:
        self._progress.console.print(f"[bold red]![/] {line}", highlight=False)


def district_table(rows: Sequence[DistrictRow]) -> Table:
    """The table of a night: one row per district in the order given. Fits 80 columns."""
    title = "ผลรายอำเภอ · districts"
    table = Table(title=title, title_justify="left", box=None, padding=(0, 1, 0, 0), pad_edge=False)
    for heading, justify in _HEADINGS:
        table.add_column(heading, justify=justify, no_wrap=True)
    for row in rows:
        status = "✗ กักไฟล์" if row.is_quarantined else VERDICTS[row.verdict.colour].label
        if row.stale_since:
            status += " (ข้อมูลเดิม)"
        # What a quarantined district holds is not known, and not zero.
        unknown = row.is_quarantined
        counts = (row.households, row.must_fix, row.must_explain, row.watch, row.below_line)
        households, *others = ["-" if unknown else f"{count:,}" for count in counts]
        target = "-" if row.target is None else f"{row.target:,}"
        look = Text(status, style=_STYLES[row.verdict.colour])
        table.add_row(row.code, row.name, households, target, *others, look)
    return table


_STYLES = {"red": "red", "orange": "dark_orange", "yellow": "yellow", "green": "green"}
_HEADINGS: tuple[tuple[str, Literal["left", "right"]], ...] = (
    ("รหัส", "left"),
    ("อำเภอ", "left"),
    ("ครัวเรือน", "right"),
    ("เป้าหมาย", "right"),
    ("ต้องแก้", "right"),
    ("ยืนยัน", "right"),
    ("ควรดู", "right"),
    ("ใต้เส้น", "right"),
    ("สถานะ", "left"),
)
