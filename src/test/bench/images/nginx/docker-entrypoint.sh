#!/bin/sh
# Prepares the configuration, for nginx only, then becomes the command.
set -e

if [ "$1" = nginx ] || [ "$1" = nginx-debug ]; then
  for step in /docker-entrypoint.d/*; do
    if [ ! -x "$step" ]; then
      continue
    fi
    case $step in
      *.envsh) . "$step" ;;
      *.sh) "$step" ;;
    esac
  done
fi
exec "$@"
