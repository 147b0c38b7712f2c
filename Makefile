# Two commands for people: `make night` and `make test`. Both set up what they need in .venv first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
HOUSEHOLDS ?= 375000
VERDICTS ?= 1000000
SEED ?= 1
FILES ?= 10000

.PHONY: night test lint types bench bench-rules fuzz fuzz-readers generated lock clean help

help:
	@echo "make night   ตรวจจังหวัดตัวอย่างและเขียนรายงาน · run the night on the sample province"
	@echo "make test    ทดสอบระบบ · lint, types and tests"
	@echo "make fuzz VERDICTS=1000000   เทียบภาษากฎทุกระบบ · every target of the rule language, verdict by verdict"
	@echo "make fuzz-readers FILES=10000   อ่านไฟล์เสียหายทุกแบบ · files damaged in every way, read within bounds"
	@echo "make generated   เขียนพจนานุกรมข้อมูลและหน้ากฎใหม่ · the data dictionary and the catalogue pages"
	@echo "make bench HOUSEHOLDS=375000   วัดความเร็ว · seconds, rows/s and peak memory per stage"
	@echo "make bench-rules HOUSEHOLDS=375000   เทียบเครื่องมืออื่น · the same checks by our engine and by others"

night: $(VENV)/run.ok
	@echo "== ตรวจข้อมูลคืนนี้ · running the night on the sample province"
	$(BIN)/jpt night --settings jpt.toml

test: $(VENV)/dev.ok lint types
	@echo "== ทดสอบ · tests"
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile

lint: $(VENV)/dev.ok
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/dev.ok
	$(BIN)/mypy

bench: $(VENV)/run.ok
	$(BIN)/python -m flows.bench --households $(HOUSEHOLDS)

bench-rules: $(VENV)/dev.ok
	$(BIN)/python -m tests.bench_rules --households $(HOUSEHOLDS)

fuzz: $(VENV)/dev.ok
	$(BIN)/python -m tests.language_fuzz --verdicts $(VERDICTS) --seed $(SEED)

fuzz-readers: $(VENV)/dev.ok
	$(BIN)/python -m tests.reader_fuzz --files $(FILES) --seed $(SEED)

generated: $(VENV)/dev.ok
	@echo "== สร้างหน้าเอกสารใหม่ · writing the pages made from models and rules"
	$(BIN)/python -m schemas.dictionary
	$(BIN)/python -m rules.pages
	$(BIN)/python -m reports.partners.pages

# The lock files name no registry host: --no-emit-index-url, and no index on the command line.
lock:
	uv pip compile --universal --python-version 3.11 --no-emit-index-url --generate-hashes --no-header --extra build pyproject.toml -o requirements.lock
	uv pip compile --universal --python-version 3.11 --no-emit-index-url --generate-hashes --no-header --extra build --extra dev pyproject.toml -o requirements-dev.lock

$(VENV)/run.ok: requirements.lock pyproject.toml
	@echo "== ติดตั้งครั้งแรก ประมาณหนึ่งนาที · first-time setup, about a minute"
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes --no-deps -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/dev.ok: requirements-dev.lock pyproject.toml
	@echo "== ติดตั้งเครื่องมือทดสอบ · setting up for the tests"
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes --no-deps -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

clean:
	rm -rf $(VENV) out kept .jpt jpt.db build *.egg-info
