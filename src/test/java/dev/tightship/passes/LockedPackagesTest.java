package dev.tightship.passes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.compose.Given;
import dev.tightship.engine.Level;
import dev.tightship.pass.Pass;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LockedPackagesTest extends PassTest {

  private static final String NOTHING =
      "it is not seen to install versions that change from day to day";

  private static final String MANIFEST =
      """
      {"name": "shop", "dependencies": {"debug": "^4.3.0"}, "devDependencies": {"a": "1"}}
      """;

  private static final String LOCK =
      """
      {"name": "shop", "lockfileVersion": 3, "packages": {
        "": {"dependencies": {"debug": "^4.3.0"}, "devDependencies": {"a": "1"}},
        "node_modules/debug": {"version": "4.4.3", "dependencies": {"ms": "^2.1.3"},
          "peerDependencies": {"colors": "*"}, "peerDependenciesMeta": {"colors": {"optional": true}}},
        "node_modules/ms": {"version": "2.1.3"},
        "node_modules/a": {"version": "1.0.0", "optionalDependencies": {"@b/c": "1"}},
        "node_modules/a/node_modules/@b/c": {"version": "1.0.0", "dependencies": {"ms": "2"}}}}
      """;

  private static final String YARN_LOCK =
      """
      # yarn lockfile v1


      a@1:
        version "1.0.0"

      debug@^4.0.0, debug@^4.3.0:
        version "4.4.3"
      """;

  LockedPackagesTest() {
    super(new LockedPackages());
  }

  private static Given compose(String dockerfile) {
    return Given.compose("services: {api: {build: .}}\n").and(DOCKERFILE, dockerfile);
  }

  private static Given npm(String dockerfile) {
    return compose(dockerfile).and("package.json", MANIFEST).and("package-lock.json", LOCK);
  }

  private static String after(String copy, String run) {
    return "FROM node:24\nWORKDIR /srv\n" + copy + "\nRUN " + run + "\n";
  }

  private void locks(Given given, String copy, String before, String after) {
    hardens(
        Level.STANDARD,
        given.and(DOCKERFILE, after(copy, before)),
        Map.of(DOCKERFILE, after(copy, after)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "COPY package.json package-lock.json ./",
        "COPY package*.json ./",
        "COPY --chown=node ./package*.json /srv/",
        "COPY package.json package-lock.json* yarn.lock* /srv/",
        "COPY . .",
        "COPY package.json /srv/package.json\nCOPY package-lock.json /srv/package-lock.json",
        "ADD . /srv",
        "COPY --from=busybox /bin/sh /bin/sh\nCOPY package*.json ./\nRUN npm install -g npm@latest && apk add curl && rm -rf /var/cache/apk/*",
      })
  void installs_what_the_lock_file_names(String copy) {
    hardens(
        Level.STANDARD, npm(after(copy, "npm install")), Map.of(DOCKERFILE, after(copy, "npm ci")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      value = {
        "npm i --omit=dev --no-audit && npm run build ¦ npm ci --omit=dev --no-audit && npm run build",
        "set -e; npm --silent install --production; x ¦ set -e; npm --silent ci --production; x",
        "npm install || npm install --force ¦ npm ci || npm install --force",
        "rm -rf /var/lib/apt/lists/* && npm install ¦ rm -rf /var/lib/apt/lists/* && npm ci",
        "npm config set fund false && npm install ¦ npm config set fund false && npm ci",
      })
  void keeps_the_rest_of_the_command(String before, String after) {
    locks(npm(""), "COPY package*.json ./", before, after);
  }

  @Test
  void knows_folders_below_the_context() {
    Given given =
        Given.compose("services: {api: {build: {context: web}}}\n")
            .and("web/Dockerfile", "FROM node\nWORKDIR /a/b\nCOPY . /a\nRUN npm install\n")
            .and("web/b/package.json", MANIFEST)
            .and("web/b/npm-shrinkwrap.json", LOCK);
    hardens(
        Level.STANDARD,
        given,
        Map.of("web/Dockerfile", "FROM node\nWORKDIR /a/b\nCOPY . /a\nRUN npm ci\n"));
  }

  @Test
  void takes_the_lock_file_that_npm_takes_first() {
    String copy = "COPY package.json package-lock.json npm-shrinkwrap.json ./";
    String behind = LOCK.replace("^4.3.0", "^3.0.0");
    locks(
        npm("").and("npm-shrinkwrap.json", LOCK).and("package-lock.json", behind),
        copy,
        "npm install",
        "npm ci");
    advises(
        npm(after(copy, "npm install")).and("npm-shrinkwrap.json", behind),
        "npm-shrinkwrap.json does not fit package.json (debug): install once outside of the build,"
            + " and put it under version control");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "yarn install --production | yarn install --frozen-lockfile --production",
        "yarn && yarn build | yarn --frozen-lockfile && yarn build",
        "corepack enable && yarn install | corepack enable && yarn install --frozen-lockfile",
      })
  void freezes_the_lock_file_of_yarn_1(String before, String after) {
    locks(
        compose("").and("package.json", MANIFEST).and("yarn.lock", YARN_LOCK),
        "COPY package.json yarn.lock ./",
        before,
        after);
  }

  @Test
  void leaves_other_yarns() {
    String advice = "add --immutable, as yarn 2 and later have it, or --frozen-lockfile for yarn 1";
    String file = after("COPY . .", "yarn install");
    Given given = compose(file).and("package.json", MANIFEST).and("yarn.lock", YARN_LOCK);
    advises(given.and("yarn.lock", "__metadata:\n  version: 8\n"), advice);
    advises(given.and(".yarnrc.yml", "nodeLinker: node-modules\n"), advice);
    advises(given.and("package.json", "{\"packageManager\": \"yarn@4.1.0\"}"), advice);
    advises(
        given.and(DOCKERFILE, file.replace("COPY", "RUN yarn set version berry\nCOPY")), advice);
    advises(
        given.and("yarn.lock", "# yarn lockfile v1\n\na@1:\n  version \"1.0.0\"\n"),
        "yarn.lock does not fit package.json (debug): install once outside of the build, and put it"
            + " under version control");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"debug\": \"^4.3.0\"}, \"dev | \"debug\": \"^4.4.0\"}, \"dev | package-lock.json does not fit package.json (debug): install once outside of the build, and put it under version control",
        "\"node_modules/ms\" | \"node_modules/mt\" | package-lock.json does not fit package.json (ms): install once outside of the build, and put it under version control",
        "\"optional\": true | \"optional\": false | package-lock.json does not fit package.json (colors): install once outside of the build, and put it under version control",
        "a/node_modules/@b/c | debug/node_modules/@b/c | package-lock.json does not fit package.json (@b/c): install once outside of the build, and put it under version control",
        "\"version\": \"2.1.3\" | \"link\": true | package-lock.json names folders of the project, which have to be there",
        "\"lockfileVersion\": 3 | \"lockfileVersion\": 1 | package-lock.json is of an old kind: npm install of npm 7 or later writes a new one",
        "}}}} | }}} | package.json and package-lock.json cannot be read",
      })
  void tells_where_the_lock_file_does_not_fit(String in, String out, String advice) {
    assertThat(LOCK).contains(in);
    advises(
        npm(after("COPY . .", "npm install")).and("package-lock.json", LOCK.replace(in, out)),
        advice);
  }

  @Test
  void tells_where_the_lock_file_is_not_there() {
    advises(
        npm(after("COPY package.json ./", "npm install")),
        "copy package-lock.json as well, and then install with npm ci");
    advises(
        npm(after("COPY . .", "npm install")).and(".dockerignore", "*-lock.json\n"),
        "copy package-lock.json as well, and then install with npm ci");
    advises(
        compose(after("COPY . .", "npm install")).and("package.json", MANIFEST),
        "there is no package-lock.json: make one by an install outside of the build, and put it under"
            + " version control");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "FROM node:14 | npm ci in its place, if the image has npm 7 or later",
        "FROM node:fermium-slim | npm ci in its place, if the image has npm 7 or later",
        "FROM debian:13 | npm ci in its place, if the image has npm 7 or later",
        "FROM node:24~RUN npm i -g npm@6 | npm ci in its place, if the image has npm 7 or later",
        "FROM node:24~RUN npm install x@1 | install with npm ci, if line 2 leaves node_modules and the lock file as they are",
        "FROM node:24~WORKDIR /srv~COPY . .~RUN rm -f package-lock.json | install with npm ci, if line 4 leaves node_modules and the lock file as they are",
        "FROM node:24~RUN ln -s /x node_modules | install with npm ci, if line 2 leaves node_modules and the lock file as they are",
      })
  void leaves_what_it_does_not_know(String from, String advice) {
    String text = from.replace('~', '\n') + "\nWORKDIR /srv\nCOPY . .\nRUN npm install\n";
    advises(npm(text), advice);
  }

  @Test
  void leaves_what_it_cannot_tell() {
    advises(
        npm("FROM node:24\nCOPY . .\nRUN npm install\n"),
        "install with npm ci, if its lock file is there, which can't be told: its working directory is"
            + " that of the base image");
    advises(
        npm(after("COPY --from=x /srv /srv\nCOPY . .", "npm install")),
        "install with npm ci, if its lock file is there, which can't be told: line 3 may put anything"
            + " there");
    advises(
        npm(after("COPY . .", "npm install --force")),
        "install with npm ci, unless --force says otherwise");
    advises(
        npm(after("COPY . .", "npm install")).and("package.json", "{\"workspaces\": [\"a\"]}"),
        "package.json has workspaces, so that it can't be told whether the lock file fits it");
    advises(
        npm(after("COPY . .", "npm install")).and(".npmrc", "package-lock=false\n"),
        "install with npm ci, if .npmrc allows a lock file");
    advises(
        npm(
            after("COPY . .", "")
                .replace("RUN ", "RUN --mount=type=cache,target=/srv/node_modules npm install")),
        "install with npm ci, if the mount leaves node_modules and the lock file as they are");
  }

  @Test
  void asks_all_services_that_build_it() {
    Given given =
        Given.compose(
                "services: {a: {build: {context: a, dockerfile: ../Dockerfile}},"
                    + " b: {build: {context: b, dockerfile: ../Dockerfile}}}\n")
            .and(DOCKERFILE, after("COPY . .", "npm install"))
            .and("a/package.json", MANIFEST)
            .and("a/package-lock.json", LOCK)
            .and("b/package.json", MANIFEST);
    advises(
        given,
        "there is no package-lock.json: make one by an install outside of the build, and put it under"
            + " version control");
    hardens(
        Level.STANDARD,
        given.and("b/package-lock.json", LOCK),
        Map.of(DOCKERFILE, after("COPY . .", "npm ci")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "npm ci",
        "npm ci || npm install",
        "if [ -f package-lock.json ]; then npm ci; else npm install; fi",
        "cd web && npm install",
        "rm package-lock.json && npm install",
        "echo '{}' > package.json && npm install",
        "npm --prefix web install",
        "npm install $ARGS",
        "yarn install --immutable",
        "yarn build",
        "npm run install",
        "pip install -r requirements.txt",
        "pip install --no-cache-dir -c constraints.txt flask",
        "pip install . ./x.whl git+https://example.org/x pip setuptools flask==3.1.0 'a>=1'",
        "pip3 install --upgrade pip && python -m pip install -i https://example.org/simple a==1",
        "npm install -g npm@11.6.0 @scope/x@1.2.3 ./x x.tgz && npm i --registry https://example.org/",
        "gem install rails -v 8.1.1 && gem install rack:3.2.0",
        "go install example.org/x@v1.2.3 && go install ./...",
        "pnpm install --frozen-lockfile",
        "bundle install",
        "composer install",
        "apt-get install -y curl",
      })
  void leaves_the_rest(String run) {
    leaves(npm(after("COPY . .", run)), NOTHING);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pip install flask 'gunicorn[gevent]' | flask, gunicorn[gevent] | NAME==VERSION",
        "python3 -m pip install --upgrade pip flask | flask | NAME==VERSION",
        "uv pip install --system flask | flask | NAME==VERSION",
        "npm install -g pm2 typescript@latest | pm2, typescript@latest | NAME@VERSION",
        "npm i @nestjs/cli | @nestjs/cli | NAME@VERSION",
        "yarn global add serve | serve | NAME@VERSION",
        "pnpm add -g serve | serve | NAME@VERSION",
        "gem install bundler rake:13.3.1 | bundler | NAME:VERSION",
        "go install example.org/x/cmd/y@latest | example.org/x/cmd/y@latest | @VERSION in the place of @latest",
        "pip install a b c d e | a, b, c and 2 more | NAME==VERSION",
      })
  void tells_of_packages_without_a_version(String run, String names, String instead) {
    Given given = compose(after("COPY . .", run));
    assertThat(said(given))
        .containsExactly("low each build may install another version of " + names);
    advises(given, "name the version that was tested: " + instead);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pnpm i | pnpm-lock.yaml | add --frozen-lockfile",
        "bundle install --jobs 4 | Gemfile.lock | set BUNDLE_FROZEN to true before it, with ENV",
        "composer update --no-dev | composer.lock | call composer install, which follows the lock file",
      })
  void tells_of_lock_files_that_may_be_passed_by(String run, String lock, String advice) {
    advises(compose(after("COPY . .", run)).and(lock, "x\n"), advice);
    leaves(compose(after("COPY . .", run)), NOTHING);
  }

  @Test
  void meets_other_passes_in_one_instruction() {
    Given given =
        npm(
            """
            FROM node:24
            WORKDIR /srv
            COPY . .
            RUN apt update && apt install \\
                # once a night
                cron \\
                && npm install
            """);
    var passes =
        List.<Pass>of(
            new LockedPackages(),
            new BuildCommands(),
            new RecommendedPackages(),
            new PackageCache());
    assertThat(Laws.changed(Laws.check(given, passes, Level.STRICT)))
        .isEqualTo(
            Map.of(
                DOCKERFILE,
                """
                FROM node:24
                WORKDIR /srv
                COPY . .
                RUN apt-get update && apt-get install -y --no-install-recommends \\
                    # once a night
                    cron \\
                    && npm ci \\
                    && rm -rf /var/lib/apt/lists/* \\
                    && npm cache clean --force
                """));
  }
}
