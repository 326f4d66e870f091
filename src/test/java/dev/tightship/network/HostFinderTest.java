package dev.tightship.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.compose.Given;
import dev.tightship.network.HostFinder.Hit;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostFinderTest {

  private static final HostFinder FINDER = finder();

  private static HostFinder finder() {
    var project =
        Given.compose(
                """
                services:
                  db: {image: postgres, hostname: pg.internal, networks: {back: {ipv4_address: 10.5.0.2}}}
                  web: {image: a, ports: ["8080:80"]}
                  redis: {image: redis}
                  orders: {image: a, networks: [back]}
                  mongo1: {image: mongo}
                  mongo2: {image: mongo}
                  my-app: {image: a, container_name: shop_app}
                networks: {back: {}}
                """)
            .load();
    return new HostFinder(new Names(project, Topology.of(project)));
  }

  private static String words(List<Hit> hits) {
    return hits.stream()
        .map(hit -> hit.shown() + (hit.weak() ? "?" : ""))
        .collect(Collectors.joining(" "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DATABASE_URL      | postgres://app:secret@db:5432/shop           | db:5432",
        "DATABASE_URL      | postgres://db:secret@orders/db               | orders",
        "DATABASE_URL      | postgresql+asyncpg://u:p#@db/shop            | db",
        "X                 | jdbc:postgresql://db:5432/web                | db:5432",
        "X                 | jdbc:oracle:thin:@db:1521/web                | db:1521",
        "X                 | mongodb://u:p@mongo1:27017,mongo2:27017/shop | mongo1:27017 mongo2:27017",
        "X                 | mongodb://mongo1,mongo2/shop                 | mongo1 mongo2",
        "X                 | host=db port=5432 user=web dbname=orders     | db",
        "X                 | Server=db,1433;Database=web;User Id=redis    | db",
        "X                 | u:p@tcp(db:3306)/web                         | db:3306",
        "LISTENERS         | PLAINTEXT://orders:9092,SSL://web:9093       | orders:9092 web:9093",
        "REDIS_URL         | //redis:6379                                 | redis:6379",
        "API               | http://web                                   | web",
        "API               | http://WEB/path                              | web",
        "API               | http://orders.back/                          | orders",
        "API               | http://orders.myproject_back:80              | orders:80",
        "X                 | http://pg.internal:1                         | pg.internal:1",
        "X                 | tcp://shop-db-1:5432                         | db:5432?",
        "X                 | shop_redis_1:6379                            | redis:6379?",
        "X                 | tasks.orders:80                              | orders:80",
        "DNS               | 10.5.0.2#5053;1.1.1.1                        | 10.5.0.2:5053",
        "X                 | shop-my-app-1:80                             | ''",
        "DB_HOST           | db                                           | db",
        "DB_HOST           | 10.5.0.2                                     | 10.5.0.2",
        "PGHOST            | db                                           | db",
        "dbHost            | db                                           | db",
        "seed_hosts        | mongo1,mongo2                                | mongo1 mongo2",
        "HOSTS             | mongo1 mongo2                                | mongo1 mongo2",
        "SEEDS             | ['x@mongo1','x@mongo2']                      | mongo1 mongo2",
        "VOTERS            | 1@mongo1:9093,2@mongo2:9093                  | mongo1:9093 mongo2:9093",
        "HOST_AND_PORT     | db:${DB_PORT}                                | db",
        "SSH_HOST          | db:22                                        | db:22",
        "X                 | {\"host\": \"db\", \"user\": \"web\"}        | db",
        "ORDERS            | orders                                       | orders?",
        // what says it is something else
        "POSTGRES_USER     | web                                          | ''",
        "POSTGRES_DB       | orders                                       | ''",
        "DB_NAME           | db                                           | ''",
        "DB_PASSWORD       | redis                                        | ''",
        "REDIS_HOST_PASSWORD | redis                                      | ''",
        "CACHE_DRIVER      | redis                                        | ''",
        "DB_CONNECTION     | db                                           | ''",
        "QUEUE             | redis                                        | ''",
        "VIRTUAL_HOST      | web                                          | ''",
        "S3_BUCKET         | orders                                       | ''",
        "BASE_IMAGE        | redis:6379                                   | ''",
        "NO_PROXY          | localhost,db                                 | ''",
        // everyday words stand for themselves
        "STORE             | redis                                        | ''",
        "MODE              | web                                          | ''",
        // no hosts
        "X                 | redis:7                                      | ''",
        "X                 | redis:7-alpine                               | ''",
        "X                 | /var/lib/redis                               | ''",
        "X                 | registry.example.com/redis:6379              | ''",
        "X                 | http://example.com/redis                     | ''",
        "X                 | http://redis.example.com                     | ''",
        "X                 | admin@orders                                 | ''",
        "X                 | the orders of db are in redis                | ''",
        "X                 | web:secret@example.com                       | ''",
        "DB_HOST           | db-old                                       | ''",
        "DB_HOST           | db/shop                                      | ''",
        "X                 | orders.js                                    | ''",
        "X                 | $redis:6379                                  | ''",
        "X                 | http://localhost:9999                        | localhost:9999",
        "X                 | localhost                                    | ''"
      })
  void finds_hosts_in_values(String key, String value, String hits) {
    assertThat(words(FINDER.inValue(key, value))).isEqualTo(hits);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "wait-for-it.sh db:5432 -- start                    | db:5432",
        "until nc -z db 5432; do sleep 1; done              | db",
        "redis-cli -h redis ping                            | redis",
        "pg_isready --host=db -U web -d orders              | db",
        "mysqladmin ping --host db                          | db",
        "curl -fsS http://web/health                        | web",
        "ping -c1 db                                        | ''",
        "ping db                                            | db",
        "--redis.addr=redis:6379 --log.level=debug          | redis:6379",
        "--broker-url amqp://u:p@orders//                   | orders",
        "--peer=orders                                      | orders",
        "--name=orders                                      | ''",
        "celery -A orders worker                            | ''",
        "docker run redis:7 redis                           | ''",
        "sleep 3; orders pull x                             | ''",
        "gunicorn web:app -b 0.0.0.0:8000                   | ''",
        "chown -R redis:redis /data                         | ''"
      })
  void finds_hosts_in_commands(String command, String hits) {
    assertThat(words(FINDER.inCommand(null, command))).isEqualTo(hits);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "::",
      quoteCharacter = '~',
      value = {
        "proxy_pass http://web;                                    :: web",
        "    server web;                                           :: web",
        "    server web:3000 max_fails=3;                          :: web:3000",
        "fastcgi_pass orders:9000;                                 :: orders:9000",
        "  server s1 web:80 check                                  :: web:80",
        "reverse_proxy web                                         :: web",
        "reverse_proxy /api/* web:8080                             :: web:8080",
        "      - targets: ['web:9100', 'redis:9121']               :: web:9100 redis:9121",
        "          address: orders                                 :: orders",
        "  url: http://orders:9090                                 :: orders:9090",
        "spring.redis.host=redis                                   :: redis",
        "url: jdbc:postgresql://${DB_HOST:db}:5432/shop            :: db",
        "const host = process.env.DB_HOST || 'db';                 :: db",
        "const host = process.env.DB_HOST ?? \"db\"                :: db",
        "host = os.environ.get(\"DB_HOST\", \"db\")                :: db",
        "'host' => env('DB_HOST', 'db'),                           :: db",
        "host: ENV.fetch('DB_HOST') { 'db' }                       :: ~~",
        "DB_HOST=${DB_HOST:-db}                                    :: db",
        "mongoose.connect('mongodb://mongo1/shop')                 :: mongo1",
        "client = Orders(\"orders\")                               :: orders?",
        "<host>db</host>                                           :: db",
        "<user>db</user>                                           :: ~~",
        "# server web:3000;                                        :: ~~",
        "// connect('mongodb://mongo1/shop')                       :: ~~",
        "\"name\": \"orders\"                                      :: ~~",
        "if (name == \"orders\") {                                 :: ~~",
        "import orders from './orders'                             :: ~~",
        "const db = require('db');                                 :: ~~",
        "app.get('/orders', web);                                  :: ~~",
        "image: redis:6379                                         :: ~~",
        "upstream web {                                            :: ~~",
        "console.log('Connected to db');                           :: ~~",
        "console.log('no server redis');                           :: ~~",
        "user redis;                                               :: ~~"
      })
  void finds_hosts_in_files(String line, String hits) {
    assertThat(words(FINDER.inFile(line))).isEqualTo(hits);
  }

  @Test
  void finds_the_items_of_a_list_by_its_key() {
    assertThat(words(FINDER.inFile("hosts:\n  - mongo1\n  - mongo2\nnames:\n  - orders\n")))
        .isEqualTo("mongo1 mongo2");
    assertThat(words(FINDER.inFile("depends_on:\n  - mongo1\n"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DB_HOST | ?                 | true",
        "URL     | http://?/x        | true",
        "URL     | db://u:?@host/x   | false",
        "URL     | db://?:?@host/x   | false",
        "URL     | db://u:p@?:5432   | true",
        "USER    | ?                 | false",
        "HTTP_PROXY | ?              | false"
      })
  void knows_where_a_variable_decides_the_host(String key, String value, boolean decides) {
    assertThat(HostFinder.hasUnknownHost(key, value.replace("?", HostFinder.UNKNOWN)))
        .isEqualTo(decides);
  }

  @Test
  void takes_time_in_proportion_to_the_text() {
    String long1 = "x".repeat(200) + ",";
    String text = "db,".repeat(20_000) + " " + long1.repeat(2_000) + "@db,".repeat(20_000);
    assertThat(FINDER.inValue("HOSTS", text)).hasSizeGreaterThan(100);
    assertThat(FINDER.inFile(text)).isNotNull();
    assertThat(FINDER.inFile("://db".repeat(50_000))).hasSize(50_000);
  }
}
