#!/usr/bin/env bash
# Makes ready what a goal of the Makefile needs: .ci/setup.sh build|run|test|fuzz|check|bench-ui|deb|dist
# System packages come through apt, the Python tools go into target/tools; nothing is said when nothing is missing.
set -euo pipefail
cd "$(dirname "$0")/.."
goal=$1

stop() {
    printf '%s\n' "$*" >&2
    exit 1
}

need_rust() {
    local wanted have
    wanted=$(sed -n 's/^rust-version = "\(.*\)"$/\1/p' Cargo.toml)
    have=$(rustc --version 2>/dev/null | cut -d ' ' -f 2) || true
    if [ -z "$have" ] || ! command -v cargo >/dev/null; then
        stop "Rust $wanted or newer is needed and was not found: install it with rustup, then try again."
    fi
    if [ "$(printf '%s\n' "$wanted" "$have" | sort -V | head -n 1)" != "$wanted" ]; then
        stop "Rust $wanted or newer is needed and this is Rust $have: run 'rustup update stable', then try again."
    fi
}

# Collects PACKAGE (Debian's name) in `missing` unless the test that follows it succeeds.
missing=()
need() {
    local package=$1
    shift
    "$@" >/dev/null 2>&1 || missing+=("$package")
}

has_library() { [[ $libraries == *"$1 "* ]]; }

need_packages() {
    PATH=$PATH:/usr/sbin:/sbin
    libraries=$(ldconfig -p 2>/dev/null || true)

    need gcc command -v cc
    need libc6-dev cc -E -include stdio.h -x c /dev/null
    case $goal in run | test | bench-ui) need_window ;; esac
    case $goal in fuzz | test) need g++ command -v c++ ;; esac
    case $goal in test | bench-ui) need xdotool command -v xdotool ;; esac
    if [ "$goal" = test ]; then
        need xclip command -v xclip
        need nodejs command -v node
        need npm command -v npm
    fi
    if [ "$goal" = test ] || [ "$goal" = check ]; then
        need python3 command -v python3
        need python3-venv python3 -c 'import ensurepip, venv'
    fi
    case $goal in test | deb | dist) need dpkg-dev command -v dpkg-shlibdeps ;; esac
    [ "$goal" != dist ] || need squashfs-tools command -v mksquashfs
    [ "$goal" != test ] || need_desktop
    [ ${#missing[@]} -eq 0 ] || install_packages
}

# What the window opens at run time; without a display also a virtual one, and drivers that draw in software.
need_window() {
    need libx11-6 has_library libX11.so.6
    need libx11-xcb1 has_library libX11-xcb.so.1
    need libxcursor1 has_library libXcursor.so.1
    need libxi6 has_library libXi.so.6
    need libxkbcommon-x11-0 has_library libxkbcommon-x11.so.0
    need libegl1 has_library libEGL.so.1
    if [ "$goal" = test ] || [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
        need xvfb command -v Xvfb
        need mesa-vulkan-drivers compgen -G '/usr/share/vulkan/icd.d/lvp_icd.*'
        need libvulkan1 has_library libvulkan.so.1
        need libgl1-mesa-dri compgen -G '/usr/lib/*/dri/swrast_dri.so'
    fi
}

# What holds the installed program against the rules of desktops, and starts it as they do; its manual; three shells.
need_desktop() {
    need desktop-file-utils command -v desktop-file-validate
    need shared-mime-info command -v update-mime-database
    need appstream command -v appstreamcli
    need libglib2.0-bin command -v gio
    need man-db command -v man
    need openssl command -v openssl
    need zsh command -v zsh
    need fish command -v fish
}

install_packages() {
    local install=(apt-get install -y --no-install-recommends "${missing[@]}") root=() log=target/packages.log
    if ! command -v apt-get >/dev/null; then
        printf 'Missing here, by the names of Debian: %s. Trying without.\n' "${missing[*]}" >&2
        return
    fi
    if [ "$(id -u)" -ne 0 ]; then
        sudo -n true 2>/dev/null || stop "System packages are missing. Install them, then try again:
  sudo ${install[*]}"
        root=(sudo -n)
    fi
    printf 'Installing %s\n' "${missing[*]}"
    mkdir -p target
    {
        "${root[@]}" apt-get update -q
        "${root[@]}" env DEBIAN_FRONTEND=noninteractive "${install[@]}" -q -o DPkg::Lock::Timeout=300
    } >"$log" 2>&1 || {
        tail -n 15 "$log" >&2
        stop "The packages were not installed (the whole story is in $log). Install them, then try again:
  sudo ${install[*]}"
    }
}

# The other implementation that reads our tokens, and the checkers that are not part of Rust.
need_tools() {
    local tools=target/tools list=.ci/requirements.txt
    cmp -s "$list" "$tools/installed.txt" && return
    printf 'Installing the Python tools into %s\n' "$tools"
    rm -rf "$tools"
    python3 -m venv "$tools"
    "$tools/bin/pip" install --quiet --no-cache-dir --disable-pip-version-check --requirement "$list" ||
        stop "The Python tools were not installed: see the lines above."
    cp "$list" "$tools/installed.txt"
}

# The implementations for Node that read our tokens and whose tokens we read.
need_node_packages() {
    local packages=target/tools/node source=.ci/node
    cmp -s "$source/package-lock.json" "$packages/node_modules/installed.json" && return
    printf 'Installing the Node packages into %s\n' "$packages"
    mkdir -p "$packages"
    cp "$source/package.json" "$source/package-lock.json" "$packages"
    npm ci --prefix "$packages" --silent --ignore-scripts --no-audit --no-fund ||
        stop "The Node packages were not installed: see the lines above."
    cp "$source/package-lock.json" "$packages/node_modules/installed.json"
}

# What makes the Debian package. Nobody offers it compiled.
need_cargo_deb() {
    local version=3.8.0 root=target/tools/cargo
    [ "$("$root/bin/cargo-deb" --version 2>/dev/null)" != "cargo-deb $version" ] || return 0
    printf 'Compiling cargo-deb into %s\n' "$root"
    # A development build: it compiles in half the time, and the compressing is left to xz.
    CARGO_PROFILE_DEV_DEBUG=false cargo install --quiet --locked --debug --no-default-features --root "$root" \
        --target-dir target/cargo-deb "cargo-deb@$version" ||
        stop "cargo-deb was not compiled: see the lines above."
    rm -rf target/cargo-deb
}

need_rust
[ "$(uname -s)" != Linux ] || need_packages
if [ "$goal" = test ] || [ "$goal" = check ]; then
    need_tools
fi
if [ "$goal" = test ]; then
    need_node_packages
fi
if [ "$(uname -s)" = Linux ]; then
    case $goal in test | deb | dist) need_cargo_deb ;; esac
fi
