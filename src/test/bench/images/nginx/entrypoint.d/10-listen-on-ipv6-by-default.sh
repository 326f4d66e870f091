#!/bin/sh
# Lets the packaged site listen on IPv6 too, by editing it in place. On a read-only root it stays as it is, and then
# nothing answers on ::1: what a hardener has to know.
set -e

say() { [ -n "${NGINX_ENTRYPOINT_QUIET_LOGS:-}" ] || echo "$0: $*" >&2; }

site=/etc/nginx/conf.d/default.conf
if [ ! -f /proc/net/if_inet6 ]; then
  say "no IPv6 here"
elif [ ! -f "$site" ]; then
  say "there is no $site"
elif ! touch "$site" 2>/dev/null; then
  say "$site cannot be written (read-only file system?)"
elif grep -q 'listen  *\[::\]' "$site"; then
  say "IPv6 is on already"
elif ! sha256sum -c /usr/share/nginx/default.conf.sha256 >/dev/null 2>&1; then
  say "$site is not the packaged one"
else
  sed -i 's/^\( *\)listen  *80;/&\n\1listen  [::]:80;/' "$site"
  say "IPv6 is on in $site"
fi
