import re
from pathlib import Path

import pytest

from flows.settings import SettingsError, load
from tests.nights import ROOT

SETTINGS = (ROOT / "jpt.toml").read_text(encoding="utf-8")
WRONG = {
    "province.code": ('code = "34"', "code = 34"),
    "districts.9901": ("[districts.3401]", "[districts.9901]"),
    "province.round": ("round = 2569", 'round = "2569"'),
    "province.last_round": ("last_round = 2568", "last_round = 2501"),
    "province.deadline": ("deadline = 2026-12-15", "deadline = 2026-12-15T10:00:00"),
    "night.workers": ("workers = 2", "workers = 0"),
    "night.keep": ('keep = "kept"', 'keep = "out/kept"'),
    "night.out": ('out = "out"', 'out = ""'),
    "night.ledger": ("sqlite:///jpt.db", "jpt.db"),
    "night.worker": ("workers = 2", "worker = 2"),
    "districts.3401.target_households": ("target_households = 132", "target_households = -1"),
    "districts.3401.target_houshold": ("target_households = 132", "target_houshold = 132"),
    "districts.3401.deliveries": ('deliveries = ["sample_data/2569/3401/*"]', "deliveries = []"),
    "[districts.3401] lacks the key deliveries": ('deliveries = ["sample_data/2569/3401/*"]\n', ""),
    "TOML": ("[night]", "[night"),
    "no table [province]": ("[province]", "[provinces]"),
}


@pytest.mark.parametrize("key", WRONG)
def test_a_wrong_setting_is_named_in_both_languages(tmp_path: Path, key: str) -> None:
    old, new = WRONG[key]
    assert old in SETTINGS
    text = SETTINGS.replace(old, new, 1)
    if key.startswith("no table"):
        text = text.replace("[provinces]", "")
        text = re.sub(r"(?m)^(code|round|last_round|deadline|office_th) = .*\n", "", text)
    (tmp_path / "jpt.toml").write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError) as raised:
        load(tmp_path / "jpt.toml")
    assert key in raised.value.en
    assert re.search("[ก-๙]", raised.value.th)


def test_settings_saved_in_another_encoding_ask_for_utf_8(tmp_path: Path) -> None:
    (tmp_path / "jpt.toml").write_bytes(SETTINGS.encode("cp874", "replace"))
    with pytest.raises(SettingsError, match="UTF-8"):
        load(tmp_path / "jpt.toml")
