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
TEST_DEBIAN := mandoc valgrind python3 clang universal-ctags

ifneq ($(filter-out help clean demo test install-build-packages install-test-packages,$(or $(MAKECMDGOALS),all)),)
ifneq ($(shell $(PKG_CONFIG) --exists $(PACKAGES) 2>/dev/null && echo yes),yes)
$(error newsfold needs the libraries $(PACKAGES). On Debian or Ubuntu: apt-get install pkg-config $(DEBIAN))
endif
endif

OWN_CFLAGS := -std=c11 -D_POSIX_C_SOURCE=200809L -D_DEFAULT_SOURCE -Iinclude -Isrc -MMD -MP \
	-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes \
	-Wold-style-definition -Wundef -Wvla -Wwrite-strings -Wpointer-arith -Wformat=2 \
	$(patsubst -I%,-isystem %,$(shell $(PKG_CONFIG) --cflags $(PACKAGES) 2>/dev/null))
LIBS := $(shell $(PKG_CONFIG) --libs libpcre2-8 libutf8proc 2>/dev/null) -ldl -lm

LIB_SOURCES := $(sort $(wildcard src/base/*.c src/text/*.c src/adapt/*.c src/rules/*.c src/stage/*.c src/pipe/*.c))
CLI_SOURCES := $(sort $(wildcard src/cli/*.c))
RULE_FILES := $(sort $(wildcard src/rules/builtin/*.rules))
LIB_OBJECTS := $(LIB_SOURCES:%.c=$(BUILD)/%.o) $(BUILD)/gen/builtin_rules.o
CLI_OBJECTS := $(CLI_SOURCES:%.c=$(BUILD)/%.o)

all: $(BUILD)/newsfold ## build the program, at build/newsfold

$(BUILD)/newsfold: $(CLI_OBJECTS) $(BUILD)/libnewsfold.a
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

$(BUILD)/libnewsfold.a: $(LIB_OBJECTS)
	@rm -f $@
	$(AR) rcs $@ $^

$(BUILD)/%.o: %.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(OWN_CFLAGS) $(CFLAGS) -c -o $@ $<

$(BUILD)/gen/builtin_rules.o: $(BUILD)/gen/builtin_rules.c
	$(CC) $(CPPFLAGS) $(OWN_CFLAGS) $(CFLAGS) -c -o $@ $<

# The rule files as an array: a string literal may not be so long.
$(BUILD)/gen/builtin_rules.c: $(RULE_FILES)
	@mkdir -p $(@D)
	@{ echo '#include "rules/builtin.h"'; echo 'const char nf_builtin_rules[] = {'; \
	  for f in $(RULE_FILES); do cat $$f; echo; done | od -An -v -tx1 | sed 's/ \(..\)/(char)0x\1,/g'; \
	  echo '};'; echo 'const size_t nf_builtin_rules_len = sizeof nf_builtin_rules;'; } > $@.new
	@mv $@.new $@

# Objects depend on the flags they were made with.
$(BUILD)/flags: FORCE
	@mkdir -p $(@D)
	@echo '$(CC) $(CPPFLAGS) $(CFLAGS)' | cmp -s - $@ || echo '$(CC) $(CPPFLAGS) $(CFLAGS)' > $@

clean: ## remove what was built
	rm -rf build

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /  \1\t/p' $(MAKEFILE_LIST) | expand -t 26

FORCE:
.PHONY: all clean help FORCE

-include $(LIB_OBJECTS:.o=.d) $(CLI_OBJECTS:.o=.d)
