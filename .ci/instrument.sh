#!/bin/sh
# Compiles this package, and none of its dependencies, so that libFuzzer sees which way the code went: for
# RUSTC_WORKSPACE_WRAPPER, see .ci/fuzz.sh. Overflow checks and debug assertions stay on although the code is optimised.
# The build script runs on its own, without libFuzzer to be linked with.
case " $* " in *" --crate-name build_script_build "*) exec "$@" ;; esac
exec "$@" -Copt-level=2 -Coverflow-checks=on -Cdebug-assertions=on -Cpasses=sancov-module \
    -Cllvm-args=-sanitizer-coverage-level=4 -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
    -Cllvm-args=-sanitizer-coverage-pc-table -Cllvm-args=-sanitizer-coverage-trace-compares
