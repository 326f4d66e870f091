#!/usr/bin/env bash
# Root hands the data folder over and drops to rabbitmq, for the server and for its tools.
set -euo pipefail

if [[ ${1-} == rabbitmq* && $(id -u) == 0 ]]; then
  if [[ $1 == rabbitmq-server ]]; then
    # As root it needs CHOWN for this, and DAC_OVERRIDE to look into folders that only rabbitmq may enter.
    find /var/lib/rabbitmq ! -user rabbitmq -exec chown rabbitmq {} +
  fi
  exec gosu rabbitmq "$0" "$@"
fi

# Settings that a file has to hold by now. There is no _FILE form of a password.
given=
for name in RABBITMQ_DEFAULT_{PASS,USER}_FILE RABBITMQ_VM_MEMORY_HIGH_WATERMARK \
  RABBITMQ_SSL_{CACERTFILE,CERTFILE,DEPTH,FAIL_IF_NO_PEER_CERT,KEYFILE,VERIFY} \
  RABBITMQ_MANAGEMENT_SSL_{CACERTFILE,CERTFILE,DEPTH,FAIL_IF_NO_PEER_CERT,KEYFILE,VERIFY}; do
  [[ -z ${!name-} ]] || given+=" $name"
done
[[ -z $given ]] || { echo "entrypoint: no longer known, use a configuration file:$given" >&2; exit 1; }

# A full host name wants long node names.
[[ -n ${RABBITMQ_USE_LONGNAME-} || $(hostname) == "$(hostname -s)" ]] || export RABBITMQ_USE_LONGNAME=true
exec "$@"
