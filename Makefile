# `make` prints the targets. Each does all its own set-up, into .venv; Python 3.11 or later and git are all it needs.
.DEFAULT_GOAL := help
PYTHON ?= python3
export UV_PYTHON_DOWNLOADS := never
UV := $(shell command -v uv 2>/dev/null || echo .uv/bin/uv)
STAMP := .venv/.installed

.PHONY: help install demo test check format serve clean

help: ## print these targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/make \1\t\2/' | expand -t 16

install: $(STAMP) ## set everything up in .venv

.uv/bin/uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Mitra needs Python 3.11 or later; $(PYTHON) is older. Try: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 2; }
	$(PYTHON) -m venv .uv
	.uv/bin/pip install --quiet --disable-pip-version-check 'uv>=0.9,<1'

$(STAMP): pyproject.toml uv.lock | $(if $(findstring .uv,$(UV)),.uv/bin/uv)
	$(UV) sync --locked --quiet --python $(PYTHON)
	@touch $@

demo: $(STAMP) ## load the demo and open the app on http://127.0.0.1:8501
	@.venv/bin/mitra demo

serve: $(STAMP) ## open the app on the store of MITRA_STORE
	@.venv/bin/mitra serve

test: $(STAMP) ## run the tests (Neo4j and browser tests where there is one, slow ones where MITRA_REQUIRE is set)
	.venv/bin/pytest -n auto --maxprocesses 4 --dist worksteal

check: $(STAMP) ## linters, types, import rules
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	.venv/bin/mypy
	.venv/bin/lint-imports

format: $(STAMP) ## format the code
	.venv/bin/ruff check --fix
	.venv/bin/ruff format

clean: ## remove what make made, but no data
	rm -rf .venv .uv .cache
