#!/bin/sh
# This build of nginx looks for everything in the folder that it is started in: send it to the official places.
# A -c or -p of the caller comes later and wins.
exec /usr/lib/nginx/nginx -p /var/cache/nginx/ -c /etc/nginx/nginx.conf -e /var/log/nginx/error.log "$@"
