#!/bin/sh
# Options, and the names of Traefik's own commands, are for the program; anything else is a command of its own.
case ${1-} in
  -* | healthcheck | version) set -- traefik "$@" ;;
esac
exec "$@"
