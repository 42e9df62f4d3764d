#!/usr/bin/env bash
# Fuzzes with libFuzzer on the stable toolchain: .ci/fuzz.sh SECONDS, shared out among the targets of tests/fuzz/targets.
# Inputs worth keeping stay in target/fuzz/corpus. One that breaks a promise is named, and the run fails.
set -euo pipefail
cd "$(dirname "$0")/.."
targets=(token json_edits key template findings)
each=$((${1:?how many seconds} / ${#targets[@]}))
[ "$each" -ge 1 ] || each=1

# The wrapper instruments this package; its dependencies are those of `cargo test` as they are.
RUSTC_WORKSPACE_WRAPPER=$PWD/.ci/instrument.sh cargo build --locked --quiet --example fuzz --features fuzz

mkdir -p target/fuzz/{corpus,log,failures}
failed=0
printf '%-12s %12s %10s %10s   %s\n' target executions exec/s coverage result
for target in "${targets[@]}"; do
    log=target/fuzz/log/$target
    result=passed
    FUZZ_TARGET=$target target/debug/examples/fuzz -max_total_time="$each" -max_len=4096 -timeout=20 -rss_limit_mb=1024 \
        -print_final_stats=1 -artifact_prefix="target/fuzz/failures/$target-" "target/fuzz/corpus/$target" \
        >"$log" 2>&1 || { failed=1 && result="failed: $(sed -n 's/.*Test unit written to //p' "$log"), see $log"; }
    executions=$(sed -n 's/^stat::number_of_executed_units: //p' "$log")
    coverage=$(sed -n 's/.* cov: \([0-9]*\) .*/\1/p' "$log" | tail -n 1)
    rate=$(sed -n 's/^stat::average_exec_per_sec: *//p' "$log")
    printf '%-12s %12s %10s %10s   %s\n' "$target" "${executions:-?}" "${rate:-?}" "${coverage:-?}" "$result"
done
exit $failed
