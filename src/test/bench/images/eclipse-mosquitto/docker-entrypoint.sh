#!/bin/sh
# Root hands the data folder over where it may; the server itself drops to mosquitto.
set -e

if [ "$(id -u)" = 0 ] && [ -d /mosquitto/data ]; then
  chown -R "${PUID:-1883}:${PGID:-1883}" /mosquitto/data || true
fi
exec "$@"
