#!/usr/bin/env bash
# Root hands the data folders over and drops to mongodb, which makes the first user once and then serves.
set -euo pipefail

[[ ${1-} != -* ]] || set -- mongod "$@"
[[ ${1-} == mongod ]] || exec "$@"

if [[ $(id -u) == 0 ]]; then
  # As root it needs CHOWN for this, and DAC_OVERRIDE to look into folders that only mongodb may enter.
  find /data/configdb /data/db ! -user mongodb -exec chown mongodb {} +
  chown --dereference mongodb /proc/$$/fd/1 /proc/$$/fd/2 2>/dev/null || true
  exec gosu mongodb "$0" "$@"
fi

fail() { echo "entrypoint: $*" >&2; exit 1; }

# from_file NAME: sets NAME from the file that NAME_FILE names; this user has to be able to read it
from_file() {
  local name=$1 file=${1}_FILE
  [[ -z ${!name-} || -z ${!file-} ]] || fail "$name and $file exclude each other"
  [[ -z ${!file-} ]] || export "$name=$(<"${!file}")"
  unset "$file"
}
from_file MONGO_INITDB_ROOT_USERNAME
from_file MONGO_INITDB_ROOT_PASSWORD

user=${MONGO_INITDB_ROOT_USERNAME-} password=${MONGO_INITDB_ROOT_PASSWORD-}
if [[ -n $user && -n $password ]]; then
  set -- "$@" --auth
  if ! compgen -G '/data/db/*.sqlite' >/dev/null; then
    # The real one writes its settings for the first start there, so that it ends where it cannot.
    settings=$(mktemp "${TMPDIR:-/tmp}/mongod.XXXXXX")
    rm -f "$settings"
    export FERRETDB_SETUP_DATABASE=admin FERRETDB_SETUP_USERNAME=$user FERRETDB_SETUP_PASSWORD=$password
  fi
elif [[ -n $user$password ]]; then
  fail "MONGO_INITDB_ROOT_USERNAME and MONGO_INITDB_ROOT_PASSWORD go together"
fi
for file in /docker-entrypoint-initdb.d/*.js; do
  [[ ! -e $file ]] || fail "this stand-in cannot run $file"
done
unset MONGO_INITDB_ROOT_USERNAME MONGO_INITDB_ROOT_PASSWORD
exec "$@"
