#!/bin/sh
# Anything that is not a program is an argument of node.
set -e

case ${1-} in
  -*) set -- node "$@" ;;
  *) { command -v "${1-}" >/dev/null && [ ! -d "$1" ]; } || set -- node "$@" ;;
esac
exec "$@"
