#!/usr/bin/env bash
# Makes "JWT Workbench.app" of the release build, and on a Mac signs and zips it: dist/macos/bundle.sh
#   BINARY   the program, target/release/jwt-workbench by default
#   OUT      where the bundle goes, target/dist by default
#   SIGN_AS  whom codesign signs as; "-", nobody in particular, by default
# Not tried on a Mac. The test of the package lays the bundle out and reads it back on Linux.
set -euo pipefail
cd "$(dirname "$0")/../.."
out=${OUT:-target/dist}
version=$(sed -n 's/^version = "\(.*\)"$/\1/p' Cargo.toml | head -n 1)
bundle="$out/JWT Workbench.app"

rm -rf "$bundle"
mkdir -p "$bundle/Contents/MacOS" "$bundle/Contents/Resources"
sed "s/@VERSION@/$version/" dist/macos/Info.plist >"$bundle/Contents/Info.plist"
cp "${BINARY:-target/release/jwt-workbench}" "$bundle/Contents/MacOS/jwt-workbench"
cp dist/icons/jwt-workbench.icns LICENSE-MIT LICENSE-APACHE assets/licences.txt "$bundle/Contents/Resources"
printf 'APPL????' >"$bundle/Contents/PkgInfo"

if [ "$(uname -s)" = Darwin ]; then
    codesign --force --sign "${SIGN_AS:--}" "$bundle"
    ditto -c -k --keepParent "$bundle" "$out/jwt-workbench-$version-macos-$(uname -m).zip"
fi
