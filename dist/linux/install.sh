#!/usr/bin/env bash
# Installs the program that `cargo build --release` made, its desktop entry and its icon.
# PREFIX is where (~/.local by default), DESTDIR is put before it for packaging.
set -euo pipefail
cd "$(dirname "$0")/../.."
prefix=${DESTDIR:-}${PREFIX:-$HOME/.local}
install -Dm 755 target/release/jwt-workbench "$prefix/bin/jwt-workbench"
install -Dm 644 dist/linux/jwt-workbench.desktop "$prefix/share/applications/jwt-workbench.desktop"
install -Dm 644 assets/icon.svg "$prefix/share/icons/hicolor/scalable/apps/jwt-workbench.svg"
install -Dm 644 assets/icon.png "$prefix/share/icons/hicolor/256x256/apps/jwt-workbench.png"
printf 'Installed in %s\n' "$prefix"
