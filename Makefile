# Builds finsamstat and its tests. `make` the program, `make test` everything that is checked; see README.md.

BUILD ?= build
CC ?= cc
WARNINGS = -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
	-Wcast-qual -Wformat=2 -Wwrite-strings -Wundef -Wvla -Wdouble-promotion -Wnull-dereference -Wswitch-enum -fno-common
HARDEN ?= -O2 -D_FORTIFY_SOURCE=3 -fstack-protector-strong
CFLAGS = -std=c17 -D_POSIX_C_SOURCE=200809L -I. -g -ffp-contract=off -MMD -MP $(WARNINGS) $(HARDEN) $(SANITIZE)
LDFLAGS = -Wl,-z,relro,-z,now $(SANITIZE)
LIBRARIES = -lcsv -lz -lisal -ljansson -lsodium -lgsl -lgslcblas -lglpk -lsqlite3 -lxlsxwriter -lcrypto -lxxhash -lm
OPENMP ?= -fopenmp
# gcc's runtime goes into the program, which tells it how to wait before it begins (pipeline/maths/parallel.c).
ifeq ($(shell $(CC) -dM -E -x c /dev/null | grep __clang__),)
RUNTIME := $(wildcard $(shell $(CC) -print-file-name=libgomp.a))
endif
THREADS = $(if $(OPENMP),$(or $(RUNTIME),$(OPENMP)))

SOURCES = $(wildcard pipeline/*.c pipeline/*/*.c pipeline/*/*/*.c stages/*/*.c stages/*/*/*.c)
OBJECTS = $(SOURCES:%.c=$(BUILD)/%.o) $(BUILD)/embedded_data.o
PARTS = $(filter-out $(BUILD)/pipeline/main.o,$(OBJECTS))
SCHEMAS = $(sort $(wildcard schemas/extrakt/*.json schemas/tabeller/*.json schemas/kodlistor/*.csv))
TESTS = $(patsubst %.c,$(BUILD)/%,$(wildcard tests/*/test_*.c tests/*/*/test_*.c tests/*/*/*/test_*.c))
GENERATOR = $(patsubst %.c,$(BUILD)/%.o,$(wildcard sample-data/generate/*.c))

.PHONY: all install test test-asan test-tsan fuzz fuzzers faults sweep crash forbund82 check-clang sample-data expected bench clean tests
.SECONDARY:
all: $(BUILD)/finsamstat

# Everything but main, for the program and for each test.
$(BUILD)/libfinsamstat.a: $(PARTS)
	@echo "ar   $@"
	@rm -f $@
	@ar rcs $@ $^
$(BUILD)/finsamstat: $(BUILD)/pipeline/main.o $(BUILD)/libfinsamstat.a
	@echo "link $@"
	@$(CC) $(LDFLAGS) -o $@ $^ $(THREADS) $(LIBRARIES)

$(BUILD)/pipeline/maths/%.o: CFLAGS += $(OPENMP)
$(BUILD)/pipeline/maths/tableau.o $(BUILD)/pipeline/maths/tableau_bits.o $(BUILD)/pipeline/maths/tableau_lines.o: CFLAGS += -O3
$(BUILD)/stages/validate/print.o $(BUILD)/stages/validate/profile.o $(BUILD)/stages/link/piece.o $(BUILD)/stages/link/record.o \
	$(BUILD)/stages/link/spread.o: CFLAGS += -O3
$(BUILD)/stages/malgrupp/%.o: CFLAGS += -O3
$(BUILD)/%.o: %.c | $(BUILD)/embedded_data.c
	@mkdir -p $(@D)
	@echo "cc   $<"
	@$(CC) $(CFLAGS) -c -o $@ $<

$(BUILD)/embed: schemas/embed.c
	@mkdir -p $(@D)
	@$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $<
$(BUILD)/embedded_data.c: $(BUILD)/embed $(SCHEMAS)
	@$(BUILD)/embed $@ $(SCHEMAS)
$(BUILD)/embedded_data.o: $(BUILD)/embedded_data.c
	@$(CC) $(CFLAGS) -c -o $@ $<

# Each test file is a program of its own.
$(BUILD)/tests/%: $(BUILD)/tests/%.o $(BUILD)/libfinsamstat.a
	@$(CC) $(LDFLAGS) -o $@ $^ $(THREADS) $(LIBRARIES) -lcmocka
tests: $(TESTS) $(BUILD)/finsamstat $(BUILD)/generate

# Installs what is missing first, so that a fresh machine needs nothing else.
test:
	./run.sh --install-only
	$(MAKE) -j $$(nproc) tests
	@BUILD=$(BUILD) tests/run

# The same suite under AddressSanitizer and UndefinedBehaviorSanitizer, in a build folder of its own. Its strstr measures the whole
# text at each call, which takes minutes on a workbook's sheet.
test-asan:
	ASAN_OPTIONS=intercept_strstr=0:$$ASAN_OPTIONS $(MAKE) BUILD=$(BUILD)/asan HARDEN=-O1 SANITIZE="-fsanitize=address,undefined -fno-sanitize-recover=undefined" test

# The suite with data races looked for: clang, whose OpenMP tells ThreadSanitizer what it does (libomp and its Archer).
test-tsan:
	sh tests/fuzz/tsan.sh

# Fuzzers of the readers (libFuzzer), built by clang; `make fuzz` runs each for FUZZ_SECONDS, tests/fuzz/test_fuzz.sh for one.
FUZZERS = $(patsubst %.c,$(BUILD)/%,$(wildcard tests/fuzz/fuzz_*.c))
FUZZED = $(patsubst %.c,$(BUILD)/%.o,$(wildcard pipeline/base/*.c pipeline/table/*.c pipeline/table/*/*.c) stages/ingest/personnummer.c) \
	$(BUILD)/embedded_data.o
