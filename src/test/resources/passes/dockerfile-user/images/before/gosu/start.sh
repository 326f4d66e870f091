#!/bin/sh
set -e
chown -R node /app/uploads
exec gosu node "$@"
