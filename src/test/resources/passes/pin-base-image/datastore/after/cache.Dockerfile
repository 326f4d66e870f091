FROM redis:8.10.1-alpine
COPY redis.conf /etc/redis.conf
