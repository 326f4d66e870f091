FROM redis:alpine
COPY redis.conf /etc/redis.conf
