#!/usr/bin/env bash
# Root hands the data folder and that of the socket over and drops to mysql, which fills an empty folder once and then
# serves.
set -euo pipefail

[[ ${1-} != -* ]] || set -- mariadbd "$@"
[[ ${1-} != mysqld ]] || set -- mariadbd "${@:2}"
[[ ${1-} == mariadbd ]] || exec "$@"
for argument in "$@"; do
  case $argument in
    '-?' | --help | --print-defaults | -V | --version) exec "$@" ;;
  esac
done

fail() { echo "entrypoint: $*" >&2; exit 1; }

# from_file NAME DEFAULT: sets NAME from the file that NAME_FILE names, else leaves it or sets the default
from_file() {
  local name=$1 file=${1}_FILE
  if [[ -n ${!name-} && -n ${!file-} ]]; then
    fail "$name and $file exclude each other"
  elif [[ -n ${!file-} ]]; then
    export "$name=$(<"${!file}")"
  else
    export "$name=${!name:-$2}"
  fi
  unset "$file"
}

# setting NAME DEFAULT: sets MARIADB_NAME, also from the older MYSQL_NAME
setting() {
  from_file "MYSQL_$1" "$2"
  local old=MYSQL_$1
  from_file "MARIADB_$1" "${!old}"
}

"$@" --verbose --help >/dev/null || fail "the server refuses its settings"
# of NAME: what the server would use, by its command line and its files
of() { "${server[@]}" --verbose --help 2>/dev/null | awk -v name="$1" '/^[^ ]/ && $1 == name { print $2 }'; }
server=("$@")
data=$(of datadir) socket=$(of socket)

# The start user reads the files: root, before it drops.
setting ROOT_HOST %
setting ROOT_PASSWORD ''
setting DATABASE ''
setting USER ''
setting PASSWORD ''
from_file MARIADB_ROOT_PASSWORD_HASH ''
from_file MARIADB_PASSWORD_HASH ''

mkdir -p "$data"
if [[ $(id -u) == 0 ]]; then
  # As root it needs CHOWN for this, and DAC_OVERRIDE to look into folders that only mysql may enter.
  find "$data" ! -user mysql -exec chown mysql: {} +
  find "${socket%/*}" -maxdepth 0 ! -user mysql \( -exec chown mysql: {} \; -o -true \)
  exec gosu mysql "$0" "$@"
fi

# sql ARGUMENT...: a client of the server that only this script can reach
sql() { mariadb --protocol=socket --socket="$socket" -uroot --binary-mode "$@"; }

# text VALUE: as a literal
text() {
  local value=${1//\\/\\\\}
  printf "'%s'" "${value//\'/\\\'}"
}

# known_by PASSWORD HASH: how a user is identified
known_by() {
  if [[ -n $2 ]]; then printf 'BY PASSWORD %s' "$(text "$2")"; else printf 'BY %s' "$(text "$1")"; fi
}

accounts() {
  local host check
  if [[ $MARIADB_ROOT_HOST != localhost ]]; then
    echo "CREATE USER root@$(text "$MARIADB_ROOT_HOST") IDENTIFIED $(known_by "$MARIADB_ROOT_PASSWORD" "$MARIADB_ROOT_PASSWORD_HASH");"
    echo "GRANT ALL ON *.* TO root@$(text "$MARIADB_ROOT_HOST") WITH GRANT OPTION;"
  fi
  check=$(pwgen -s -1 32)
  for host in 127.0.0.1 ::1 localhost; do
    echo "CREATE USER healthcheck@'$host' IDENTIFIED BY '$check';"
  done
  (umask 077 && printf '[mariadb-client]\nsocket=%s\nuser=healthcheck\npassword=%s\n' "$socket" "$check" >"$data/.my-healthcheck.cnf")
  [[ -z $MARIADB_DATABASE ]] || echo "CREATE DATABASE IF NOT EXISTS \`$MARIADB_DATABASE\`;"
  if [[ -n $MARIADB_USER && -n $MARIADB_PASSWORD$MARIADB_PASSWORD_HASH ]]; then
    echo "CREATE USER $(text "$MARIADB_USER")@'%' IDENTIFIED $(known_by "$MARIADB_PASSWORD" "$MARIADB_PASSWORD_HASH");"
    [[ -z $MARIADB_DATABASE ]] ||
      echo "GRANT ALL ON \`${MARIADB_DATABASE//_/\\_}\`.* TO $(text "$MARIADB_USER")@'%';"
  fi
  # Last, since from here on root has to show it.
  echo "ALTER USER root@localhost IDENTIFIED $(known_by "$MARIADB_ROOT_PASSWORD" "$MARIADB_ROOT_PASSWORD_HASH");"
}

if [[ ! -d $data/mysql ]]; then
  if [[ -n ${MARIADB_RANDOM_ROOT_PASSWORD:-${MYSQL_RANDOM_ROOT_PASSWORD-}} ]]; then
    export MARIADB_ROOT_PASSWORD=$(pwgen -s -1 32)
    echo "GENERATED ROOT PASSWORD: $MARIADB_ROOT_PASSWORD"
  fi
  [[ -n $MARIADB_ROOT_PASSWORD$MARIADB_ROOT_PASSWORD_HASH ||
    -n ${MARIADB_ALLOW_EMPTY_ROOT_PASSWORD:-${MYSQL_ALLOW_EMPTY_PASSWORD-}} ]] ||
    fail "an empty data folder needs MARIADB_ROOT_PASSWORD or MARIADB_ROOT_PASSWORD_FILE"
  mariadb-install-db --datadir="$data" --rpm --cross-bootstrap --auth-root-authentication-method=normal --skip-test-db

  # Not to be reached from outside before all is in place: a health check over TCP has to fail until then.
  "$@" --skip-networking --socket="$socket" &
  first=$!
  for try in {1..300}; do
    ! sql -e 'SELECT 1' >/dev/null 2>&1 || break
    [[ $try != 300 ]] && kill -0 "$first" || fail "the server does not start"
    sleep 0.1
  done
  if [[ -z ${MARIADB_INITDB_SKIP_TZINFO:-${MYSQL_INITDB_SKIP_TZINFO-}} ]]; then
    mariadb-tzinfo-to-sql --skip-write-binlog /usr/share/zoneinfo | sql mysql
  fi
  accounts | sql mysql
  export MYSQL_PWD=$MARIADB_ROOT_PASSWORD
  into=(sql ${MARIADB_DATABASE:+"$MARIADB_DATABASE"})
  for file in /docker-entrypoint-initdb.d/*; do
    case $file in
      *.sh) if [[ -x $file ]]; then "$file"; else . "$file"; fi ;;
      *.sql) "${into[@]}" <"$file" ;;
      *.sql.gz) gunzip -c "$file" | "${into[@]}" ;;
      *.sql.xz) xzcat "$file" | "${into[@]}" ;;
      *.sql.zst) zstd -dc "$file" | "${into[@]}" ;;
    esac
  done
  kill "$first"
  wait "$first"
  unset MYSQL_PWD
fi
unset {MARIADB,MYSQL}_{ROOT_PASSWORD,PASSWORD,ROOT_HOST} MARIADB_{ROOT_,}PASSWORD_HASH
exec "$@"
