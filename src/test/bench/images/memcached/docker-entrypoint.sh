#!/bin/sh
# The image has its own user: there is nothing to hand over. Switches alone are those of the server.
set -e

case ${1-} in
  -*) set -- memcached "$@" ;;
esac
exec "$@"
