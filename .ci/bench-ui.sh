#!/usr/bin/env bash
# Key presses in the real window, on a display of its own where there is none: .ci/bench-ui.sh [CLAIMS...]
# JWT_WORKBENCH_BENCH_UI names a bench that is built already; else PROFILE says how to build it: release, or dev.
set -euo pipefail
cd "$(dirname "$0")/.."
bench=${JWT_WORKBENCH_BENCH_UI:-}
if [ -z "$bench" ]; then
    said=$(mktemp)
    trap 'rm -f "$said"' EXIT
    cargo bench --locked --bench ui --profile "${PROFILE:-release}" --no-run 2> >(tee "$said" >&2)
    bench=$(sed -n 's/^ *Executable .*(\(.*\))$/\1/p' "$said")
fi
display=()
[ -n "${DISPLAY:-}" ] || display=(.ci/display.sh)
"${display[@]}" "$bench" --bench "$@"
