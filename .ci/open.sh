#!/usr/bin/env bash
# Opens the window. Without a display: mints the default token and takes a picture of the window on a virtual one.
set -euo pipefail
cd "$(dirname "$0")/.."
cargo build --release --locked
program=target/release/jwt-workbench
if [ "$(uname -s)" != Linux ] || [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    exec "$program" "$@"
fi

# Settings of this run stay in target/, whatever the user's own are.
folder=$PWD/target/run
mkdir -p "$folder"
export XDG_CONFIG_HOME=$folder/config XDG_DATA_HOME=$folder/data XDG_STATE_HOME=$folder/state XDG_CACHE_HOME=$folder/cache
token=$("$program" mint)
.ci/display.sh "$program" --screenshot "$folder/window.png" "$@"
printf '\nThere is no display here, so this is the default token:\n\n%s\n\nand this is a picture of the window: %s\n' \
    "$token" "$folder/window.png"
