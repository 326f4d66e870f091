#!/bin/sh
# The image has its own user: there is nothing to hand over. The server gets a master, and stays in the foreground.
set -e

case ${1-} in
  -*) set -- haproxy "$@" ;;
esac
if [ "$1" = haproxy ]; then
  shift
  set -- haproxy -W -db "$@"
fi
exec "$@"
