# Everything sets itself up: `make run`, `make test`. PYTHON=/path/to/python3 chooses the Python,
# VENV=folder another environment. Without make: see README.md.

VENV ?= .venv
PYTHON ?=
export PYTHON

ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
STARTER := $(or $(PYTHON),py)
else
BIN := $(VENV)/bin
STARTER := $(or $(PYTHON),$(firstword $(foreach name,python3 python3.13 python3.12 python3.11 python,$(shell command -v $(name) 2>/dev/null))))
endif

SETUP = $(or $(STARTER),$(error Pressmark needs Python 3.11 or later: install python3 (on Debian: apt-get install python3 python3-venv))) scripts/setup.py --venv $(VENV)
PY := $(BIN)/python

# Exported rather than written before the commands, which only a POSIX shell understands.
test stress fuzz bench bench-search screenshots bundle: export QT_QPA_PLATFORM = offscreen
fuzz: export PRESSMARK_EXAMPLES = 2000

.PHONY: run test check stress fuzz bench bench-search screenshots bundle wheel lock docs format clean \
	run-environment dev-environment

run: run-environment ## the window on a sample archive; without a display the headless demo
	$(PY) scripts/run.py

test: dev-environment check ## format, lint, types, and every test but the slow ones
	$(PY) -m pytest -m "not slow"

check: dev-environment
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m mypy

stress: dev-environment ## the slow tests
	$(PY) -m pytest -m slow

fuzz: dev-environment ## the property tests, many more examples
	$(PY) -m pytest -m hypothesis --timeout 3000

bench: dev-environment ## the measured figures, as a table
	$(PY) -m tests.bench

bench-search: dev-environment ## our index beside other engines; ARTICLES=100000 TEXT=real for more
	$(PY) -m tests.bench.engines --articles $(or $(ARTICLES),20000) --text $(or $(TEXT),synthetic)

screenshots: dev-environment ## docs/screenshots, from the real window
	$(PY) scripts/screenshots.py

bundle: dev-environment ## dist/pressmark, which then checks itself
	$(PY) -m PyInstaller --noconfirm --log-level WARN build.spec
	dist/pressmark/pressmark --self-check

wheel: dev-environment ## dist/*.whl, installed elsewhere and tried there
	$(PY) scripts/try_wheel.py

LOCK := uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-emit-index-url \
	--custom-compile-command "make lock"

lock: ## the lock files, anew from pyproject.toml; needs uv
	$(LOCK) pyproject.toml -o requirements/run.txt
	$(LOCK) pyproject.toml --group dev -c requirements/run.txt -o requirements/dev.txt

docs: dev-environment ## the tables in the documentation that come from the program
	$(PY) scripts/write_docs.py

format: dev-environment
	$(PY) -m ruff format .
	$(PY) -m ruff check --fix .

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .hypothesis demo-out

run-environment:
	@$(SETUP) run

dev-environment:
	@$(SETUP) dev
