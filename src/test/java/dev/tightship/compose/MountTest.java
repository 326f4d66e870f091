package dev.tightship.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.compose.Mount.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MountTest {

  private static List<Mount> mounts(Given given) {
    return given.load().services().get(0).mounts();
  }

  private static List<Mount> mounts(String settings) {
    return mounts(Given.compose("services:\n  web:\n    image: nginx\n" + settings));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "./site:/srv,          BIND,      ./site,      /srv,  false",
        "./site:/srv:ro,       BIND,      ./site,      /srv,  true",
        "'./a:/srv/:z,ro',     BIND,      ./a,         /srv,  true",
        "./a:/srv:rw,          BIND,      ./a,         /srv,  false",
        "/etc/x:/srv//x,       BIND,      /etc/x,      /srv/x, false",
        "~/.ssh:/srv,          BIND,      ~/.ssh,      /srv,  false",
        "'C:\\data:/srv:ro',   BIND,      'C:\\data',  /srv,  true",
        "data:/srv,            VOLUME,    data,        /srv,  false",
        "/srv,                 ANONYMOUS, -,           /srv,  false",
        "'${NOWHERE}:/srv',    OTHER,     -,           /srv,  false",
        "'${NOWHERE}/a:/srv',  BIND,      -,           /srv,  false",
        "'./${NOWHERE}:/srv',  BIND,      -,           /srv,  false",
        "'${X:-./a}:/srv:ro',  BIND,      ./a,         /srv,  true",
        "'./a:${NOWHERE}:ro',  BIND,      ./a,         -,     true",
      })
  void the_short_form(String text, Kind kind, String source, String target, boolean readOnly) {
    assertThat(mounts("    volumes: ['" + text + "']\n"))
        .singleElement()
        .satisfies(
            mount -> {
              assertThat(mount.kind()).isEqualTo(kind);
              assertThat(mount.source()).isEqualTo(source);
              assertThat(mount.target()).isEqualTo(target);
              assertThat(mount.readOnly()).isEqualTo(readOnly);
            });
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "'type: bind, source: ./a, target: /srv',                   BIND,      ./a,  false",
        "'type: bind, source: ./a, target: /srv, read_only: true',  BIND,      ./a,  true",
        "'type: volume, source: data, target: /srv/',               VOLUME,    data, false",
        "'type: volume, target: /srv',                              ANONYMOUS, -,    false",
        "'type: tmpfs, target: /srv',                               TMPFS,     -,    false",
        "'type: image, source: busybox, target: /srv',              OTHER,     busybox, false",
        "'source: ./a, target: /srv',                               OTHER,     ./a,  false",
      })
  void the_long_form(String text, Kind kind, String source, boolean readOnly) {
    assertThat(mounts("    volumes: [{" + text + "}]\n"))
        .singleElement()
        .satisfies(
            mount -> {
              assertThat(mount.kind()).isEqualTo(kind);
              assertThat(mount.source()).isEqualTo(source);
              assertThat(mount.target()).isEqualTo("/srv");
              assertThat(mount.readOnly()).isEqualTo(readOnly);
            });
  }

  @Test
  void tmpfs_as_a_list_and_as_a_text() {
    assertThat(mounts("    tmpfs: ['/run:uid=1,mode=0700', /tmp]\n"))
        .extracting(Mount::kind, Mount::target)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(Kind.TMPFS, "/run"),
            org.assertj.core.groups.Tuple.tuple(Kind.TMPFS, "/tmp"));
    assertThat(mounts("    tmpfs: /tmp\n"))
        .singleElement()
        .satisfies(mount -> assertThat(mount.list()).isNull());
  }

  @Test
  void a_later_file_takes_the_place_of_the_same_target_only() {
    Given given =
        Given.compose("services: {web: {image: a, volumes: ['./a:/srv', './b:/etc/b']}}")
            .override("services: {web: {volumes: ['./c:/srv:ro']}}");

    assertThat(mounts(given))
        .extracting(Mount::source, Mount::readOnly)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple("./c", true),
            org.assertj.core.groups.Tuple.tuple("./b", false));
  }

  @Test
  void where_a_bind_mount_lies_in_the_project() {
    Project project =
        Given.compose("services: {web: {image: a, volumes: ['./a/../b:/srv', '../c:/c']}}").load();

    assertThat(project.services().get(0).mounts())
        .extracting(mount -> mount.inProject())
        .containsExactly("b", null);
  }

  @Test
  void a_mount_covers_what_lies_below_it() {
    Mount mount = mounts("    volumes: ['./a:/srv/app/']\n").get(0);

    assertThat(mount.covers("/srv/app")).isTrue();
    assertThat(mount.covers("/srv/app/x")).isTrue();
    assertThat(mount.covers("/srv/application")).isFalse();
    assertThat(mount.covers("/srv")).isFalse();
  }
}
