FROM debian:bookworm
RUN groupadd --gid 1000 node && useradd --uid 1000 --gid node --shell /bin/bash --create-home node
RUN --mount=type=cache,target=/var/cache/apt,sharing=locked --mount=type=cache,target=/var/lib/apt,sharing=locked \
    apt-get update && apt-get install -y --no-install-recommends libstdc++6
COPY --from=programs node20 /usr/local
COPY --from=programs machine-ca.crt /usr/local/etc/
COPY --chmod=755 docker-entrypoint.sh /usr/local/bin/
COPY npmrc /usr/local/etc/npmrc
ENV NODE_VERSION=20.20.2 YARN_VERSION=1.22.22
ENTRYPOINT ["docker-entrypoint.sh"]
CMD ["node"]
LABEL dev.tightship.real="Node.js 20.20.2, npm 10.8.2 and yarn 1.22.22" \
      dev.tightship.differs="npm trusts the certificates that the building machine trusts"
