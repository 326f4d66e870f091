#!/usr/bin/env bash
# mongod's switches for FerretDB. Those that have no meaning there are passed over.
set -euo pipefail

address=0.0.0.0 port=27017 data=/data/db
while (($#)); do
  case $1 in
    --auth) export FERRETDB_TEST_ENABLE_NEW_AUTH=true ;;
    --port | --dbpath | --bind_ip)
      (($# > 1)) || { echo "mongod: $1 needs a value" >&2; exit 2; }
      case $1 in
        --port) port=$2 ;;
        --dbpath) data=$2 ;;
        --bind_ip) [[ $2 != 127.0.0.1 && $2 != localhost ]] || address=127.0.0.1 ;;
      esac
      shift
      ;;
    --port=*) port=${1#*=} ;;
    --dbpath=*) data=${1#*=} ;;
    --version) exec ferretdb --version ;;
  esac
  shift
done
# The real one makes these folders, which only it may enter: on the next start root needs DAC_OVERRIDE to look into them.
[[ -d $data/journal ]] || mkdir -m 0700 "$data/journal" "$data/diagnostic.data"
exec ferretdb --handler=sqlite --sqlite-url="file:$data/" --state-dir="$data" --listen-addr="$address:$port" \
  --listen-unix="/tmp/mongodb-$port.sock" --debug-addr=- --telemetry=disable --log-level=warn
