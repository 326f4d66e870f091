package dev.tightship.passes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoginInImageTest extends PassTest {

  LoginInImageTest() {
    super(new LoginInImage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '§',
      value = {
        "RUN apt-get install -y openssh-server ¦ medium a server that one logs in to is installed in the image",
        "RUN apk add --no-cache bash dropbear ¦ medium a server that one logs in to is installed in the image",
        "RUN apk add --no-cache git openssh ¦ low a server that one logs in to comes along with the client of SSH",
        "RUN apt-get install -y git ssh ¦ low a server that one logs in to comes along with the client of SSH",
        "CMD [\"/usr/sbin/sshd\", \"-D\"] ¦ high a server that one logs in to is started with the container",
        "CMD service ssh start && npm start ¦ high a server that one logs in to is started with the container",
        "ENTRYPOINT [\"sh\", \"-c\", \"/usr/sbin/sshd && exec app\"] ¦ high a server that one logs in to is started with the container",
        "RUN echo 'root:Docker!' | chpasswd ¦ high a password of an account is set, and each who has the image can read it",
        "RUN echo Docker! | passwd --stdin root ¦ high a password of an account is set, and each who has the image can read it",
        "RUN useradd -m -p \"$(openssl passwd -1 Docker!)\" a ¦ high a password of an account is set, and each who has the image can read it",
        "RUN usermod --password=Docker! root ¦ high a password of an account is set, and each who has the image can read it",
        "RUN passwd -d root ¦ high an account gets an empty password",
        "RUN usermod -p '' root ¦ high an account gets an empty password",
      })
  void finds_ways_to_log_in(String text, String message) {
    assertThat(said(onDebian(text))).containsExactly(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "RUN apt-get install -y openssh-client && apk add openssh-client && dnf install -y openssh",
        "RUN adduser -D -H app && useradd -r -u 1000 app && passwd -l root",
        "RUN usermod -p '*' root && useradd -p '!' app",
        "RUN test -x /usr/sbin/sshd && ssh-keyscan github.com >> /etc/ssh/ssh_known_hosts",
        "CMD [\"service\", \"nginx\", \"start\"]",
        "RUN grep root /etc/passwd",
      })
  void leaves_the_rest(String text) {
    leaves(onDebian(text), "nobody logs in to it");
  }

  @Test
  void leaves_a_stage_from_which_others_only_copy() {
    leaves(
        onDebian("RUN apt-get install -y openssh-server\nFROM scratch\nCOPY --from=0 /app /app"),
        "only what is copied from it gets on");
  }
}
