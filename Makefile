# Öppna jämförelser Brottsoffer. `make help` lists the commands.
# What has to run is decided by content in src/ojbrottsoffer/cli/steps.py, not by file times.

.DEFAULT_GOAL := all
.PHONY: all env programs lint test serve lab check datadocs mutation tackning suites kontrollsummor lock utkast bildspel audit demo-riket bench clean help

PYTHON_BIN := .venv/bin/python
# Texts and paths are UTF-8 whatever the locale of whoever runs it.
export PYTHONUTF8 := 1
export PYTHONPATH := $(CURDIR)/src:$(CURDIR)
export GX_ANALYTICS_ENABLED := false
export NO_MKDOCS_2_WARNING := 1
# Some machines tell Python to keep no bytecode: a whole make then takes 85 s of CPU the first time and every time,
# not 63 and 51, and the tests start Python hundreds of times.
unexport PYTHONDONTWRITEBYTECODE

all: env  ## Build everything: environment, data, checks, notebooks, site
	@$(PYTHON_BIN) -m ojbrottsoffer.cli.build

env:
	@./tools/environment.sh

programs: env
	@$(PYTHON_BIN) -m tools.programs

lint: env  ## Look for plain mistakes: form, layers and import circles, types of the declarations (seconds)
	@.venv/bin/ruff check --quiet src tools tests && .venv/bin/ruff format --check --quiet src tools tests
	@said=$$(.venv/bin/lint-imports --no-logo --cache-dir .build/import-linter) || { echo "$$said"; exit 1; }
	@.venv/bin/mypy --no-error-summary

test: programs lint all  ## Build everything and run the tests (as root it installs the programs they need)
	@$(PYTHON_BIN) -m pytest -n auto --dist loadfile --no-loadscope-reorder $(ARGS)

serve: env  ## Show the site on http://localhost:8000; texts and templates as they are changed
	@$(PYTHON_BIN) -m mkdocs serve

lab: env  ## Open the notebooks in JupyterLab
	@$(PYTHON_BIN) -m jupyterlab --notebook-dir notebooks

check: env  ## Run the checks only and print the report; writes nothing
	@$(PYTHON_BIN) -m ojbrottsoffer kontrollera

datadocs: env  ## Build Great Expectations' own pages in .build/ to look at locally
	@$(PYTHON_BIN) -m ojbrottsoffer datadocs

mutation: env  ## Damage the raw files in many ways and record what the checks say
	@$(PYTHON_BIN) -m tools.damage $(ARGS)

tackning: env  ## Try the intervals of the analysis in invented countries and record the outcome
	@$(PYTHON_BIN) -m ojbrottsoffer tackning

suites: env  ## Bring the generated expectations in step with the declared columns
	@$(PYTHON_BIN) -m ojbrottsoffer sviter

kontrollsummor: env  ## Record the raw files as they are, after a corrected transcription
	@$(PYTHON_BIN) -m ojbrottsoffer kontrollsummor

lock: env  ## Resolve requirements.lock anew from pyproject.toml
	@.venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	    --no-header --extra dev pyproject.toml -o requirements.lock

utkast: env  ## Build a draft of the site with editions nobody has approved (.build/utkast/site)
	@$(PYTHON_BIN) -m ojbrottsoffer utkast

bildspel: all  ## Make the slides of every unit in .build/bildspel/, also where there are too many for a build
	@$(PYTHON_BIN) -m ojbrottsoffer bildspel

demo-riket: env  ## Build ten invented years of the whole nation in .build/demo-riket/projekt/site
	@$(PYTHON_BIN) -m tools.nation.demo

audit: programs all  ## Look at every page: accessibility, HTML, console; writes the statement's figures
	@$(PYTHON_BIN) -m tools.audit.audit $(ARGS)

bench: programs all  ## Measure build time, memory, page weight, the analysis and what a reader waits for
	@$(PYTHON_BIN) -m tools.bench.bench_build
	@$(PYTHON_BIN) -m tools.bench.bench_checks
	@$(PYTHON_BIN) -m tools.bench.bench_import
	@$(PYTHON_BIN) -m tools.bench.bench_analysis
	@$(PYTHON_BIN) -m tools.bench.bench_nation
	@$(PYTHON_BIN) -m tools.bench.bench_paper
	@$(PYTHON_BIN) -m tools.bench.bench_pages
	@$(PYTHON_BIN) -m tools.bench.bench_lighthouse

clean:  ## Remove what is built (not the environment, not the data)
	@rm -rf .build site

help:  ## List the commands
	@sed -n 's/^\([a-z-]*\):.*##/\1\t/p' Makefile | expand -t 10
