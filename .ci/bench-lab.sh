#!/usr/bin/env bash
# The login lab beside two FastAPI servers made of the exported code, blocking and off the loop, under the same load in
# the same run: with HS256, and with RS256 and a key of 4096 bits. TEMPLATE and JWT_WORKBENCH_BIN may be set, and what
# follows the script's name goes to the lab, such as --seconds 2.
set -euo pipefail
cd "$(dirname "$0")/.."
template=${TEMPLATE:-assets/templates/enterprise-40-groups.jwt.json}
python=${JWT_WORKBENCH_PYTHON:-$PWD/target/tools/bin/python}
program=${JWT_WORKBENCH_BIN:-}
if [ -z "$program" ]; then
    cargo build --release --locked
    program=target/release/jwt-workbench
fi

folder=$(mktemp -d)
servers=()
stop_servers() {
    for server in "${servers[@]}"; do
        kill "$server" 2>/dev/null || true
        wait "$server" 2>/dev/null || true
    done
    servers=()
}
trap 'stop_servers; rm -rf "$folder"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# A secret and a key for this run alone; ours signs with the same.
JWT_SECRET=$("$python" -c 'import secrets; print(secrets.token_urlsafe(48))')
export JWT_SECRET JWT_KEY_FILE=$folder/private.pem
"$program" key generate RS256 --bits 4096 --output "$JWT_KEY_FILE" >/dev/null

free_port() {
    "$python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

# Starts the server of one snippet: LANGUAGE PORT TEMPLATE
start_server() {
    local language=$1 port=$2 place=$folder/$1
    mkdir -p "$place"
    "$program" code "$language" "$3" >"$place/main.py" 2>/dev/null
    "$python" -m uvicorn main:app --app-dir "$place" --host 127.0.0.1 --port "$port" --workers 1 --no-access-log \
        --log-level warning &
    servers+=($!)
    local tries=0
    until "$python" -c "import urllib.request; urllib.request.urlopen('http://127.0.0.1:$port/ping')" 2>/dev/null; do
        tries=$((tries + 1))
        if [ "$tries" -gt 100 ] || ! kill -0 "${servers[-1]}" 2>/dev/null; then
            printf 'The server of %s did not start.\n' "$language" >&2
            exit 1
        fi
        sleep 0.1
    done
}

# One comparison: ALGORITHM, where the lab finds the key, and what goes to the lab besides.
compare() {
    local algorithm=$1 blocking off_loop key_arguments
    read -ra key_arguments <<<"$2"
    shift 2
    "$python" - "$template" "$algorithm" "$folder/template.jwt.json" <<'PYTHON'
import json, sys
source, algorithm, target = sys.argv[1:]
template = json.load(open(source, encoding="utf-8"))
template["header"]["alg"] = algorithm
template.pop("key", None)
json.dump(template, open(target, "w", encoding="utf-8"), ensure_ascii=False)
PYTHON
    blocking=$(free_port)
    start_server fastapi-blocking "$blocking" "$folder/template.jwt.json"
    off_loop=$(free_port)
    start_server fastapi-off-loop "$off_loop" "$folder/template.jwt.json"
    printf '\n%s\n\n' "$algorithm"
    "$program" lab "$folder/template.jwt.json" "${key_arguments[@]}" --markdown "$@" \
        --beside "FastAPI, blocking=http://127.0.0.1:$blocking" --beside "FastAPI, off the loop=http://127.0.0.1:$off_loop"
    stop_servers
}

compare HS256 "--secret-env JWT_SECRET" "$@"
compare RS256 "--key $JWT_KEY_FILE" "$@"
