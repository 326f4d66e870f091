package dev.tightship.passes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.compose.Given;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TlsVerificationTest extends PassTest {

  private static final String FINE = "it switches no check of certificates or signatures off";

  TlsVerificationTest() {
    super(new TlsVerification());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '§',
      value = {
        "curl -k https://a.org          ¦ curl (-k)",
        "curl -fsSLko x https://a.org   ¦ curl (-k)",
        "curl --insecure $URL           ¦ curl (--insecure)",
        "[ \"curl\", \"-k\", \"https://a.org\" ] ¦ curl (-k)",
        "bash -c 'curl -k https://a.org | tar x' ¦ curl (-k)",
        "wget --no-check-certificate -qO- https://a.org ¦ wget (--no-check-certificate)",
        "git -c http.sslVerify=false clone https://a.org/b ¦ git (http.sslVerify)",
        "git config --global http.sslverify \"false\" ¦ git (http.sslVerify)",
        "git config --system http.https://a.org/.sslVerify 0 ¦ git (http.sslVerify)",
        "GIT_SSL_NO_VERIFY=1 git clone https://a.org/b ¦ git (GIT_SSL_NO_VERIFY)",
        "export NODE_TLS_REJECT_UNAUTHORIZED=0; node x ¦ Node.js (NODE_TLS_REJECT_UNAUTHORIZED)",
        "env PYTHONHTTPSVERIFY=0 python x ¦ Python 2 (PYTHONHTTPSVERIFY)",
        "npm config set strict-ssl false  ¦ npm (strict-ssl)",
        "yarn config set strict-ssl false -g ¦ yarn (strict-ssl)",
        "npm ci --strict-ssl=false        ¦ npm (strict-ssl)",
        "yarn config set enableStrictSsl false ¦ yarn (strict-ssl)",
        "echo 'strict-ssl=false' >> .npmrc ¦ npm (strict-ssl)",
        "pip install --trusted-host pypi.org flask ¦ pip (--trusted-host)",
        "python3 -m pip install --trusted-host=a.org flask ¦ pip (--trusted-host)",
        "pip config set global.trusted-host a.org ¦ pip (trusted-host)",
        "apt-get -o Acquire::https::Verify-Peer=false update ¦ apt (Verify-Peer)",
        "apt-get -oAcquire::https::a.org::Verify-Host=0 update ¦ apt (Verify-Peer)",
        "echo 'Acquire::https::Verify-Peer \"false\";' > /etc/apt/apt.conf.d/99 ¦ apt (Verify-Peer)",
        "yum --setopt=sslverify=0 install -y x ¦ yum (sslverify)",
        "echo sslverify=false | tee -a /etc/yum.conf ¦ yum (sslverify)",
        "conda config --set ssl_verify False ¦ conda (ssl_verify)",
        "composer config -g disable-tls true ¦ composer (disable-tls)",
        "aws --no-verify-ssl s3 cp a b   ¦ aws (--no-verify-ssl)",
      })
  void finds_what_takes_any_certificate(String run, String who) {
    String message = who.replace(" (", " takes any certificate (");
    assertThat(said(onDebian("RUN " + run)))
        .singleElement()
        .asString()
        .matches("(medium|high) .*")
        .endsWith(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '§',
      value = {
        "apt-get install -y --allow-unauthenticated x ¦ apt (--allow-unauthenticated)",
        "apt-get -y --force-yes install x ¦ apt (--force-yes)",
        "apt-get -o APT::Get::AllowUnauthenticated=true install x ¦ apt (APT::Get::AllowUnauthenticated)",
        "echo \"deb [arch=amd64 trusted=yes] https://a.org $(lsb_release -cs) main\" > /etc/apt/a.list ¦ apt (trusted=yes)",
        "yum install -y --nogpgcheck x   ¦ yum (--nogpgcheck)",
        "dnf install -y --setopt=gpgcheck=0 x ¦ dnf (gpgcheck)",
        "printf '[a]\\ngpgcheck=0\\n' > /etc/yum.repos.d/a.repo ¦ yum (gpgcheck)",
        "zypper --no-gpg-checks in x     ¦ zypper (--no-gpg-checks)",
        "rpm -i --nosignature x.rpm      ¦ rpm (--nosignature)",
        "apk add --allow-untrusted x.apk ¦ apk (--allow-untrusted)",
      })
  void finds_what_takes_packages_that_nobody_signed(String run, String who) {
    assertThat(said(onDebian("RUN " + run)))
        .containsExactly("medium " + who.replace(" (", " takes packages that nobody signed ("));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "RUN curl -fsSL -o k https://a.org -H X-k",
        "RUN curl -ok https://a.org",
        "RUN curl -k https://localhost:8443/ready",
        "RUN curl -ko x https://a.org && echo '1 x' | sha256sum -c -",
        "RUN wget x.apk && echo '1 x.apk' | sha1sum -c && apk add --allow-untrusted x.apk",
        "RUN git config --global http.sslVerify true",
        "RUN git clone https://a.org/http.sslVerify=false",
        "RUN npm config set strict-ssl true",
        "RUN echo curl -k",
        "RUN echo 'strict-ssl=false'",
        "RUN echo 'gpgcheck=1\\nrepo_gpgcheck=0' > /etc/yum.repos.d/a.repo",
        "RUN echo 'deb [trusted=yes] file:/opt/repo ./' > /etc/apt/sources.list.d/a.list",
        "RUN python x.py --trusted-host a",
        "RUN NODE_TLS_REJECT_UNAUTHORIZED=1 node x",
        "ENV NODE_TLS_REJECT_UNAUTHORIZED=1 PYTHONHTTPSVERIFY=1 PIP_TRUSTED_HOST= VAULT_SKIP_VERIFY=false",
        "ENV NPM_CONFIG_STRICT_SSL=true",
        "HEALTHCHECK CMD curl -k https://localhost/ || exit 1",
        "HEALTHCHECK CMD wget --no-check-certificate -qO- https://$HOSTNAME/",
      })
  void leaves_what_is_checked(String text) {
    leaves(onDebian(text), FINE);
  }

  @Test
  void leaves_what_is_not_understood() {
    leaves(
        onDebian("RUN case $A in a) curl -k https://a.org;; esac"),
        "nothing of it that can be told switches a check off");
  }

  @ParameterizedTest
  @CsvSource({
    "NODE_TLS_REJECT_UNAUTHORIZED=0, high Node.js",
    "GIT_SSL_NO_VERIFY=0, medium git",
    "NPM_CONFIG_STRICT_SSL=false, medium npm",
    "npm_config_strict_ssl=false, medium npm",
    "YARN_ENABLE_STRICT_SSL=0, medium yarn",
    "PIP_TRUSTED_HOST=pypi.org, medium pip",
    "CONDA_SSL_VERIFY=false, medium conda",
    "CONSUL_HTTP_SSL_VERIFY=false, medium Consul",
    "ELASTICSEARCH_SSL_VERIFICATIONMODE=none, high Kibana",
    "VAULT_SKIP_VERIFY=true, high it",
    "GF_AUTH_GENERIC_OAUTH_TLS_SKIP_VERIFY_INSECURE=true, high it",
    "OAUTH2_PROXY_SSL_INSECURE_SKIP_VERIFY=true, high it",
  })
  void finds_variables_wherever_they_are_set(String variable, String who) {
    String name = variable.substring(0, variable.indexOf('='));
    String message = "%s takes any certificate (%s)".formatted(who, name);
    assertThat(said(onDebian("ENV A=b " + variable))).containsExactly(message);
    assertThat(said(onDebian("ARG " + variable))).containsExactly(message);
    assertThat(
            said(
                Given.compose(
                    "services: {a: {image: a, environment: [\"%s\"]}}\n".formatted(variable))))
        .containsExactly(message);
    assertThat(
            said(
                Given.compose("services: {a: {image: a, env_file: a.env}}\n")
                    .and("a.env", variable + "\n")))
        .containsExactly(message);
  }

  @Test
  void finds_options_of_a_start() {
    String message = "high it takes any certificate (--serversTransport.insecureSkipVerify=true)";
    String option = "--serversTransport.insecureSkipVerify=true";
    assertThat(said(onDebian("CMD [\"traefik\", \"%s\"]".formatted(option))))
        .containsExactly(message);
    assertThat(said(Given.compose("services: {a: {image: a, command: x %s}}\n".formatted(option))))
        .containsExactly(message);
    leaves("services: {a: {image: a, command: x --insecureSkipVerify=false}}\n", FINE);
  }

  @Test
  void waits_for_the_value_of_a_variable() {
    leaves("services: {a: {image: a, environment: {VAULT_SKIP_VERIFY: $X}}}\n", FINE);
    leaves("services: {a: {image: a, environment: [NODE_TLS_REJECT_UNAUTHORIZED]}}\n", FINE);
  }
}
