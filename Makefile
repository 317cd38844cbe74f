# newsfold: `make help` lists the targets.

PREFIX ?= /usr/local
BINDIR ?= $(PREFIX)/bin
MANDIR ?= $(PREFIX)/share/man
PKG_CONFIG ?= pkg-config
INSTALL ?= install
CFLAGS ?= -O2 -g

# A build of another kind (sanitizers, coverage) goes to a folder of its own: make BUILD=build/asan CFLAGS=...
BUILD ?= build

PACKAGES := libxml-2.0 libpcre2-8 libxxhash libutf8proc
DEBIAN := libxml2-dev libpcre2-dev libxxhash-dev libutf8proc-dev
OPTIONAL_DEBIAN := zlib1g-dev libzstd-dev
BUILD_DEBIAN := gcc libc6-dev pkg-config $(DEBIAN) $(OPTIONAL_DEBIAN)
TEST_DEBIAN := gzip zstd git jq parallel patch python3 mandoc universal-ctags valgrind libc6-dbg clang llvm libclang-rt-dev

ifneq ($(filter-out help clean demo test uninstall lint,$(or $(MAKECMDGOALS),all)),)
ifneq ($(shell $(PKG_CONFIG) --exists $(PACKAGES) 2>/dev/null && echo yes),yes)
$(error newsfold needs the libraries $(PACKAGES). On Debian or Ubuntu: apt-get install pkg-config $(DEBIAN))
endif
endif

# Optional: gzip and zstd. `make WITH_ZLIB=no WITH_ZSTD=no` leaves them out; they are loaded when first needed.
WITH_ZLIB ?= $(shell $(PKG_CONFIG) --exists zlib 2>/dev/null && echo yes)
WITH_ZSTD ?= $(shell $(PKG_CONFIG) --exists libzstd 2>/dev/null && echo yes)
OPTIONAL := $(if $(filter yes,$(WITH_ZLIB)),-DNF_HAVE_ZLIB) $(if $(filter yes,$(WITH_ZSTD)),-DNF_HAVE_ZSTD)

OWN_CFLAGS := $(OPTIONAL) -std=c11 -D_POSIX_C_SOURCE=200809L -D_DEFAULT_SOURCE -Iinclude -Isrc -MMD -MP \
	-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes \
	-Wold-style-definition -Wundef -Wvla -Wwrite-strings -Wpointer-arith -Wformat=2 \
	$(patsubst -I%,-isystem %,$(shell $(PKG_CONFIG) --cflags $(PACKAGES) 2>/dev/null))
LIBS := $(shell $(PKG_CONFIG) --libs libpcre2-8 libutf8proc 2>/dev/null) -ldl -lm -pthread
LINK = $(CC) $(CFLAGS) $(LDFLAGS) -o $@ $(filter %.o,$^) $(filter %.a,$^) $(LIBS)

