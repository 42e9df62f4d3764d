#!/bin/sh
# Cuts the pictures of the manual out of those of the README: assets/screenshots in, assets/manual out.
set -eu
cd "$(dirname "$0")/.."

# name, picture it is cut from, width x height + left + top
while read -r name source part; do
    for theme in dark light; do
        from=$(echo "$source" | sed "s/THEME/$theme/")
        convert "assets/screenshots/$from.png" -crop "$part" +repage -dither None -colors 128 -strip \
            -define png:compression-level=9 "PNG8:assets/manual/$name-$theme.png"
    done
done <<'PICTURES'
craft craft-THEME 604x264+70+374
token craft-THEME 592x376+684+46
library library-THEME 480x330+64+40
inspect inspect-THEME 592x584+684+46
costs compare-THEME 604x470+70+318
compare compare-THEME 592x470+684+318
timing craft-THEME 592x206+684+580
login login-THEME-small 816x284+72+156
bulk bulk-THEME 604x332+70+86
PICTURES
