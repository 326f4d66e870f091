FROM tightship-bench/alpine-curl
RUN addgroup -g 101 -S nginx && adduser -S -D -H -u 101 -h /var/cache/nginx -s /sbin/nologin -G nginx -g nginx nginx
COPY --from=programs nginx /usr/lib/nginx/nginx
RUN mkdir -p /var/cache/nginx /var/log/nginx /usr/share/nginx/html /docker-entrypoint.d && \
    ln -s /dev/stdout /var/log/nginx/access.log && ln -s /dev/stderr /var/log/nginx/error.log
COPY etc /etc/nginx
COPY html /usr/share/nginx/html
COPY --chmod=755 nginx.sh /usr/sbin/nginx
COPY --chmod=755 docker-entrypoint.sh /
COPY --chmod=755 entrypoint.d /docker-entrypoint.d
RUN sha256sum /etc/nginx/conf.d/default.conf >/usr/share/nginx/default.conf.sha256
EXPOSE 80
STOPSIGNAL SIGQUIT
ENTRYPOINT ["/docker-entrypoint.sh"]
CMD ["nginx", "-g", "daemon off;"]
LABEL dev.tightship.real="nginx 1.31.3, a static build, on Alpine's userland" \
      dev.tightship.differs="one patch release older than its tag says; no envsubst command, no tuning of workers"
