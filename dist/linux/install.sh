#!/usr/bin/env bash
# Installs the program with everything around it, or removes it again: dist/linux/install.sh [--uninstall]
# This is the one list of what is installed: the .deb, the tar.gz and the AppImage are made of it too (pack.sh).
#   PREFIX           where, ~/.local by default; DESTDIR is put before it for packaging
#   BINARY           the program, target/release/jwt-workbench by default
#   ZSH_COMPLETIONS  where zsh looks, share/zsh/site-functions by default; Debian's looks in share/zsh/vendor-completions
set -euo pipefail
cd "$(dirname "$0")/../.."
root=${DESTDIR:-}${PREFIX:-$HOME/.local}
action=place
[ "${1:-}" != --uninstall ] || action=remove

# MODE SOURCE TARGET
place() { install -Dm "$1" "$2" "$root/$3"; }
remove() {
    rm -f "$root/$3"
    # And the folders that are empty now.
    (cd "$root" && rmdir --parents --ignore-fail-on-non-empty "$(dirname "$3")" 2>/dev/null) || true
}

"$action" 755 "${BINARY:-target/release/jwt-workbench}" bin/jwt-workbench
"$action" 644 dist/linux/jwt-workbench.desktop share/applications/jwt-workbench.desktop
"$action" 644 dist/linux/jwt-workbench.xml share/mime/packages/jwt-workbench.xml
"$action" 644 dist/linux/jwt-workbench.metainfo.xml share/metainfo/jwt-workbench.metainfo.xml
"$action" 644 assets/icon.svg share/icons/hicolor/scalable/apps/jwt-workbench.svg
for size in 16 24 32 48 64 128 256 512; do
    "$action" 644 "dist/icons/$size.png" "share/icons/hicolor/${size}x$size/apps/jwt-workbench.png"
done
for page in dist/man/*.1; do
    "$action" 644 "$page" "share/man/man1/${page##*/}"
done
"$action" 644 dist/completions/jwt-workbench.bash share/bash-completion/completions/jwt-workbench
"$action" 644 dist/completions/_jwt-workbench "${ZSH_COMPLETIONS:-share/zsh/site-functions}/_jwt-workbench"
"$action" 644 dist/completions/jwt-workbench.fish share/fish/vendor_completions.d/jwt-workbench.fish
for text in README.md CHANGELOG.md LICENSE-MIT LICENSE-APACHE assets/licences.txt; do
    "$action" 644 "$text" "share/doc/jwt-workbench/${text##*/}"
done

# Packages leave this to the system that they are installed in.
if [ -z "${DESTDIR:-}" ]; then
    update-desktop-database -q "$root/share/applications" 2>/dev/null || true
    update-mime-database "$root/share/mime" 2>/dev/null || true
    case $action in
    place) printf 'Installed in %s\n' "$root" ;;
    remove) printf 'Removed from %s\n' "$root" ;;
    esac
fi
