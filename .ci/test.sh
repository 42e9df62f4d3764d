#!/usr/bin/env bash
# All tests. The journeys in a real window come one at a time, with the figures they print; a little fuzzing comes last.
set -euo pipefail
cd "$(dirname "$0")/.."
export JWT_WORKBENCH_PYTHON=$PWD/target/tools/bin/python
if cargo nextest --version >/dev/null 2>&1; then
    cargo nextest run --locked -E 'not binary(window)'
    cargo test --locked --doc --quiet
    cargo test --locked --test window -- --test-threads 1 --nocapture
else
    cargo test --locked
fi
[ "$(uname -s)" != Linux ] || .ci/fuzz.sh 10
