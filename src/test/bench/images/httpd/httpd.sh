#!/bin/sh
# Debian's build has its places elsewhere: here they are those of the official one, unless a configuration says more.
exec /usr/sbin/apache2 -d /usr/local/apache2 -f conf/httpd.conf -C 'PidFile logs/httpd.pid' -C 'DefaultRuntimeDir logs' "$@"
