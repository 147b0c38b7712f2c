"""A province of two districts in a folder of the test: 3424 takes from where the test says, 3430 nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from flows.intake import Delivery
from flows.settings import Settings, load
from flows.sources.failed import SourceFailed
from flows.sources.take import take

NIGHT = date(2026, 11, 24)


@dataclass(frozen=True)
class Province:
    settings: Settings

    def take(self, night: date = NIGHT) -> tuple[Delivery, ...]:
        return take(self.settings, self.settings.districts[0], night)

    def fails(self) -> SourceFailed:
        with pytest.raises(SourceFailed) as raised:
            self.take()
        assert raised.value.__cause__ is None
        assert raised.value.__suppress_context__
        return raised.value


def province(root: Path, deliveries: Sequence[str], sources: str = "", night: str = "") -> Province:
    named = ", ".join(f"'{one}'" for one in deliveries)
    (root / "jpt.toml").write_text(
        f"""[province]
code = "34"
round = 2569
deadline = 2026-12-15
[night]
{night}
[districts.3424]
deliveries = [{named}]
[districts.3430]
deliveries = ["arrived/3430/*"]
{sources}
""",
        "utf-8",
    )
    return Province(load(root / "jpt.toml"))
