package dev.tightship.passes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteScriptTest extends PassTest {

  private static final String FINE = "it runs nothing that it fetches unseen";
  private static final String NOT_TOLD = "nothing of it that can be told runs what it fetches";

  RemoteScriptTest() {
    super(new RemoteScript());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "RUN curl https://a.example.org/x | sh",
        "RUN curl -fsSL https://a.example.org/x | bash -",
        "RUN wget -qO- https://a.example.org/x | sudo -E bash -",
        "RUN wget -O - 'https://a.example.org/x' | V=1 sh -s -- --yes",
        "RUN curl https://u:p@a.example.org/x?y=$Z | bash -s stable",
        "RUN curl https://a.example.org/x | tee /tmp/log | /bin/dash -ex",
        "RUN set -e; if true; then curl https://a.example.org/x | bash -o pipefail; fi",
        "RUN curl -sSL https://a.example.org/x | python3 - --version 1",
        "RUN curl -sSL https://a.example.org/x | python3.12",
        "RUN curl -L https://a.example.org/x | perl - App::cpanminus",
        "RUN curl -sS https://a.example.org/x | php -- --install-dir=/bin",
        "RUN sh -c \"$(curl -fsSL https://a.example.org/x)\"",
        "RUN bash -ec \"`wget -qO- https://a.example.org/x`\" -- --yes",
        "RUN bash -c \"curl https://a.example.org/x | sh\"",
        "RUN [\"/bin/bash\", \"-c\", \"curl https://a.example.org/x | sh\"]",
        "RUN bash <(curl -s https://a.example.org/x) --yes",
        "RUN case $A in a) curl -sS https://a.example.org/x | sh;; esac",
        "RUN eval \"$(curl -sS https://a.example.org/x)\"",
        "RUN . <(curl -sS \"https://a.example.org/x\")",
        "RUN <<EOF\nset -e\ncurl https://a.example.org/x | sh\nEOF",
        "RUN apt-get update \\\n  # that\n  && curl https://a.example.org/x | \\\n  sh",
      })
  void finds_what_is_run_at_once(String run) {
    assertThat(said(onDebian(run)))
        .containsExactly("medium the build runs what a.example.org sends, unseen");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "RUN curl https://a.example.org/x | tar xz",
        "RUN curl https://a.example.org/x | gpg --dearmor -o /etc/apt/keyrings/a.gpg",
        "RUN curl https://a.example.org/x | sh script.sh",
        "RUN curl https://a.example.org/x | python -m json.tool",
        "RUN curl https://a.example.org/x | python3 -c 'import sys'",
        "RUN curl https://a.example.org/x | php artisan",
        "RUN curl https://a.example.org/x | bash -c 'cat'",
        "RUN curl https://a.example.org/x || sh",
        "RUN curl https://a.example.org/x; sh -s",
        "RUN echo 'curl https://a.example.org/x | sh'",
        "RUN cat a.sh | sh",
        "RUN curl http://localhost:8080/x | sh",
        "RUN curl -fsSL -o x.tgz https://a.example.org/x && tar xf x.tgz",
        "RUN curl -o x https://a.example.org/x && chmod 644 x",
        "RUN curl -o x https://a.example.org/x && echo '1 x' | sha256sum -c - && chmod +x x",
        "RUN curl -o x https://a.example.org/x && gpg --batch --verify x.asc x && chmod +x x",
        "RUN curl -o x https://a.example.org/x && [ \"$(sha256sum x | cut -c1-64)\" = a ] && sh x",
        "RUN pip install -i https://a.example.org/simple flask",
        "RUN pip install --index-url=https://a.example.org/simple flask",
        "RUN pip install https://a.example.org/x.whl#sha256=12",
        "RUN pip install git+https://a.example.org/x@0123456789012345678901234567890123456789",
        "HEALTHCHECK CMD curl https://a.example.org/x | sh",
        "ONBUILD RUN curl https://a.example.org/x | sh",
      })
  void leaves_what_runs_nothing_of_it_or_checks_it(String run) {
    leaves(onDebian(run), FINE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "RUN case $A in a) echo 'curl x | sh';; esac",
        "RUN case $A in a) echo \"bash <(curl x)\";; esac # eval `curl x`",
        "RUN sh -c \"$(cat x)\"",
        "RUN case $A in a) curl x | tar xz;; esac",
        "RUN case $A in a) curl x | sh x.sh;; esac",
        "RUN case $A in a) curl x || sh; esac",
      })
  void guesses_nothing_where_it_is_not_understood(String run) {
    leaves(onDebian(run), NOT_TOLD);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '§',
      value = {
        "curl -o x https://a.org/y && chmod +x x   ¦ low a program comes from a.org, and nothing of it is checked",
        "curl -Lo ./x https://a.org/y && chmod 0755 x ¦ low a program comes from a.org, and nothing of it is checked",
        "curl -fLO https://a.org/y?a && chmod u+x y   ¦ low a program comes from a.org, and nothing of it is checked",
        "wget https://a.org/y && chmod a+rx y      ¦ low a program comes from a.org, and nothing of it is checked",
        "curl https://a.org/y > /bin/y; chmod +x /bin/y ¦ low a program comes from a.org, and nothing of it is checked",
        "curl -o $X https://a.org/y && chmod +x \"$X\" ¦ low a program comes from a.org, and nothing of it is checked",
        "wget https://a.org/y.deb && dpkg -i y.deb ¦ low a program comes from a.org, and nothing of it is checked",
        "curl -o x.sh https://a.org/y && sh ./x.sh ¦ medium the build runs a file from a.org and checks nothing of it",
        "curl -o x https://a.org/y; chmod +x x; ./x ¦ medium the build runs a file from a.org and checks nothing of it",
        "curl -o x https://a.org/y; ./x --yes      ¦ medium the build runs a file from a.org and checks nothing of it",
        "curl -o x.py https://a.org/y; python x.py ¦ medium the build runs a file from a.org and checks nothing of it",
        "curl http://a.org/y | sh                  ¦ high the build runs what a.org sends without encryption: anyone on the way can change it",
        "curl $A | sh                              ¦ medium the build runs what an address sends, unseen",
        "pip install --no-cache-dir https://a.org/b.zip ¦ low the build installs what pip finds at a.org",
        "pip3 install flask git+https://a.org/b.git@main ¦ low the build installs what pip finds at a.org",
        "python -m pip install https://a.org/b.zip ¦ low the build installs what pip finds at a.org",
      })
  void says_how_much_it_matters(String run, String message) {
    assertThat(said(onDebian("RUN " + run))).containsExactly(message);
  }

  @Test
  void tells_a_start_from_a_build() {
    assertThat(said(onDebian("CMD curl https://a.example.org/x | sh")))
        .containsExactly("medium each start runs what a.example.org sends, unseen");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      value = {
        "https://deb.nodesource.com/setup_20.x | bash - ¦ build on the official image node at a fixed version",
        "https://sh.rustup.rs | sh -s -- -y ¦ build on the official image rust at a fixed version",
        "https://get.pnpm.io/install.sh | sh - ¦ install a fixed version from the registry: npm install -g pnpm@VERSION",
        "https://getcomposer.org/installer | php ¦ copy it from the official image: COPY --from=composer:VERSION /usr/bin/composer /usr/bin/composer",
        "https://sh.rustup.rs.example.org | sh ¦ fetch a fixed version with ADD --checksum=sha256:…, or to a file that sha256sum -c checks, and run that",
      })
  void names_what_to_take_instead(String run, String instead) {
    advises(onDebian("RUN curl -sSf " + run), instead);
  }

  @Test
  void takes_time_linear_in_a_text() {
    String text = "RUN case a in a) " + "curl http://a bash <(curl -s ".repeat(5000) + ";; esac";
    assertTimeout(Duration.ofSeconds(5), () -> said(onDebian(text)));
  }
}
