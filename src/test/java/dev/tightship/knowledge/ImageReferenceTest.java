package dev.tightship.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageReferenceTest {

  private static final String SHA256 = "0123456789abcdef".repeat(4);

  private static ImageReference parsed(String text) {
    return ImageReference.parse(text).orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "nginx, docker.io, library/nginx, nginx",
    "library/nginx, docker.io, library/nginx, nginx",
    "docker.io/nginx, docker.io, library/nginx, nginx",
    "docker.io/library/nginx, docker.io, library/nginx, nginx",
    "index.docker.io/library/nginx, docker.io, library/nginx, nginx",
    "index.docker.io/nginx, docker.io, library/nginx, nginx",
    "someone/postgres, docker.io, someone/postgres, someone/postgres",
    "docker.io/someone/postgres, docker.io, someone/postgres, someone/postgres",
    "library/a/b, docker.io, library/a/b, library/a/b",
    "ghcr.io/x/nginx, ghcr.io, x/nginx, ghcr.io/x/nginx",
    "ghcr.io/nginx, ghcr.io, nginx, ghcr.io/nginx",
    "localhost/nginx, localhost, nginx, localhost/nginx",
    "localhost:5000/nginx, localhost:5000, nginx, localhost:5000/nginx",
    "registry/nginx, docker.io, registry/nginx, registry/nginx",
    "registry:5000/nginx, registry:5000, nginx, registry:5000/nginx",
    "192.168.0.1/a/b, 192.168.0.1, a/b, 192.168.0.1/a/b",
    "[2001:db8::1]/nginx, [2001:db8::1], nginx, [2001:db8::1]/nginx",
    "[::1]:5000/a/nginx, [::1]:5000, a/nginx, [::1]:5000/a/nginx",
    "Registry/nginx, Registry, nginx, Registry/nginx",
    "xn--n3h.com/a, xn--n3h.com, a, xn--n3h.com/a",
    "a.b, docker.io, library/a.b, a.b",
    "a_b/c__d/e---f.g, docker.io, a_b/c__d/e---f.g, a_b/c__d/e---f.g",
  })
  void reads_domain_and_path_as_docker_does(
      String text, String domain, String repository, String familiar) {
    var reference = parsed(text);

    assertThat(reference.domain()).isEqualTo(domain);
    assertThat(reference.repository()).isEqualTo(repository);
    assertThat(reference.familiarName()).isEqualTo(familiar);
    assertThat(reference.tag()).isEmpty();
    assertThat(reference.digest()).isEmpty();
    assertThat(reference).hasToString(text);
  }

  @ParameterizedTest
  @CsvSource({
    "nginx:alpine, nginx, alpine",
    "nginx:1.31.4-alpine3.24_X, nginx, 1.31.4-alpine3.24_X",
    "nginx:_, nginx, _",
    "nginx:LATEST, nginx, LATEST",
    "localhost:5000, localhost, 5000",
    "localhost:5000/nginx:5000, localhost:5000/nginx, 5000",
    "[::1]:5000/nginx:1, [::1]:5000/nginx, 1",
  })
  void reads_the_tag_after_the_last_slash(String text, String familiar, String tag) {
    assertThat(parsed(text).familiarName()).isEqualTo(familiar);
    assertThat(parsed(text).tag()).hasValue(tag);
  }

  @Test
  void reads_a_digest_with_and_without_a_tag() {
    assertThat(parsed("nginx@sha256:" + SHA256).digest()).hasValue("sha256:" + SHA256);
    assertThat(parsed("nginx@sha256:" + SHA256).tag()).isEmpty();

    var both = parsed("ghcr.io:443/a/b:1.2@sha512:" + SHA256 + SHA256);
    assertThat(both.tag()).hasValue("1.2");
    assertThat(both.digest()).hasValue("sha512:" + SHA256 + SHA256);
    assertThat(both.familiarName()).isEqualTo("ghcr.io:443/a/b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " nginx",
        "nginx ",
        ":tag",
        "@sha256:x",
        "Nginx",
        "docker.io/Nginx",
        "a/Nginx",
        "-nginx",
        "nginx-",
        "a..b",
        "a___b",
        "a._b",
        "_a",
        "a/",
        "/a",
        "a//b",
        "ghcr.io/",
        "docker.io/",
        "nginx:",
        "nginx:.a",
        "nginx:-a",
        "nginx:a b",
        "nginx:a:b",
        "nginx:ä",
        "nginx:${TAG}",
        "${REGISTRY}/nginx",
        "-reg.io/a",
        "reg-.io/a",
        "reg..io/a",
        "my_reg.io/a",
        "reg.io:/a",
        "reg.io:port/a",
        "[::1/a",
        "[]/a",
        "[::1]5000/a",
        "[fe80::1%eth0]/a",
        "nginx@",
        "nginx@sha256",
        "nginx@sha256:abc",
        "nginx@md5:0123456789abcdef0123456789abcdef",
        "https://ghcr.io/a",
        "../a",
      })
  void refuses_what_docker_refuses(String text) {
    assertThat(ImageReference.parse(text)).isEmpty();
  }

  @Test
  void refuses_upper_case_and_short_hashes_and_the_id_of_an_image() {
    assertThat(ImageReference.parse("nginx@sha256:" + SHA256.replace('a', 'A'))).isEmpty();
    assertThat(ImageReference.parse("nginx@sha512:" + SHA256)).isEmpty();
    assertThat(ImageReference.parse("nginx@sha256:" + SHA256 + "0")).isEmpty();
    assertThat(ImageReference.parse(SHA256)).isEmpty();
    assertThat(ImageReference.parse(SHA256 + "0")).isPresent();
  }

  @Test
  void knows_the_longest_tag_and_the_longest_path() {
    assertThat(ImageReference.parse("a:" + "t".repeat(128))).isPresent();
    assertThat(ImageReference.parse("a:" + "t".repeat(129))).isEmpty();
    assertThat(ImageReference.parse("ghcr.io/" + "a".repeat(255))).isPresent();
    assertThat(ImageReference.parse("ghcr.io/" + "a".repeat(256))).isEmpty();
    assertThat(ImageReference.parse("a".repeat(247))).isPresent();
    assertThat(ImageReference.parse("a".repeat(248))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "nginx, nginx:1.2",
    "nginx:alpine, nginx:1.2",
    "docker.io/library/nginx:alpine, docker.io/library/nginx:1.2",
    "index.docker.io/nginx, index.docker.io/nginx:1.2",
    "localhost:5000/a:b, localhost:5000/a:1.2",
  })
  void another_tag_leaves_the_name_as_it_was_written(String text, String expected) {
    assertThat(parsed(text).withTag("1.2")).hasToString(expected);
    assertThat(parsed(text).withTag("1.2")).isEqualTo(parsed(expected));
  }

  @Test
  void another_tag_drops_the_digest_of_the_old_image() {
    assertThat(parsed("nginx:1@sha256:" + SHA256).withTag("2")).hasToString("nginx:2");
  }

  @Test
  void another_tag_must_be_a_tag() {
    assertThatThrownBy(() -> parsed("nginx").withTag("a/b"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("not a tag: a/b");
  }
}
