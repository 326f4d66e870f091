package dev.tightship.passes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.compose.Given;
import dev.tightship.engine.Level;
import dev.tightship.engine.Step;
import dev.tightship.engine.Step.Status;
import dev.tightship.pass.Remark;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DockerfileSecretsTest extends PassTest {

  private static final String FINE = "no secret was found in it";

  DockerfileSecretsTest() {
    super(new DockerfileSecrets());
  }

  private static Given dockerfile(String text) {
    return Given.compose("services: {api: {build: .}}\n").and(DOCKERFILE, "FROM a\n" + text + "\n");
  }

  /** What is reported, in order; never with a value in it. */
  private List<String> messages(Given given) {
    List<Step> steps = Laws.check(given, List.of(pass()), Level.STRICT).steps(Status.ADVISED);
    assertThat(steps)
        .allSatisfy(s -> assertThat(message(s) + s.reason()).doesNotContain("hunter2", "s3cret"));
    return steps.stream().map(DockerfileSecretsTest::message).toList();
  }

  private static String message(Step step) {
    return ((Remark.Finding) step.remark()).message();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ENV DB_PASSWORD=hunter2",
        "ENV DB_PASSWORD hunter2",
        "ENV A=b DB_PASSWORD='hunter2 s3cret'",
        "ENV A=b \\\n  # for now\n  DB_PASSWORD=\"hunter2\"",
        "ENV URL=postgres://app:hunter2@db/app",
        "ENV GH=ghp" + "_0123456789abcdefghijABCDEFGHIJ3mpbCX",
        "LABEL db.password=hunter2",
        "ARG API_KEY=s3cret-hunter2",
        "ARG A API_KEY=\"hunter2\"",
        "ENV DB_PASSWORD=${X:-hunter2}",
      })
  void reports_a_value_that_stands_in_the_file(String line) {
    String keyword = line.substring(0, line.indexOf(' '));
    assertThat(messages(dockerfile(line)))
        .hasSize(1)
        .allMatch(m -> m.contains("the secret that " + keyword + " holds in "));
  }

  @Test
  void names_all_of_an_instruction_at_once() {
    assertThat(messages(dockerfile("ENV A_TOKEN=hunter2 B=c D_KEY=1 PASSWORD=hunter2")))
        .containsExactly(
            "whoever has the file or the image has the secret that ENV holds in A_TOKEN, PASSWORD");
  }

  @Test
  void looks_at_what_stands_above_the_first_stage() {
    assertThat(
            messages(
                Given.compose("services: {api: {build: .}}\n")
                    .and(DOCKERFILE, "ARG V=1\nARG API_KEY=hunter2\nFROM a:$V\n")))
        .containsExactly(
            "whoever has the file or the image has the secret that ARG holds in API_KEY");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ENV DB_PASSWORD=",
        "ENV DB_PASSWORD=\"\"",
        "ENV DB_PASSWORD_FILE=/run/secrets/db",
        "ENV SECRET_KEY_BASE=dummy",
        "ENV SECRET_KEY_BASE=not-a-secret",
        "ENV API_KEY=changeme API_TOKEN=<your-token> A_SECRET=xxx",
        "ENV TOKEN_TTL=3600 SSL_CERT=/etc/x.pem PASSWORD_MIN_LENGTH=12",
        "ENV DB_PASSWORD=$DB_PASSWORD",
        "ARG NPM_TOKEN",
        "ARG NPM_TOKEN=",
        "ENV PORT=3000 NODE_ENV=production COMPASS=north",
        "ENV URL=http://api:3000/x",
        "RUN x",
      })
  void leaves_what_is_none(String line) {
    leaves(dockerfile(line), FINE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[API_KEY]", "{API_KEY: }", "{API_KEY: '${KEY}'}", "{API_KEY: hunter2}"})
  void reports_an_argument_that_a_service_passes(String args) {
    Given given =
        Given.compose("services: {api: {build: {context: ., args: %s}}}\n".formatted(args))
            .and(DOCKERFILE, "FROM a\nARG API_KEY\nRUN x\n");
    assertThat(messages(given))
        .containsExactly(
            "the build argument API_KEY carries a secret of service api, and the history of the"
                + " image keeps it");
    advises(
        given,
        "write RUN --mount=type=secret,id=api_key,env=API_KEY where it is needed instead of the ARG;"
            + " in the Compose file list api_key under build.secrets instead of the argument, and"
            + " say under secrets that its environment is API_KEY");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{API_KEY: ''}", "{API_KEY: dummy}", "{V: 1}", "{API_KEY: 'false'}"})
  void leaves_an_argument_that_gets_nothing(String args) {
    leaves(
        Given.compose("services: {api: {build: {context: ., args: %s}}}\n".formatted(args))
            .and(DOCKERFILE, "FROM a\nARG API_KEY\nRUN x\n"),
        FINE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "COPY .env /app/",
        "COPY a .env* /app/",
        "COPY --chown=1:1 conf/.env.production ./",
        "ADD id_rsa /root/.ssh/id_rsa",
        "COPY .ssh /root/.ssh",
        "COPY [\"server.key\", \"/etc/ssl/\"]",
        "COPY certs/privkey.pem /etc/",
        "COPY .npmrc ./",
        "COPY .aws/credentials /root/.aws/",
        "COPY credentials.json ./",
        "COPY .git/ .git/",
      })
  void reports_a_file_that_is_there_to_hold_secrets(String line) {
    assertThat(messages(dockerfile(line))).hasSize(1).allMatch(m -> m.startsWith("the image gets"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "COPY .env.example .env",
        "COPY . .",
        "COPY --from=build .env /",
        "COPY ca.pem cert.crt /etc/ssl/",
        "COPY package.json .dockerignore .gitignore ./",
        "COPY keys/public.pub /",
        "COPY environment.key.d /",
        "COPY $FILE /",
        "COPY <<.env /x\na\n.env",
        "ADD https://example.org/server.key /x",
      })
  void leaves_files_that_are_none(String line) {
    leaves(dockerfile(line), FINE);
  }

  @Test
  void asks_what_stands_in_a_file_where_it_can() {
    Given copies = dockerfile("COPY .npmrc .env ./");
    leaves(
        copies
            .and(".npmrc", "//npm.example.org/:_authToken=${NPM_TOKEN}\nfund=false\n")
            .and(".env", "# PASSWORD=hunter2\nPORT=3000\nAPI_KEY=\n"),
        FINE);
    assertThat(messages(copies.and(".npmrc", "fund=false\n").and(".env", "API_KEY=hunter2\n")))
        .containsExactly("the image gets .env, and the secrets that it holds");
    assertThat(messages(copies.and(".npmrc", "//npm.example.org/:_authToken=hunter2\n")))
        .containsExactly("the image gets .npmrc, and the secrets that it holds");
    assertThat(
            messages(
                dockerfile("COPY site.pem /").and("site.pem", "-----BEGIN RSA PRIVATE KEY-----\n")))
        .hasSize(1);
  }

  @Test
  void says_what_to_do_instead() {
    advises(
        dockerfile("COPY conf/.npmrc ./"),
        "write RUN --mount=type=secret,id=npmrc,target=… where it is needed, and in the Compose file"
            + " list npmrc under build.secrets and say under secrets that its file is .npmrc");
    advises(
        dockerfile("COPY id_ed25519 /"),
        "use RUN --mount=type=ssh, and build.ssh in the Compose file");
    advises(
        dockerfile("COPY .env /"),
        "let the service bring .env when it starts: as a secret of the Compose file, or as its"
            + " env_file");
    advises(dockerfile("COPY .git /"), "copy what is needed, and name .git in .dockerignore");
  }

  @ParameterizedTest
  @CsvSource({
    "git clone https://me:Tr0ub4dor@git.example.com/a, 1",
    "pip install -i https://u:s3cr3tPw@pypi.example.com/simple a, 1",
    "git clone https://me:$TOKEN@git.example.com/a, 0",
    "git clone https://me:${TOKEN}@git.example.com/a, 0",
    "git clone https://git@git.example.com/a, 0",
    "curl http://localhost:80/@a, 0",
    "curl https://user:changeme@a.example.com, 0",
  })
  void finds_passwords_in_addresses_of_steps(String run, int times) {
    assertThat(said(onDebian("RUN " + run))).hasSize(times);
  }
}
