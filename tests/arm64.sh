#!/bin/sh
# The unit tests and the cases, built for aarch64 and run by qemu's emulation of one program.
#   arm64.sh BUILD
# It needs gcc-aarch64-linux-gnu, qemu-user, and the libraries of the Makefile for arm64. Those are where
# dpkg --add-architecture arm64 puts them, or below ARM64_ROOT. What is missing is said, and nothing is run.
set -eu
build=$1 root=${ARM64_ROOT:-}
libraries=$root/usr/lib/aarch64-linux-gnu system=/usr/aarch64-linux-gnu

skip() {
    echo "check-arm64 skipped: no $1"
    exit 0
}

command -v aarch64-linux-gnu-gcc >/dev/null || skip "aarch64-linux-gnu-gcc (package gcc-aarch64-linux-gnu)"
command -v qemu-aarch64 >/dev/null || skip "qemu-aarch64 (package qemu-user)"
[ -e "$libraries/pkgconfig/libpcre2-8.pc" ] || skip "libraries for arm64 in $libraries"

PKG_CONFIG_LIBDIR=$libraries/pkgconfig
PKG_CONFIG_SYSROOT_DIR=$root
export PKG_CONFIG_LIBDIR PKG_CONFIG_SYSROOT_DIR
QEMU_LD_PREFIX=$system
QEMU_SET_ENV=LD_LIBRARY_PATH=$libraries:$root/lib/aarch64-linux-gnu:$system/lib
export QEMU_LD_PREFIX QEMU_SET_ENV
make -s BUILD="$build" CC=aarch64-linux-gnu-gcc RUN=qemu-aarch64 LDFLAGS="-Wl,-rpath-link,$libraries" "$build/newsfold" "$build/unit"
qemu-aarch64 "$build/unit"
