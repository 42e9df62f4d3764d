#!/usr/bin/env bash
# Runs a command on a virtual display of its own, which ends with it: .ci/display.sh COMMAND [ARGUMENT...]
set -euo pipefail
exec 3< <(exec Xvfb -displayfd 1 -screen 0 1920x1200x24 -nolisten tcp 2>/dev/null)
server=$!
runtime=$(mktemp -d)
trap 'kill "$server" 2>/dev/null || true; rm -rf "$runtime"' EXIT
read -r number <&3 || {
    echo 'The virtual display did not start: see what Xvfb says when it is started by hand.' >&2
    exit 1
}
env -u WAYLAND_DISPLAY DISPLAY=":$number" XDG_RUNTIME_DIR="$runtime" "$@"
