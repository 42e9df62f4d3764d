#!/usr/bin/env bash
# Pictures of the pages for the README, in both themes and at both sizes.
set -euo pipefail
cd "$(dirname "$0")/.."
pages=(craft library inspect compare timing login bulk keys)
folder=assets/screenshots

cargo build --release --locked
mkdir -p "$folder" target/run
export XDG_CONFIG_HOME=$PWD/target/run/config XDG_DATA_HOME=$PWD/target/run/data XDG_CACHE_HOME=$PWD/target/run/cache
picture=(target/release/jwt-workbench --screenshot)
if [ "$(uname -s)" = Linux ]; then
    picture=(.ci/display.sh "${picture[@]}")
fi
# An expired token and the public key it is verified with.
openssl genpkey -quiet -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out target/run/private.pem
openssl pkey -in target/run/private.pem -pubout -out target/run/acme-2026.pem
claims='{"iss":"https://id.acme.dev","sub":"user-42","aud":"billing-api","iat":"{{now-4h}}","exp":"{{now-200m}}",
"scope":"orders:read orders:write","roles":["buyer","approver"],"account":100002348117421473}'
target/release/jwt-workbench mint --alg RS256 --key target/run/private.pem --claims "$claims" --output target/run/expired.jwt
for page in "${pages[@]}"; do
    files=() show=(--page "$page")
    case $page in
    login)
        files=(assets/templates/enterprise-40-groups.jwt.json)
        show=(--page timing --tab login)
        ;;
    library) show=(--page craft --tab library) ;;
    bulk) files=(assets/templates/load-test-user.jwt.json) ;;
    inspect) files=("target/run/acme-2026.pem" "target/run/expired.jwt") ;;
    compare | timing)
        files=(assets/templates/enterprise-40-groups.jwt.json assets/templates/rfc9068-access-token.jwt.json
            assets/templates/minimal-session.jwt.json assets/templates/service-to-service.jwt.json)
        ;;
    keys) files=("target/run/private.pem" "target/run/acme-2026.pem") ;;
    esac
    for theme in dark light; do
        "${picture[@]}" "$folder/$page-$theme.png" "${show[@]}" --theme "$theme" --size 1280x820 "${files[@]}"
        "${picture[@]}" "$folder/$page-$theme-small.png" "${show[@]}" --theme "$theme" --size 900x600 "${files[@]}"
    done
done
printf 'The pictures are in %s\n' "$folder"
