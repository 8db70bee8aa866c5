# Two commands matter: `make demo` runs the product, `make test` proves it. `make help` lists the rest.
WANT    = import sys, ssl, sqlite3, ensurepip, venv; (3, 12) <= sys.version_info < (3, 15) or sys.exit(1); print(sys.executable)
PYTHON ?= $(shell for p in python3.14 python3.13 python3.12 python3 $(wildcard $(HOME)/.pyenv/versions/3.1[2-4]*/bin/python3); \
            do "$$p" -c '$(WANT)' 2>/dev/null && break; done)
VENV   ?= .venv
BIN     = $(VENV)/bin
PORT   ?= 8000
CORE_STAMP = $(VENV)/core-$(shell cat requirements/*.txt pyproject.toml | cksum | tr -d ' ')
DEV_STAMP  = $(VENV)/dev-$(shell cat requirements/*.txt pyproject.toml | cksum | tr -d ' ')
MESSAGES   = $(wildcard src/kaaring/locale/*/LC_MESSAGES/django.po)
WORKERS   ?= 2

.PHONY: help setup dev demo demo-data test test-pure lint bench lock messages access clean
help:            ## show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/:/' | column -t -s ':'

setup: $(CORE_STAMP) $(MESSAGES:.po=.mo)  ## .venv with what the product needs
dev: $(DEV_STAMP) $(MESSAGES:.po=.mo)  ## .venv with what developers need as well

$(BIN)/uv:
	@test -n "$(PYTHON)" || { echo "Kåring needs Python 3.12, 3.13 or 3.14 with ssl, sqlite3 and venv: install one, or name it with PYTHON=/its/path."; exit 1; }
	"$(PYTHON)" -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt

$(CORE_STAMP): | $(BIN)/uv
	@test -n "$$(ls $(VENV)/dev-* 2>/dev/null)" && set=dev || set=core; \
	  VIRTUAL_ENV=$(VENV) $(BIN)/uv pip sync --quiet --require-hashes requirements/$$set.txt
	@VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install --quiet --no-deps --offline --editable .
	@rm -f $(VENV)/core-* && touch $@

$(DEV_STAMP): | $(BIN)/uv
	@VIRTUAL_ENV=$(VENV) $(BIN)/uv pip sync --quiet --require-hashes requirements/dev.txt
	@VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install --quiet --no-deps --offline --editable .
	@rm -f $(VENV)/core-* $(VENV)/dev-* && touch $@ $(CORE_STAMP)

%.mo: %.po | $(CORE_STAMP)
	@$(BIN)/python -c "import polib, sys; polib.pofile(sys.argv[1]).save_as_mofile(sys.argv[2])" $< $@

demo: setup      ## run the product with its demo editions on http://localhost:8000 (PORT=)
	@KAARING_DEMO=1 $(BIN)/kaaring demo --port $(PORT)

demo-data: setup ## the demo database in var/, without serving
	@KAARING_DEMO=1 $(BIN)/kaaring demo --no-serve

test: dev        ## the whole test suite (PostgreSQL too when TEST_DATABASE_URL names one)
	$(BIN)/pytest -q -n $(WORKERS) --dist loadfile
	@if [ -n "$$TEST_DATABASE_URL" ]; then :; else echo "SQLite only: set TEST_DATABASE_URL to test on PostgreSQL as well."; fi

test-pure: | $(BIN)/uv ## the pure core alone, in an environment without Django
	@test -x $(VENV)-pure/bin/pytest || { "$(PYTHON)" -m venv $(VENV)-pure && \
	  VIRTUAL_ENV=$(VENV)-pure $(BIN)/uv pip sync --quiet --require-hashes requirements/pure.txt; }
	PYTHONPATH=src $(VENV)-pure/bin/python -m pytest -q -c /dev/null --rootdir=. --confcutdir=tests/scoring -p no:cacheprovider tests/scoring
	PYTHONPATH=src $(VENV)-pure/bin/python -m pytest -q -c /dev/null --rootdir=. --confcutdir=tests/inference -p no:cacheprovider tests/inference
	PYTHONPATH=src $(VENV)-pure/bin/python -m pytest -q -c /dev/null --rootdir=. --confcutdir=tests/planning -p no:cacheprovider tests/planning

lint: dev        ## every check that needs no test run
	$(BIN)/ruff check src tests bench
	$(BIN)/ruff format --check src tests bench
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(BIN)/kaaring makemigrations --check --dry-run

bench: dev       ## measure, as ratios in one run (docs/performance.md explains)
	$(BIN)/python -m bench

messages: dev    ## take new messages into the catalogues (needs gettext)
	cd src/kaaring && ../../$(BIN)/kaaring makemessages -l nb -l ru --add-location file --no-obsolete --no-wrap

access: dev      ## write docs/access.md: who may open what
	$(BIN)/python -m tests.access > docs/access.md.new && mv docs/access.md.new docs/access.md

LOCK = VIRTUAL_ENV=$(VENV) $(BIN)/uv pip compile --quiet --universal --python-version 3.12 --generate-hashes \
         --no-emit-index-url --no-annotate --custom-compile-command "make lock"
lock: | $(BIN)/uv ## pin every dependency with hashes
	$(LOCK) pyproject.toml --group dev -o requirements/dev.txt
	$(LOCK) pyproject.toml -c requirements/dev.txt -o requirements/core.txt
	printf 'hypothesis\nnumpy\npytest\nrapidfuzz\nscipy\n' | $(LOCK) - -c requirements/dev.txt -o requirements/pure.txt
	echo uv | $(LOCK) - -o requirements/uv.txt

clean:           ## remove everything that can be made again, demo data included
	rm -rf $(VENV) $(VENV)-pure var .mypy_cache .ruff_cache .import_linter_cache htmlcov .coverage
