#!/bin/sh
# As the image of Redis 8 starts: root hands /data over and drops to the account redis, if it may; where it may not,
# it stays root without a word.
set -e
umask 0077

case ${1-} in
  -* | *.conf) set -- redis-server "$@" ;;
esac

# may BIT: is the capability in the bounding set?
may() {
  limit=$(sed -n 's/^CapBnd:[[:space:]]*//p' /proc/self/status)
  [ $(((0x$limit >> $1) & 1)) = 1 ]
}
setgid=6 setuid=7 setpcap=8

if [ "$1" = redis-server ] || [ "$1" = redis-sentinel ]; then
  if [ "$(id -u)" = 0 ] && [ -z "${SKIP_DROP_PRIVS:-}" ] && may $setuid && may $setgid; then
    if [ -z "${SKIP_FIX_PERMS:-}" ]; then
      find /data ! -user redis -exec chown redis:redis {} + || true
    fi
    bounding=
    if may $setpcap; then
      bounding=--bounding-set=-all
    fi
    exec setpriv --reuid=redis --regid=redis --clear-groups --no-new-privs --inh-caps=-all $bounding "$0" "$@"
  fi
  # The official build has protected mode off, or it would answer nobody but this container.
  case " $* " in
    *protected-mode*) ;;
    *) set -- "$@" --protected-mode no ;;
  esac
fi
exec "$@"
