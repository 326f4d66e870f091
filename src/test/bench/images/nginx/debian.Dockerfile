FROM debian:bookworm
RUN groupadd --system --gid 101 nginx && \
    useradd --system --gid nginx --uid 101 --no-create-home --home-dir /nonexistent --shell /bin/false nginx
RUN --mount=type=cache,target=/var/cache/apt,sharing=locked --mount=type=cache,target=/var/lib/apt,sharing=locked \
    apt-get update && apt-get install -y --no-install-recommends nginx-light curl ca-certificates && \
    rm -rf /etc/nginx /var/www /var/lib/nginx /var/log/nginx
# Where this build of nginx would put its temporary files if a configuration did not say so.
RUN mkdir -p /var/cache/nginx /var/log/nginx /usr/share/nginx/html /docker-entrypoint.d && \
    ln -s /var/cache/nginx /var/lib/nginx && \
    ln -s /dev/stdout /var/log/nginx/access.log && ln -s /dev/stderr /var/log/nginx/error.log
COPY etc /etc/nginx
COPY html /usr/share/nginx/html
COPY --chmod=755 docker-entrypoint.sh /
COPY --chmod=755 entrypoint.d /docker-entrypoint.d
RUN sha256sum /etc/nginx/conf.d/default.conf >/usr/share/nginx/default.conf.sha256
EXPOSE 80
STOPSIGNAL SIGQUIT
ENTRYPOINT ["/docker-entrypoint.sh"]
CMD ["nginx", "-g", "daemon off;"]
LABEL dev.tightship.real="nginx 1.22.1 of Debian 12" \
      dev.tightship.differs="older than its tag says; no njs, no envsubst command, no tuning of workers"
