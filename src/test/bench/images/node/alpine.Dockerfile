# No registry has Node.js 14 for musl. The build for glibc runs here with its libraries beside Alpine's.
FROM debian:bookworm AS glibc
RUN --mount=type=cache,target=/var/cache/apt,sharing=locked --mount=type=cache,target=/var/lib/apt,sharing=locked \
    apt-get update && apt-get install -y --no-install-recommends libstdc++6
RUN mkdir /libraries && cd /usr/lib/x86_64-linux-gnu && cp -L -t /libraries libc.so.6 libm.so.6 libdl.so.2 libpthread.so.0 \
      libresolv.so.2 libnss_dns.so.2 libnss_files.so.2 libstdc++.so.6 libgcc_s.so.1 ld-linux-x86-64.so.2

FROM alpine:3.23
RUN addgroup -g 1000 node && adduser -u 1000 -G node -s /bin/sh -D node
COPY --from=glibc /libraries /usr/lib/x86_64-linux-gnu
RUN mkdir -p /lib64 && ln -s /usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2 /lib64/
COPY --from=programs node14 /usr/local
COPY --from=programs machine-ca.crt /usr/local/etc/
COPY --chmod=755 docker-entrypoint.sh /usr/local/bin/
COPY npmrc /usr/local/etc/npmrc
ENV NODE_VERSION=14.21.3 YARN_VERSION=1.22.22
ENTRYPOINT ["docker-entrypoint.sh"]
CMD ["node"]
LABEL dev.tightship.real="Node.js 14.21.3, npm 6.14.18 and yarn 1.22.22 on Alpine's userland" \
      dev.tightship.differs="built for glibc, which lies beside musl; npm trusts the certificates that the building machine trusts"
