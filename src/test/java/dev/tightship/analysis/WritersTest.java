package dev.tightship.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.tightship.compose.Given;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WritersTest {

  private static final String COMPOSE =
      """
      services:
        api:
          build: api
          volumes: ["data:/data", "./keys:/keys:ro"]
      volumes: {data: }
      """;

  private static final String DOCKERFILE =
      """
      FROM node:20
      WORKDIR /app
      COPY . .
      CMD ["run"]
      """;

  private static Given given() {
    return Given.compose(COMPOSE).and("api/Dockerfile", DOCKERFILE);
  }

  private static Given file(String name, String text) {
    return given().and("api/" + name, text);
  }

  private static String look(Given given) {
    Writes writes = Writers.of(given.load().services().get(0));
    return writes instanceof Writes.Seen seen
        ? seen.describe()
        : writes instanceof Writes.CannotTell unknown
            ? "? " + unknown.because()
            : "none in " + ((Writes.NoneSeen) writes).files();
  }

  @Test
  void what_the_context_is_without_does_not_count() {
    Given writes = file("local.js", "fs.writeFile('x', y)").and("api/app.js", "run()");
    assertThat(look(writes)).endsWith("calls fs.writeFile");
    assertThat(look(writes.and("api/.dockerignore", "local.*\n"))).isEqualTo("none in 1");
    assertThat(look(writes.and("api/Dockerfile.dockerignore", "# nothing\n")))
        .endsWith("calls fs.writeFile");
    assertThat(look(writes.and("api/Dockerfile.dockerignore", "*\n!app.js")))
        .isEqualTo("none in 1");
  }

  @Test
  void what_is_mounted_from_the_context_counts_all_the_same() {
    Given mounted =
        Given.compose(
                """
                services:
                  api:
                    build: api
                    volumes: ["./api:/app:ro"]
                """)
            .and("api/Dockerfile", DOCKERFILE)
            .and("api/local.js", "fs.writeFile('x', y)")
            .and("api/app.js", "run()")
            .and("api/.dockerignore", "local.*\n");
    assertThat(look(mounted)).endsWith("calls fs.writeFile");
  }

  @Test
  void a_dockerignore_that_is_not_understood_leaves_nothing_out() {
    Given writes = file("local.js", "fs.writeFile('x', y)").and("api/app.js", "run()");
    assertThat(look(writes.and("api/.dockerignore", "local.*\n[*]")))
        .endsWith("calls fs.writeFile");
  }

  // ---- programs

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '§',
      value = {
        "js   | fs.writeFile('x', y)                          | calls fs.writeFile",
        "ts   | await fs.promises.appendFile(name, y)         | calls promises.appendFile",
        "mjs  | createWriteStream(join(here, 'x'))            | calls createWriteStream",
        "js   | fs.mkdirSync('/app/uploads')                  | calls fs.mkdirSync",
        "js   | fs.rename('/tmp/x', '/app/x')                 | calls fs.rename",
        "js   | fs.openSync(f, 'a')                           | calls fs.openSync",
        "js   | import { readFile, rename } from 'node:fs/promises' | takes what changes files from fs",
        "js   | fse.outputJson(f, x)                          | calls fse.outputJson",
        "js   | multer({ dest: 'uploads/' })                  | keeps uploads in a folder",
        "js   | multer.diskStorage({})                        | calls multer.diskStorage",
        "js   | new winston.transports.File({filename: 'x'})  | writes its log to a file",
        "js   | pino(pino.destination('x.log'))               | writes its log to a file",
        "js   | new Sequelize('sqlite::memory:', {dialect: 'sqlite'}) | keeps a database in a file",
        "js   | new Sequelize('sqlite:///x.db')               | keeps a database in a file",
        "py   | with open('x', 'w') as f:                     | calls open",
        "py   | f = open(os.path.join(a, b), mode=\"ab\")     | calls open",
        "py   | open(path, flags)                             | calls open",
        "py   | Path('x').write_text(y)                       | calls write_text",
        "py   | os.makedirs(UPLOADS, exist_ok=True)           | calls os.makedirs",
        "py   | shutil.copyfileobj(a, b)                      | calls shutil.copyfileobj",
        "py   | sqlite3.connect('app.db')                     | calls sqlite3.connect",
        "py   | URI = 'sqlite:///app.db'                      | keeps a database in a file",
        "py   | handler = RotatingFileHandler('app.log')      | calls RotatingFileHandler",
        "py   | logging.basicConfig(level=1, filename='a')    | calls basicConfig",
        "py   | MEDIA_ROOT = BASE / 'media'                   | keeps uploads in MEDIA_ROOT",
        "py   | 'ENGINE': 'django.db.backends.sqlite3',       | keeps a database in a file",
        "py   | request.files['f'].save(path)                 | calls save",
        "py   | joblib.dump(model, 'm.pkl')                   | calls joblib.dump",
        "php  | file_put_contents('x', $y);                   | calls file_put_contents",
        "php  | $f = fopen($name, 'w');                       | calls fopen",
        "php  | move_uploaded_file($a, \"uploads/$b\");       | calls move_uploaded_file",
        "php  | new PDO('sqlite:/app/x.db');                  | keeps a database in a file",
        "java | new FileOutputStream(file)                    | calls FileOutputStream",
        "kt   | Files.createDirectories(path)                 | calls Files.createDirectories",
        "java | new RandomAccessFile(f, \"rw\")               | calls RandomAccessFile",
        "java | f.mkdirs();                                   | calls mkdirs",
        "java | String u = \"jdbc:h2:./db\";                  | keeps a database in a file",
        "go   | f, err := os.Create(name)                     | calls os.Create",
        "go   | os.OpenFile(n, os.O_CREATE, 0o600)            | calls os.OpenFile",
        "go   | os.MkdirTemp(\"work\", \"x\")                 | calls os.MkdirTemp",
        "rb   | File.write 'x', y                             | calls File.write",
        "rb   | File.open(name, \"w\")                        | calls File.open",
        "rb   | FileUtils.mkdir_p dir                         | calls FileUtils.mkdir_p",
        "cs   | File.WriteAllText(path, x);                   | calls File.WriteAllText",
        "cs   | new FileStream(p, FileMode.Create)            | calls new FileStream",
        "cs   | services.AddRazorPages();                     | sets up what ASP.NET keeps its keys for, in a folder of the home directory",
        "rs   | let f = File::create(\"x\")?;                 | calls File::create",
        "rs   | tokio::fs::write(p, x)                        | calls fs::write",
        "rs   | OpenOptions::new().append(true)               | opens files with OpenOptions",
      })
  void sees_a_call_that_writes(String extension, String code, String what) {
    assertThat(look(file("main." + extension, "\n" + code + "\n")))
        .isEqualTo("api/main." + extension + ", line 2, " + what);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '§',
      value = {
        "js   | fs.readFile('x', y)",
        "js   | fs.openSync(f, 'r')",
        "js   | fs.writeFile('/tmp/x', y)",
        "js   | fs.writeFile(`/tmp/${name}`, y)",
        "js   | fs.writeFile(path.join(os.tmpdir(), 'x'), y)",
        "js   | fs.writeFile(path.join('/tmp', name), y)",
        "js   | fs.writeFile('/data/x', y)",
        "js   | multer({ dest: '/tmp/uploads' })",
        "js   | // fs.writeFile('x', y)",
        "js   | pino(pino.destination(1))",
        "js   | const up = multer({ storage: multer.memoryStorage() })",
        "py   | open('x')",
        "py   | open('x', 'rb')",
        "py   | open('x', encoding='utf-8')",
        "py   | open('/tmp/x', 'w')",
        "py   | open(f'/tmp/{name}', 'w')",
        "py   | open(os.path.join(tempfile.gettempdir(), 'x'), 'w')",
        "py   | open('/tmp/' + name, 'w')",
        "py   | def open(a, b):",
        "py   | order.save()",
        "py   | order.save(update_fields=['a'])",
        "py   | super().save(*args, **kwargs)",
        "py   | sqlite3.connect(':memory:')",
        "py   | # open('x', 'w')",
        "php  | fopen('php://output', 'w');",
        "php  | fopen($x, 'rb');",
        "php  | $this->rename($a, $b);",
        "java | new RandomAccessFile(f, \"r\")",
        "java | Files.createTempFile(\"a\", \"b\")",
        "java | String u = \"jdbc:h2:mem:x\";",
        "java | class A extends FileWriter (",
        "go   | os.OpenFile(n, os.O_RDONLY, 0)",
        "go   | os.CreateTemp(\"\", \"x\")",
        "go   | os.Open(n)",
        "rb   | File.open('x')",
        "rb   | File.open('/tmp/x', 'w')",
        "rb   | Logger.new($stdout)",
        "cs   | new FileStream(p, FileMode.Open, FileAccess.Read)",
        "cs   | File.ReadAllText(path);",
        "rs   | File::open(\"x\")",
        "rs   | fs::read_to_string(\"x\")",
      })
  void leaves_what_reads_or_stays_in_tmp_or_in_a_mount(String extension, String code) {
    assertThat(look(file("main." + extension, code + "\n"))).isEqualTo("none in 1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fs.writeFile('/tmp/../app/x', y)",
        "fs.writeFile('/tmpfiles/x', y)",
        "fs.writeFile('/tm' + x, y)",
        "fs.writeFile('/keys/x', y)",
        "fs.writeFile(`${dir}/x`, y)",
        "fs.copyFile('/tmp/x', target)"
      })
  void a_path_must_visibly_lie_there(String code) {
    assertThat(look(file("a.js", code))).startsWith("api/a.js, line 1, calls fs.");
  }

  @Test
  void a_relative_path_is_seen_from_the_working_directory() {
    Given given = file("a.py", "open('../data/x', 'w')\n");
    assertThat(look(given)).contains("line 1");
    Given below =
        Given.compose("services: {api: {build: api, tmpfs: [/app/cache]}}")
            .and("api/Dockerfile", DOCKERFILE)
            .and("api/a.py", "open('cache/x', 'w')\n");
    assertThat(look(below)).isEqualTo("none in 1");
    assertThat(look(below.and("api/a.py", "open('cached/x', 'w')\n"))).contains("calls open");
  }

  @Test
  void a_volume_of_the_dockerfile_is_a_place_to_write_to() {
    Given given = file("a.js", "fs.writeFile('/srv/x', y)");
    assertThat(look(given)).contains("calls fs.writeFile");
    assertThat(look(given.and("api/Dockerfile", DOCKERFILE + "VOLUME /srv\n")))
        .isEqualTo("none in 1");
  }

  @Test
  void the_first_place_in_a_file_is_told() {
    assertThat(look(file("a.js", "a\nmulter.diskStorage({})\nfs.writeFile('x', y)\n")))
        .isEqualTo("api/a.js, line 2, calls multer.diskStorage");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "test/a.js",
        "src/__tests__/a.js",
        "a.test.ts",
        "node_modules/x/a.js",
        "dist/a.js",
        ".github/a.js",
        "scripts/a.js",
        "public/a.js",
        "webpack.config.js",
        "db/migrations/a.js"
      })
  void leaves_out_what_does_not_run_in_the_container(String path) {
    assertThat(look(file(path, "fs.writeFile('x', y)").and("api/index.js", "listen()")))
        .isEqualTo("none in 1");
  }

  @Test
  void a_script_among_tools_counts_when_it_is_started() {
    Given given = file("scripts/run.js", "fs.writeFile('x', y)").and("api/index.js", "");
    assertThat(look(given)).isEqualTo("none in 1");
    assertThat(
            look(
                given.and(
                    "api/Dockerfile",
                    DOCKERFILE.replace("\"run\"", "\"node\", \"scripts/run.js\""))))
        .isEqualTo("api/scripts/run.js, line 1, calls fs.writeFile");
  }

  // ---- settings and libraries

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '§',
      value = {
        "application.properties | logging.file.name=app.log | writes its log to a file",
        "application.yml | logging:#  level: x#  file:#    name: a | writes its log to a file",
        "logback.xml | <appender class=\"ch.qos.logback.core.FileAppender\"> | writes its log to a file",
        "application.yml | url: jdbc:h2:file:/app/db | keeps a database in a file",
        "schema.prisma | provider = \"sqlite\" | keeps a database in a file",
        "uwsgi.ini | pidfile = /run/uwsgi.pid | names a file that uWSGI writes",
        "appsettings.json | \"c\": \"Data Source=app.db\" | keeps a database in a file",
        "package.json | {\"dependencies\": {\"better-sqlite3\": \"9\"}} | brings in better-sqlite3, which may write files of its own",
        "requirements.txt | tinydb==4 | brings in tinydb, which may write files of its own",
        "pyproject.toml | dependencies = [\"streamlit>=1\"] | brings in streamlit, which may write files of its own",
        "composer.json | {\"require\": {\"laravel/framework\": \"11\"}} | brings in laravel/framework, which may write files of its own",
        "pom.xml | <artifactId>sqlite-jdbc</artifactId> | brings in sqlite-jdbc, which may write files of its own",
        "Gemfile | gem 'rails', '~> 7' | brings in rails, which may write files of its own",
        "go.mod | require modernc.org/sqlite v1 | brings in modernc.org/sqlite, which may write files of its own",
        "Api.csproj | <PackageReference Include=\"LiteDB\" /> | brings in litedb, which may write files of its own",
        "Cargo.toml | sled = \"0.34\" | brings in sled, which may write files of its own",
        "package-lock.json | {\"packages\": {\"node_modules/a/node_modules/lmdb\": {\"version\": \"1\"}}} | brings in lmdb, which may write files of its own",
      })
  void sees_settings_and_libraries_that_write(String name, String text, String what) {
    assertThat(look(file(name, text.replace('#', '\n')).and("api/index.js", "")))
        .startsWith("api/" + name + ", line ")
        .endsWith(", " + what);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '§',
      value = {
        "package.json | {\"devDependencies\": {\"better-sqlite3\": \"9\", \"vite\": \"5\"}}",
        "package.json | {\"dependencies\": {\"express\": \"4\", \"sqlite3-x\": \"1\"}}",
        "requirements.txt | # tinydb",
        "requirements.txt | my-tinydb-tools==4",
        "package-lock.json | {\"packages\": {\"node_modules/lmdb\": {\"version\": \"1\", \"dev\": true}}}",
        "application.properties | spring.datasource.url=jdbc:postgresql://db/x",
      })
  void leaves_other_libraries(String name, String text) {
    assertThat(look(file(name, text).and("api/index.js", ""))).isEqualTo("none in 1");
  }

  @Test
  void sees_a_library_that_the_dockerfile_installs() {
    assertThat(
            look(
                file("app.py", "run()")
                    .and("api/Dockerfile", "FROM python:3.12\nRUN pip install flask tinydb\n")))
        .isEqualTo("api/Dockerfile, line 2, brings in tinydb, which may write files of its own");
  }

  // ---- how it is started

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '§',
      value = {
        "npm ci && node .         | runs npm ci",
        "npm run dev              | runs npm run dev",
        "yarn start               | runs yarn, which may download or write",
        "pip install -r x && python app.py | runs pip install",
        "go run .                 | runs go run, which compiles",
        "nodemon index.js         | runs nodemon, which writes files of its own",
        "node_modules/.bin/vite   | runs vite, which writes files of its own",
        "python manage.py collectstatic --noinput && gunicorn x | runs manage.py collectstatic",
        "celery -A x worker -B    | runs a schedule of Celery, which it keeps in a file",
        "gunicorn --pid app.pid x | names a file with --pid",
        "sh -c 'mkdir -p logs && node .' | runs mkdir",
        "sh -c 'node . > out.log' | redirects into a file",
      })
  void sees_a_command_that_writes_or_fetches(String command, String what) {
    Given given = file("index.js", "").and("api/Dockerfile", "FROM node:20\nCMD " + command + "\n");
    assertThat(look(given)).isEqualTo("api/Dockerfile, line 2, " + what);
    Given own = file("index.js", "");
    assertThat(
            look(
                own.with(
                    Map.of(
                        "compose.yaml",
                        COMPOSE.replace(
                            "    build: api",
                            "    build: api\n    command: >-\n      " + command)))))
        .isEqualTo("compose.yaml, line 4, " + what);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "node server.js",
        "python app.py",
        "flask run --host 0.0.0.0",
        "gunicorn -b :80 --access-logfile - --pid /tmp/pid app:app",
        "uvicorn app:app",
        "bundle exec puma",
        "sh -c 'mkdir -p /tmp/x /data/y && node . > /dev/null 2>&1'",
        "sh -c 'cp settings.json /data/'"
      })
  void leaves_other_commands(String command) {
    assertThat(
            look(file("index.js", "").and("api/Dockerfile", "FROM node:20\nCMD " + command + "\n")))
        .isEqualTo("none in 1");
  }

  @Test
  void npm_start_is_what_the_package_says() {
    Given given =
        file("index.js", "")
            .and("api/Dockerfile", "FROM node:20\nCMD [\"npm\", \"start\"]\n")
            .and("api/package.json", "{\"scripts\": {\"start\": \"node index.js\"}}");
    assertThat(look(given)).isEqualTo("none in 1");
    assertThat(
            look(
                given.and(
                    "api/package.json",
                    "{\n\"scripts\": {\"start\": \"npm run -s serve\",\n\"preserve\": \"rm -rf out\"}}")))
        .isEqualTo("api/package.json, line 3, runs rm");
    assertThat(look(given.and("api/package.json", "{\"scripts\": {\"start\": \"next start\"}}")))
        .isEqualTo("api/package.json, line 1, runs next, which writes files of its own");
    Given without = file("index.js", "").and("api/Dockerfile", "FROM node:20\nCMD npm start\n");
    assertThat(look(without))
        .isEqualTo("? it is started by npm, and its package.json cannot be told");
  }

  @Test
  void follows_the_scripts_that_are_started() {
    Given given =
        file("index.js", "")
            .and(
                "api/Dockerfile",
                "FROM node:20\nCOPY docker/start.sh /launch\nENTRYPOINT [\"/launch\"]\n")
            .and("api/docker/start.sh", "#!/bin/sh\n. ./more.sh\nexec node index.js\n")
            .and("api/more.sh", "# touch x\nexport A=1\n")
            .and("api/other.sh", "touch x\n");
    assertThat(look(given)).isEqualTo("none in 1");
    assertThat(look(given.and("api/more.sh", "\nsed -i s/a/b/ config.json\n")))
        .isEqualTo("api/more.sh, line 2, runs sed");
    assertThat(look(given.and("api/Dockerfile", "FROM node:20\nENTRYPOINT [\"/opt/run.sh\"]\n")))
        .isEqualTo("? run.sh is started, which is not among its sources");
  }

  // ---- what cannot be told

  @Test
  void says_what_it_cannot_tell() {
    assertThat(look(Given.compose("services: {a: {image: nginx}}")))
        .isEqualTo("? it is not built here");
    assertThat(look(given()))
        .isEqualTo("? there is no source file in a language that is understood");
    assertThat(look(file("lib/a.ex", "File.write").and("api/x.js", "")))
        .isEqualTo("? api/lib/a.ex is not in a language that is understood");
    assertThat(look(file("app.jar", "x").and("api/x.js", "")))
        .isEqualTo("? api/app.jar is not in a language that is understood");
    assertThat(look(file("a.js", "x".repeat(300_000))))
        .isEqualTo("? api/a.js is too large to look at");
    assertThat(look(file("a.js", "").and("api/Dockerfile", "FROM node:20\nRUN git clone x\n")))
        .isEqualTo("? line 2 of api/Dockerfile fetches sources that are not here");
    assertThat(
            look(file("a.js", "").and("api/Dockerfile", "FROM node:20\nCOPY <<E /a/b.js\nx\nE\n")))
        .isEqualTo(
            "? line 2 of api/Dockerfile holds a file of the program, which is not looked at");
    assertThat(look(Given.compose("services: {a: {build: ../x}}")))
        .startsWith("? its Dockerfile was not read");
  }

  @Test
  void too_many_files_are_too_many_to_look_at() {
    Given given = given();
    var texts = new HashMap<String, String>();
    for (int i = 0; i < 401; i++) {
      texts.put("api/f" + i + ".js", "");
    }
    assertThat(look(given.with(texts)))
        .isEqualTo("? it has more than 400 source files, too many to look at");
    texts.remove("api/f0.js");
    assertThat(look(given.with(texts))).isEqualTo("none in 400");
  }

  // ---- a front end that is only built

  @Test
  void a_front_end_that_is_only_served_does_not_run_in_the_container() {
    String dockerfile =
        """
        FROM node:20 AS build
        WORKDIR /app
        COPY . .
        RUN npm ci && npm run build
        FROM nginx:1.27-alpine
        COPY --from=build /app/dist /usr/share/nginx/html
        """;
    Given given = file("index.js", "fs.writeFile('x', y)").and("api/Dockerfile", dockerfile);
    assertThat(Writers.of(given.load().services().get(0)))
        .isEqualTo(new Writes.NoneSeen(0, "its image only serves files"));
    assertThat(look(given.and("api/Dockerfile", dockerfile + "RUN apk add nodejs\n")))
        .isEqualTo("api/index.js, line 1, calls fs.writeFile");
    assertThat(
            look(
                given
                    .and("api/Dockerfile", dockerfile + "COPY start.sh /\nCMD /start.sh\n")
                    .and(
                        "api/start.sh",
                        "envsubst < a > /usr/share/nginx/html/env.js\nexec nginx\n")))
        .isEqualTo("api/start.sh, line 1, redirects into a file");
  }

  @Test
  void hostile_texts_take_no_time() {
    for (String piece :
        new String[] {
          "a.",
          "{ ",
          "open(",
          "fs.open((",
          "\n",
          "import {rm ",
          "/",
          "'",
          "sqlite",
          "mkdir ",
          "; rm ",
          "celery ",
          "new ",
          "type : "
        }) {
      String text = piece.repeat(250_000 / piece.length());
      assertTimeout(
          Duration.ofSeconds(20),
          () -> look(file("a.js", text).and("api/a.py", text).and("api/a.yml", text)));
      assertTimeout(
          Duration.ofSeconds(20),
          () ->
              look(
                  file("start.sh", text)
                      .and("api/Dockerfile", "FROM node:20\nENTRYPOINT [\"/start.sh\"]\n")));
    }
  }
}
