#!/bin/sh
set -e
if [ "$1" = stored ] && [ "$(id -u)" = 0 ]; then
  chown -R store /var/lib/store
  exec gosu store "$0" "$@"
fi
exec "$@"
