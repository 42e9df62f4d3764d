#!/usr/bin/env bash
# Pictures of the pages for the README, in both themes and at both sizes.
set -euo pipefail
cd "$(dirname "$0")/.."
pages=(craft)
folder=assets/screenshots

cargo build --release --locked
mkdir -p "$folder" target/run
export XDG_CONFIG_HOME=$PWD/target/run/config XDG_DATA_HOME=$PWD/target/run/data XDG_CACHE_HOME=$PWD/target/run/cache
picture=(target/release/jwt-workbench --screenshot)
if [ "$(uname -s)" = Linux ]; then
    picture=(.ci/display.sh "${picture[@]}")
fi
for page in "${pages[@]}"; do
    for theme in dark light; do
        "${picture[@]}" "$folder/$page-$theme.png" --page "$page" --theme "$theme" --size 1280x820
        "${picture[@]}" "$folder/$page-$theme-small.png" --page "$page" --theme "$theme" --size 900x600
    done
done
printf 'The pictures are in %s\n' "$folder"
