"""The process in which mutated deliveries are read, one a line of its input: a number in, an outcome out.

    python -m tests.reader_fuzz_child SEED

It may die or hang of a file: whoever started it watches (reader_fuzz).
"""

import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from flows import intake
from flows.failure import place
from schemas import rounds
from tests.reader_fuzz_mutations import mutant
from tests.reader_fuzz_oracle import faults_of
from tests.reader_fuzz_seeds import DISTRICT, Sent, seeds

SHOWN = 3


def outcome(sent: Sent, seed: str, was_read: Callable[[], None] = lambda: None) -> dict[str, object]:
    """What came of reading a delivery: how it ended, and what cannot be explained.

    ``was_read`` is called when our part is done and the other readers begin.
    """
    with tempfile.TemporaryDirectory() as folder:
        try:
            extract = _read(sent, Path(folder))
        except intake.Quarantined as why:
            was_read()
            return {"ended": f"quarantined {why.reason}", "faults": []}
        except BaseException as broke:
            # a panic of a library is no Exception
            if isinstance(broke, KeyboardInterrupt):
                raise
            was_read()
            return {"ended": "crash", "faults": [f"{place(broke)} {broke}"[:500]]}
    was_read()
    faults, asked = faults_of(extract, sent)
    same = _is_same(extract, seed)
    ended = "read as before" if same else "read, another content" if asked else "read, nobody to ask"
    return {"ended": "fault" if faults else ended, "faults": faults[:SHOWN]}


def _read(sent: Sent, folder: Path) -> intake.Extract:
    paths = []
    for number, (name, content) in enumerate(sent.items()):
        (folder / str(number)).mkdir()
        paths.append(folder / str(number) / name)
        paths[-1].write_bytes(content)
    deliveries = [intake.receive(path, folder / "kept") for path in paths]
    return intake.read(deliveries, DISTRICT, rounds.load(2569))


_before: dict[str, intake.Extract] = {}


def _is_same(extract: intake.Extract, seed: str) -> bool:
    if seed not in _before:
        with tempfile.TemporaryDirectory() as folder:
            _before[seed] = _read(seeds()[seed], Path(folder))
    before = _before[seed]
    pairs = ((extract.households, before.households), (extract.persons, before.persons))
    return all(one.drop("delivery_id").equals(other.drop("delivery_id")) for one, other in pairs)


def main() -> None:
    seed = int(sys.argv[1])
    for line in sys.stdin:
        made = mutant(seed, int(line))
        print(json.dumps(made.name), flush=True)
        print(json.dumps(outcome(made.sent, made.seed, lambda: print("read", flush=True))), flush=True)


if __name__ == "__main__":
    main()
