#!/bin/sh
# Renders templates at every start: ${NAME} and $NAME become the variable's value if there is such a variable and its
# name passes NGINX_ENVSUBST_FILTER.
set -e

say() { [ -n "${NGINX_ENTRYPOINT_QUIET_LOGS:-}" ] || echo "$0: $*" >&2; }

from=${NGINX_ENVSUBST_TEMPLATE_DIR:-/etc/nginx/templates}
suffix=${NGINX_ENVSUBST_TEMPLATE_SUFFIX:-.template}
to=${NGINX_ENVSUBST_OUTPUT_DIR:-/etc/nginx/conf.d}
[ -d "$from" ] || exit 0
if [ ! -w "$to" ]; then
  say "$from is there, but $to cannot be written"
  exit 0
fi
find "$from" -follow -type f -name "*$suffix" | sort | while IFS= read -r template; do
  name=${template#"$from/"}
  mkdir -p "$to/$(dirname "$name")"
  say "rendering $template"
  awk '
    {
      rest = $0
      line = ""
      while (match(rest, /\$\{[A-Za-z_][A-Za-z0-9_]*\}|\$[A-Za-z_][A-Za-z0-9_]*/)) {
        token = substr(rest, RSTART, RLENGTH)
        name = token
        gsub(/[${}]/, "", name)
        known = (name in ENVIRON) && (ENVIRON["NGINX_ENVSUBST_FILTER"] == "" || name ~ ENVIRON["NGINX_ENVSUBST_FILTER"])
        line = line substr(rest, 1, RSTART - 1) (known ? ENVIRON[name] : token)
        rest = substr(rest, RSTART + RLENGTH)
      }
      print line rest
    }' "$template" >"$to/${name%"$suffix"}"
done
