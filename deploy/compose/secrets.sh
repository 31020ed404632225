#!/bin/sh
# Makes what compose.yaml keeps secret, once: `MEDIA_HOST=media.example.org deploy/compose/secrets.sh` writes deploy/compose/secrets.
# What is there already stays as it is.
set -eu
: "${MEDIA_HOST:?the name that the store of images has, as in .env}"
cd "${1:-$(dirname "$0")}"
mkdir -p -m 700 secrets
# Whoever runs in a container reads only what it is given; on this machine the folder keeps others out.
umask 022
random() { od -An -N24 -tx1 /dev/urandom | tr -d ' \n'; }
keep() { [ -s "secrets/$1" ] || cat > "secrets/$1"; }

random | keep secret
random | keep postgres_password
printf 'postgres://bowerbird:%s@postgres/bowerbird' "$(cat secrets/postgres_password)" | keep database_url
random | keep store_key
printf 's3+https://bowerbird:%s@%s/bowerbird' "$(cat secrets/store_key)" "$MEDIA_HOST" | keep storage
printf '{"identities":[{"name":"bowerbird","credentials":[{"accessKey":"bowerbird","secretKey":"%s"}],"actions":["Read","Write","List"]}]}' \
  "$(cat secrets/store_key)" | keep store.json
