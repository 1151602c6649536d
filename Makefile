# `make run` serves the map; `make test` checks everything. Both start from a bare checkout.

BIN := .venv/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest \
	--generate-hashes --no-annotate --custom-compile-command 'make lock' $(if $(UPGRADE),--upgrade)

.PHONY: help run test lint format bench conformance evaluate messages screenshots lock clean chromium
.DELETE_ON_ERROR:

help:  ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: .venv/.run  ## build the default store and serve the map on 127.0.0.1:8501
	$(BIN)/eventmap serve

test: lint chromium  ## lint, types, import rules and all tests
	$(BIN)/pytest -m "not browser" -n auto --maxprocesses 4 --dist loadfile
	$(BIN)/pytest -m browser

lint: .venv/.test  ## style, types and import rules
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

format: .venv/.test  ## put the code into the house style
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

bench: .venv/.test chromium  ## measure the map, imports beside pandas, kills, and the service
	$(BIN)/python -m bench
	$(BIN)/python -m bench.imports
	$(BIN)/python -m bench.kills
	$(BIN)/python -m bench.service

conformance: .venv/.test  ## the standards' abstract tests, into docs/conformance.md; JAR=file runs the OGC's own suite
	$(BIN)/python -m scripts.conformance $(if $(JAR),--jar $(JAR))

evaluate: .venv/.test  ## score how well articles are read, into docs/evaluation.md
	$(BIN)/python -m scripts.evaluate --held-out

messages: .venv/.test  ## bring the translations up to date with the texts of the page
	$(BIN)/python -m scripts.messages

screenshots: .venv/.test chromium  ## renew the pictures in docs/images
	$(BIN)/eventmap build
	$(BIN)/python -m scripts.screenshots

lock: $(BIN)/python  ## renew requirements/*.txt; UPGRADE=1 takes newer versions
	$(BIN)/python -m uv --version >/dev/null 2>&1 || $(INSTALL) uv
	$(COMPILE) pyproject.toml requirements/build.in --extra test -o requirements/test.txt
	$(COMPILE) pyproject.toml requirements/build.in -c requirements/test.txt -o requirements/run.txt

clean:  ## remove what can be made again; the store in var/ stays
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	rm -rf build dist test-results var/cache

# Installing is skipped until a lock file or pyproject.toml changes. Packages come from wherever the
# user's own pip configuration says; their hashes say that they are the right ones.

$(BIN)/python:
	scripts/venv.sh .venv

.venv/.run: requirements/run.txt pyproject.toml | $(BIN)/python
	@echo "installing the locked packages; the first time this takes a minute or two"
	$(INSTALL) --require-hashes -r requirements/run.txt
	$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.test: requirements/test.txt .venv/.run
	$(INSTALL) --require-hashes -r requirements/test.txt
	@touch $@

chromium: .venv/.test
	@$(BIN)/python -m tests.chromium