fuzzers: $(FUZZERS)
$(BUILD)/tests/fuzz/fuzz_%: $(BUILD)/tests/fuzz/fuzz_%.o $(FUZZED)
	@$(CC) $(LDFLAGS) -fsanitize=fuzzer -o $@ $(if $(filter schema,$*),$(filter-out %/embedded.o,$^),$^) $(LIBRARIES)
fuzz:
	FUZZ_SECONDS=$${FUZZ_SECONDS:-300} sh tests/fuzz/test_fuzz.sh

# Calls of a run made to fail: FAULTS of each kind in each process (0, the default: every one; that takes hours).
faults: tests
	FAULTS=$${FAULTS:-0} sh tests/faults/test_faults.sh

# One call made to fail from each place in the code that makes any, in every stage, the process that starts them and the commands, with
# every piece of memory an allocation of its own; about an hour.
sweep:
	$(MAKE) BUILD=$(BUILD)/sweep HARDEN="$(HARDEN) -DARENA_BLOCK=64" tests
	BUILD=$(BUILD)/sweep FAULTS=places STEP=1 sh tests/faults/test_faults.sh

# Runs killed at KILLS random moments; four minutes.
crash: $(BUILD)/finsamstat $(BUILD)/generate
	KILLS=$${KILLS:-200} sh tests/pipeline/test_crash.sh

# As many förbund as there are in Sweden, run one after the other and four at a time.
forbund82: $(BUILD)/finsamstat $(BUILD)/generate
	FORBUND=$${FORBUND:-82} sh tests/pipeline/test_forbund82.sh

# A second compiler's opinion: builds everything with clang, and any warning is an error.
check-clang:
	$(MAKE) BUILD=$(BUILD)/clang CC=clang OPENMP= WARNINGS="$(WARNINGS) -Werror -Wno-source-uses-openmp" tests

$(BUILD)/generate: $(GENERATOR)
	@$(CC) $(LDFLAGS) -o $@ $^

# Remakes the two committed förbund byte for byte.
sample-data: $(BUILD)/generate
	$(BUILD)/generate insjoriket-2018 sample-data/insjoriket-2018
	$(BUILD)/generate alv-kust-2020 sample-data/alv-kust-2020

# Rewrites the golden tables after a reviewed change.
expected: $(BUILD)/finsamstat $(BUILD)/generate
	@EXPECTED=write BUILD=$(BUILD) tests/golden/run

# Measures the program beside others on a generated delivery: tests/bench/README.md.
bench: $(BUILD)/finsamstat $(BUILD)/generate $(BUILD)/bench_libcsv $(BUILD)/bench_inflate
	@python3 tests/bench/bench.py $(BUILD) $(BENCH)
$(BUILD)/bench_libcsv: tests/bench/libcsv.c
	@$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $< -lcsv
$(BUILD)/bench_inflate: tests/bench/inflate.c
	@$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $< -lz

# PREFIX=/opt/finsamstat: the program, which holds its schemas, the systemd units of docs/operation.md, and the documents.
PREFIX ?= /usr/local
install: $(BUILD)/finsamstat
	install -D -m 0755 $(BUILD)/finsamstat $(DESTDIR)$(PREFIX)/bin/finsamstat
	install -D -m 0644 -t $(DESTDIR)$(PREFIX)/systemd docs/systemd/finsamstat@.service docs/systemd/finsamstat@.timer \
		docs/systemd/finsamstat-alarm@.service
	install -D -m 0644 -t $(DESTDIR)$(PREFIX)/share/doc/finsamstat docs/operation.md docs/manual.md docs/method.md LICENSE

clean:
	rm -rf $(BUILD)

-include $(OBJECTS:.o=.d) $(TESTS:=.d) $(GENERATOR:.o=.d)
