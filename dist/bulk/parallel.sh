#!/usr/bin/env bash
# Mints one run in pieces with GNU parallel, here and on other machines.
#
#   dist/bulk/parallel.sh PIECES FOLDER [arguments of mint]
#   SSH=alice@one,alice@two dist/bulk/parallel.sh 8 tokens access-token.jwt.json --secret-env JWT_SECRET --count 10000000
#
# Every piece is a file of its own; the pieces share no counter and no row. A piece that is minted again is the same, but
# for what is random in it. With SSH the pieces run on those machines, which need the program, the template and the secret
# (--env names variables to pass on), and the files are fetched from there.
set -euo pipefail
[ $# -ge 2 ] || { sed -n '4,5s/^# *//p' "$0" >&2; exit 2; }
pieces=$1 folder=$2
shift 2
mkdir -p "$folder"
remote=()
[ -z "${SSH:-}" ] || remote=(--sshlogin "$SSH" --env JWT_SECRET --return "$folder/{}.txt" --cleanup)
seq 0 $((pieces - 1)) | parallel --quote --halt soon,fail=1 --retries 3 "${remote[@]}" \
    "${JWT_WORKBENCH:-jwt-workbench}" mint "$@" --threads 1 --shard "{}/$pieces" --output "$folder/{}.txt"
