#!/usr/bin/env bash
# Asks the server with the account that the first start made for this; it needs no password of the project.
set -euo pipefail

account=/var/lib/mysql/.my-healthcheck.cnf options=() tests=()
[[ ! -f $account ]] || options=(--defaults-extra-file="$account")

ask() { mariadb "${options[@]}" --skip-ssl --skip-column-names --batch "$@"; }

connect() {
  # A refused password is an answer too; no answer at all, or one without network, is not.
  local said
  if said=$(ask --protocol=socket -e 'SELECT @@skip_networking' 2>/dev/null); then
    [[ $said == 0 ]]
  else
    said=$(ask --host=127.0.0.1 --protocol=tcp -e 'SELECT @@skip_networking' 2>&1) || [[ $said == *'(28000)'* ]]
  fi
}

innodb_initialized() {
  local said
  said=$(ask --protocol=socket -e "SELECT 1 FROM information_schema.ENGINES WHERE engine = 'innodb' AND support IN ('YES', 'DEFAULT')")
  [[ $said == 1 ]]
}

(($#)) || { echo "healthcheck: says nothing about what to test" >&2; exit 1; }
while (($#)); do
  case $1 in
    --su-mysql) exec gosu mysql "$0" "${@:2}" ;;
    --connect | --innodb_initialized) tests+=("${1#--}") ;;
    *) echo "healthcheck: this stand-in does not know $1" >&2; exit 1 ;;
  esac
  shift
done
for test in "${tests[@]}"; do
  "$test" || { echo "healthcheck: $test failed" >&2; exit 1; }
done
