# Every target does all of its own set-up from nothing but python3 (3.11 or newer) and make.
# A second run asks no network: the environment is renewed only when constraints.txt or pyproject.toml change.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
DEMO ?= demo

.DEFAULT_GOAL := help
.PHONY: demo test lint docs bench eval interop fuzz clean help

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 18

demo: $(READY) ## the main job on a made-up world, March 2021 in small (DEMO=folder, ARGS="--scale N --seed N")
	$(BIN)/tocsin demo $(DEMO) --force $(ARGS)

test: $(READY) ## the tests that need nothing but Python (ARGS="-k word")
	$(BIN)/python -m pytest -n 2 --dist loadfile $(ARGS)

lint: $(READY) ## ruff and mypy --strict
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --strict src

docs: $(READY) ## build docs/ into site/, warnings as errors; the reference of commands must be current
	$(BIN)/python docs/generate_cli.py --check
	$(BIN)/mkdocs build --strict --quiet --site-dir site
	@echo "docs: open site/index.html"

bench: $(READY) ## speed and memory against the limit of this machine (ARGS=--quick for a small run)
	$(BIN)/python benchmarks/read_record.py $(filter --quick --no-record,$(ARGS))
	$(BIN)/python benchmarks/plan_notices.py $(filter --quick --no-record,$(ARGS))
	$(BIN)/python benchmarks/reach.py $(filter --quick,$(ARGS))
	$(BIN)/python benchmarks/render_notices.py $(filter --quick,$(ARGS))
	bash tests/interop/install.sh smtp-sink
	$(BIN)/python benchmarks/send_notices.py $(filter --quick,$(ARGS))
	$(BIN)/python benchmarks/run.py $(ARGS)

eval: $(READY) ## how well the reader of documents does against gold files (GOLD="path/gold.json …" ARGS="--show misses")
	$(BIN)/python benchmarks/eval_reader.py $(GOLD) $(ARGS)

interop: $(READY) ## against a real PostgreSQL, Chromium, GnuPG, gzip, zstd and zip; installs them when it may, never skips
	bash tests/interop/install.sh
	$(BIN)/python -m pytest tests/interop $(ARGS)
	$(BIN)/python -m pytest tests/store --desk postgresql $(ARGS)

fuzz: $(READY) ## a minute of hostile input for the readers (SECONDS=60)
	$(BIN)/python tests/fuzz/fuzz_readers.py --seconds $(or $(SECONDS),60)

clean: ## remove what make made
	rm -rf $(VENV) site demo benchmarks/data .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(READY): constraints.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "tocsin needs Python 3.11 or newer; name one with: make PYTHON=python3.11 …" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' || \
		{ echo "this Python cannot make environments; on Debian: apt-get install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@
