#!/usr/bin/env bash
# Root hands the data folder over and drops to postgres, which fills an empty folder once and then serves.
set -euo pipefail

[[ ${1-} != -* ]] || set -- postgres "$@"
[[ ${1-} == postgres ]] || exec "$@"
for argument in "$@"; do
  case $argument in
    --help | --version | -V | -C) exec "$@" ;;
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
    export "$name=${!name-$2}"
  fi
  unset "$file"
}

mkdir -p "$PGDATA" /var/run/postgresql 2>/dev/null || true
chmod 0700 "$PGDATA" || true # fails without FOWNER on the second start, and the mode is right then
chmod 3775 /var/run/postgresql || true
if [[ $(id -u) == 0 ]]; then
  # As root it needs CHOWN for this, and DAC_OVERRIDE to look into a folder that only postgres may enter.
  find "$PGDATA" ! -user postgres -exec chown postgres {} +
  find /var/run/postgresql ! -user postgres -exec chown postgres {} +
  exec gosu postgres "$0" "$@"
fi

# The official build has its socket there; this one would put it into /tmp.
sockets="-c unix_socket_directories=/var/run/postgresql"
[[ $* == *unix_socket_directories* ]] || set -- "$@" $sockets

if [[ ! -s $PGDATA/PG_VERSION ]]; then
  from_file POSTGRES_PASSWORD ''
  from_file POSTGRES_USER postgres
  from_file POSTGRES_DB "$POSTGRES_USER"
  from_file POSTGRES_INITDB_ARGS ''
  method=${POSTGRES_HOST_AUTH_METHOD:-scram-sha-256}
  [[ -n $POSTGRES_PASSWORD || $method == trust ]] ||
    fail "an empty data folder needs POSTGRES_PASSWORD or POSTGRES_PASSWORD_FILE"

  # shellcheck disable=SC2086 # the arguments are words
  initdb --username="$POSTGRES_USER" --pwfile=<(printf '%s\n' "$POSTGRES_PASSWORD") $POSTGRES_INITDB_ARGS -D "$PGDATA"
  printf '\nhost all all all %s\n' "$method" >>"$PGDATA/pg_hba.conf"

  # Not to be reached from outside before all is in place: a health check over TCP has to fail until then.
  pg_ctl -D "$PGDATA" -o "-c listen_addresses='' $sockets" -w start
  export PGPASSWORD=$POSTGRES_PASSWORD
  query=(psql -v ON_ERROR_STOP=1 --no-psqlrc --username "$POSTGRES_USER")
  if [[ $POSTGRES_DB != postgres ]]; then
    "${query[@]}" --dbname postgres -v name="$POSTGRES_DB" <<<'CREATE DATABASE :"name";'
  fi
  for file in /docker-entrypoint-initdb.d/*; do
    case $file in
      *.sh) if [[ -x $file ]]; then "$file"; else . "$file"; fi ;;
      *.sql) "${query[@]}" --dbname "$POSTGRES_DB" -f "$file" ;;
      *.sql.gz) gunzip -c "$file" | "${query[@]}" --dbname "$POSTGRES_DB" ;;
      *.sql.xz) xzcat "$file" | "${query[@]}" --dbname "$POSTGRES_DB" ;;
      *.sql.zst) zstd -dc "$file" | "${query[@]}" --dbname "$POSTGRES_DB" ;;
    esac
  done
  pg_ctl -D "$PGDATA" -m fast -w stop
  unset PGPASSWORD
fi
exec "$@"