LIB_SOURCES := $(sort $(wildcard src/base/*.c src/text/*.c src/adapt/*.c src/rules/*.c src/stage/*.c src/pipe/*.c))
CLI_SOURCES := $(sort $(wildcard src/cli/*.c))
RULE_FILES := $(sort $(wildcard src/rules/builtin/*.rules))
LIB_OBJECTS := $(LIB_SOURCES:%.c=$(BUILD)/%.o) $(BUILD)/gen/builtin_text.o $(BUILD)/gen/builtin_tables.o
CLI_OBJECTS := $(CLI_SOURCES:%.c=$(BUILD)/%.o)

all: $(BUILD)/newsfold ## build the program, at build/newsfold

$(BUILD)/newsfold: $(CLI_OBJECTS) $(BUILD)/libnewsfold.a
	$(LINK)

$(BUILD)/libnewsfold.a: $(LIB_OBJECTS)
	@rm -f $@
	$(AR) rcs $@ $^

$(BUILD)/%.o: %.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(OWN_CFLAGS) $(CFLAGS) -c -o $@ $<

$(BUILD)/gen/%.o: $(BUILD)/gen/%.c $(BUILD)/flags
	$(CC) $(CPPFLAGS) $(OWN_CFLAGS) $(CFLAGS) -c -o $@ $<

# The rule files as an array: a string literal may not be so long.
$(BUILD)/gen/builtin_text.c: $(RULE_FILES)
	@mkdir -p $(@D)
	@{ echo '#include "rules/builtin.h"'; echo 'const char nf_builtin_text[] = {'; \
	  for f in $(RULE_FILES); do cat $$f; echo; done | od -An -v -tx1 | sed 's/ \(..\)/(char)0x\1,/g'; \
	  echo '};'; echo 'const size_t nf_builtin_text_len = sizeof nf_builtin_text;'; } > $@.new
	@mv $@.new $@

# The same as tables with an index, made by a program that reads them as the library does.
INDEX_OBJECTS := $(filter $(BUILD)/src/base/%.o $(BUILD)/src/text/%.o $(BUILD)/src/adapt/regex.o $(BUILD)/src/adapt/digest%.o $(BUILD)/src/rules/%.o,$(LIB_OBJECTS))
$(BUILD)/gen/make_index: $(BUILD)/src/rules/builtin/make_index.o $(INDEX_OBJECTS) $(BUILD)/gen/builtin_text.o
	$(LINK)

$(BUILD)/gen/builtin_tables.c: $(BUILD)/gen/make_index
	@$(RUN) $< > $@.new && mv $@.new $@

# A build for another machine says what runs its programs here: make CC=aarch64-linux-gnu-gcc RUN=qemu-aarch64
RUN ?=

# Objects depend on the flags they were made with.
$(BUILD)/flags: FORCE
	@mkdir -p $(@D)
	@echo '$(CC) $(CPPFLAGS) $(OPTIONAL) $(CFLAGS)' | cmp -s - $@ || echo '$(CC) $(CPPFLAGS) $(OPTIONAL) $(CFLAGS)' > $@

install: all ## install below PREFIX (default: /usr/local), within DESTDIR
	$(INSTALL) -d $(DESTDIR)$(BINDIR) $(DESTDIR)$(MANDIR)/man1 $(DESTDIR)$(MANDIR)/man5
	$(INSTALL) -m 755 $(BUILD)/newsfold $(DESTDIR)$(BINDIR)/newsfold
	$(INSTALL) -m 644 man/newsfold.1 $(DESTDIR)$(MANDIR)/man1/newsfold.1
	$(INSTALL) -m 644 man/newsfold-rules.5 $(DESTDIR)$(MANDIR)/man5/newsfold-rules.5

uninstall: ## remove what install put there
	rm -f $(DESTDIR)$(BINDIR)/newsfold $(DESTDIR)$(MANDIR)/man1/newsfold.1 $(DESTDIR)$(MANDIR)/man5/newsfold-rules.5

# Installs the packages of $(1) that are missing, saying so; those the distribution does not know are passed over.
define install_packages
@missing=; for p in $(1); do \
  dpkg-query -W -f '$${Status}' $$p 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$p"; done; \
[ -n "$$missing" ] || exit 0; \
command -v apt-get >/dev/null || { echo "No apt-get here; please install what corresponds to:$$missing"; exit 0; }; \
sudo=; [ "$$(id -u)" = 0 ] || sudo=sudo; \
echo "Missing packages:$$missing. Installing them: $$sudo apt-get install"; \
$$sudo apt-get update -q || exit 1; known=; \
for p in $$missing; do apt-cache show $$p >/dev/null 2>&1 && known="$$known $$p" || echo "(no package $$p here)"; done; \
$$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $$known
endef

demo: ## install what the build needs, build, and clean a sample before your eyes
	$(call install_packages,$(BUILD_DEBIAN))
	@$(MAKE) --no-print-directory all
	@sh samples/demo.sh $(BUILD)/newsfold

test: ## install what the tests need, then run all of them, with sanitizers too
	$(call install_packages,$(BUILD_DEBIAN) $(TEST_DEBIAN))
	@$(MAKE) --no-print-directory check; checked=$$?; \
	$(MAKE) --no-print-directory check-sanitizers || checked=1; \
	$(MAKE) --no-print-directory check-threads && exit $$checked

# Tests link the library; the fuzzers have a plain main unless FUZZ_MAIN is empty and FUZZ_LDFLAGS brings one.
UNIT_OBJECTS := $(patsubst %.c,$(BUILD)/%.o,$(sort $(wildcard tests/unit/*.c)))
FUZZ_MAIN ?= $(BUILD)/tests/fuzz/driver.o
FUZZERS := $(addprefix $(BUILD)/fuzz_,text html rules arguments records)
TEST_PROGRAMS := $(BUILD)/unit $(BUILD)/blocks $(FUZZERS)

$(BUILD)/unit: $(UNIT_OBJECTS) $(BUILD)/libnewsfold.a
	$(LINK)

$(BUILD)/blocks: $(BUILD)/tests/blocks.o $(BUILD)/libnewsfold.a
	$(LINK)

$(BUILD)/fuzz_arguments: $(BUILD)/src/cli/arguments.o $(BUILD)/src/cli/conflicts.o
$(FUZZERS): $(BUILD)/fuzz_%: $(BUILD)/tests/fuzz/fuzz_%.o $(FUZZ_MAIN) $(BUILD)/libnewsfold.a
	$(LINK) $(FUZZ_LDFLAGS)

$(BUILD)/inject.so: tests/faults/inject.c
	$(CC) -O2 -Wall -Wextra -shared -fPIC -o $@ $< -ldl

check: all $(TEST_PROGRAMS) $(BUILD)/inject.so ## run the tests; installs nothing
	@tests/run.sh $(BUILD) unit cases docs blocks corpus records faults eval

check-sanitizers: ## the same tests built with AddressSanitizer and UndefinedBehaviorSanitizer
	@$(MAKE) --no-print-directory BUILD=$(BUILD)/sanitizers CC=$(SANITIZE_CC) \
	  CFLAGS='-O1 -g -fno-omit-frame-pointer $(SANITIZE)' check-sanitized

# Clang sees more undefined behaviour than gcc.
SANITIZE := -fsanitize=address,undefined -fno-sanitize-recover=all
SANITIZE_CC = $(shell echo 'int main(void) { return 0; }' | clang $(SANITIZE) -x c -o /dev/null - 2>/dev/null && \
	echo clang || echo $(CC))
check-sanitized: all $(TEST_PROGRAMS)
	@ASAN_OPTIONS=exitcode=99 UBSAN_OPTIONS=exitcode=99:print_stacktrace=1 tests/run.sh $(BUILD) unit cases docs blocks corpus records

check-threads: ## the same output for any number of threads, built with ThreadSanitizer
	@$(MAKE) --no-print-directory BUILD=$(BUILD)/threads CC=$(THREAD_CC) CFLAGS='-O1 -g $(THREADS)' check-threaded

THREADS := -fsanitize=thread
THREAD_CC = $(shell echo 'int main(void) { return 0; }' | clang $(THREADS) -x c -o /dev/null - 2>/dev/null && \
	echo clang || echo $(CC))
check-threaded: all $(BUILD)/blocks
	@TSAN_OPTIONS="exitcode=99 suppressions=$(CURDIR)/tests/threads.supp" tests/run.sh $(BUILD) blocks

check-arm64: ## the unit tests for aarch64, where its compiler, qemu and its libraries are installed (below ARM64_ROOT)
	@sh tests/arm64.sh $(BUILD)/arm64

check-valgrind: all ## the cases under valgrind
	@tests/run.sh $(BUILD) valgrind

# The benchmark measures the library as it is installed: its own programs are plain C.
$(BUILD)/make_corpus $(BUILD)/measure $(BUILD)/lines_only: $(BUILD)/%: tests/bench/%.c
	@mkdir -p $(@D)
	$(CC) -std=c11 -D_DEFAULT_SOURCE -O2 -Wall -Wextra -o $@ $<

# The text stages alone: build/kernels FILE.
$(BUILD)/kernels: $(BUILD)/tests/bench/kernels.o $(BUILD)/libnewsfold.a
	$(LINK)

bench: all $(BUILD)/make_corpus $(BUILD)/measure $(BUILD)/lines_only $(BUILD)/kernels $(BUILD)/sax_only ## speed, memory and start-up beside other programs; PARTS, BENCH_MB, BENCH_ROUNDS
	@sh tests/bench/bench.sh $(BUILD) $(PARTS)

$(BUILD)/sax_only: tests/bench/sax_only.c
	@mkdir -p $(@D)
	$(CC) -O2 -Wall -Wextra $(shell $(PKG_CONFIG) --cflags libxml-2.0) -o $@ $< $(shell $(PKG_CONFIG) --libs libxml-2.0)

bench-pages: all $(BUILD)/measure $(BUILD)/sax_only ## speed over the labelled pages beside a bare parser and trafilatura; PAGES, PYTHON, ROUNDS
	@sh tests/bench/pages.sh $(BUILD)

# What tests/eval/train_pages.py asks.
$(BUILD)/line_cues: $(BUILD)/tests/eval/line_cues.o $(BUILD)/libnewsfold.a
	$(LINK)

$(BUILD)/page_features: $(BUILD)/tests/eval/page_features.o $(BUILD)/libnewsfold.a
	$(LINK)

update-cases: all ## write down what the cases print now; then read the diff
	@tests/run_cases.py --build $(BUILD) --update

lint: ## layers, headers, calls, sizes, options, manual
	@sh tests/lint/run.sh

FUZZ_SECONDS ?= 60
fuzz: ## fuzz for FUZZ_SECONDS (60) with clang; what it finds is kept in build/fuzz/found
	@sh tests/fuzz/run.sh $(BUILD)/fuzz $(FUZZ_SECONDS)

clean: ## remove what was built
	rm -rf build

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /  \1\t/p' $(MAKEFILE_LIST) | expand -t 26

FORCE:
.PHONY: all install uninstall demo test check check-sanitizers check-sanitized check-threads check-threaded check-valgrind check-arm64 bench bench-pages update-cases lint fuzz \
	clean help FORCE

-include $(BUILD)/src/rules/builtin/make_index.d $(LIB_OBJECTS:.o=.d) $(CLI_OBJECTS:.o=.d) $(UNIT_OBJECTS:.o=.d) $(wildcard $(BUILD)/tests/*.d $(BUILD)/tests/fuzz/*.d)
