#!/usr/bin/env bash
# Packs the program for Linux: dist/linux/pack.sh deb|tar|appimage|checksums...
#   PROFILE  the build that is packed, release by default (dev is for tests); it must have been made
#   OUT      where the packages go, target/dist by default
set -euo pipefail
cd "$(dirname "$0")/../.."
profile=${PROFILE:-release}
out=${OUT:-target/dist}
BINARY=target/$([ "$profile" = dev ] && echo debug || echo "$profile")/jwt-workbench
version=$(sed -n 's/^version = "\(.*\)"$/\1/p' Cargo.toml | head -n 1)
machine=$(uname -m)
# Everything packed is as old as the last change, so that the same sources make the same packages.
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || date +%s)}
export BINARY SOURCE_DATE_EPOCH

# What install.sh installs, in a new folder with this prefix: FOLDER PREFIX
lay_out() {
    rm -rf "$1"
    DESTDIR=$PWD/$1 PREFIX=$2 dist/linux/install.sh
}

# Cargo.toml says what of target/dist/deb goes where; the program comes from cargo, which finds what it is linked with.
pack_deb() {
    local quick=()
    [ "$profile" != dev ] || quick=(--fast --compress-type gzip --compress-system)
    ZSH_COMPLETIONS=share/zsh/vendor-completions lay_out target/dist/deb /usr
    target/tools/cargo/bin/cargo-deb --quiet --no-build --profile "$profile" --strip "${quick[@]}" --output "$out/"
}

pack_tar() {
    local name=jwt-workbench-$version-linux-$machine
    lay_out "target/dist/tar/$name" /
    tar --create --gzip --file "$out/$name.tar.gz" --directory target/dist/tar --sort=name --owner=0 --group=0 \
        --numeric-owner --mtime="@$SOURCE_DATE_EPOCH" "$name"
}

# An AppImage is a program that mounts what follows it in its own file, or unpacks it (--appimage-extract-and-run).
pack_appimage() {
    local folder=target/dist/JWT-Workbench.AppDir image=$out/jwt-workbench-$version-$machine.AppImage
    lay_out "$folder" /usr
    ln -s usr/bin/jwt-workbench "$folder/AppRun"
    ln -s usr/share/applications/jwt-workbench.desktop usr/share/icons/hicolor/256x256/apps/jwt-workbench.png "$folder"
    ln -s jwt-workbench.png "$folder/.DirIcon"
    mksquashfs "$folder" "$image.content" -root-owned -noappend -quiet -no-progress -comp gzip
    cat "$(appimage_runtime)" "$image.content" >"$image"
    rm "$image.content"
    chmod 755 "$image"
}

# The program before the content: the file named by APPIMAGE_RUNTIME, or the one that the crate `appimage` carries.
appimage_runtime() {
    local crate=appimage-0.4.0 sum=328e0d745c5c6817048c27bc3e8314871703f8f47ffa81a37cb06cd95a94b323 runtime=${APPIMAGE_RUNTIME:-}
    if [ -z "$runtime" ]; then
        [ "$machine" = x86_64 ] || {
            echo "For $machine, let APPIMAGE_RUNTIME name a runtime of AppImages (type 2)." >&2
            return 1
        }
        # cargo unpacks what it tells about.
        cargo info --quiet "${crate%-*}@${crate##*-}" >/dev/null
        runtime=$(compgen -G "${CARGO_HOME:-$HOME/.cargo}/registry/src/*/$crate/assets/runtime-x86_64" | head -n 1)
        printf '%s  %s\n' "$sum" "$runtime" | sha256sum --check --quiet >&2
    fi
    printf '%s\n' "$runtime"
}

# Of every package there is, for `sha256sum --check`.
pack_checksums() { (cd "$out" && sha256sum -- *.deb *.tar.gz *.AppImage >SHA256SUMS); }

mkdir -p "$out"
for package in "$@"; do
    "pack_$package"
done
