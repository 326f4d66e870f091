package dev.tightship.passes;

import dev.tightship.compose.Mount;
import dev.tightship.compose.Service;
import dev.tightship.dockerfile.BuiltImage;
import dev.tightship.dockerfile.Copy;
import dev.tightship.dockerfile.Resolution;
import dev.tightship.yaml.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a service mounts, as another user than root meets it.
 *
 * @param prepared folders of the image that a fresh volume takes content and owner from
 * @param open why a person has to look, each half a sentence
 * @param against why no other user can be right, half a sentence, or null
 */
record StateFolders(SortedSet<String> prepared, List<String> open, @Nullable String against) {

  /** Of the host's, and readable for everybody. */
  private static final Pattern OF_HOST =
      Pattern.compile("/etc/(localtime|timezone|hosts|hostname|resolv\\.conf)");

  /** What is kept from other users by its mode. */
  private static final Pattern KEY =
      Pattern.compile(
          "(?i).*(\\.pem|\\.key|\\.p12|\\.pfx|\\.jks|/id_\\w+|/\\.ssh.*|secret.*|credential.*|/private.*|token.*|/\\.env.*|/\\.aws.*|/\\.kube.*|/\\.docker.*|/\\.netrc|/\\.pgpass|/letsencrypt.*)");

  /** Folders of libraries, which a mount keeps from being hidden; nothing writes there. */
  private static final Pattern LIBRARIES =
      Pattern.compile(".*/(node_modules|vendor|\\.?venv|bower_components)(/.*)?");

  private static final Pattern EVERYBODYS = Pattern.compile("/tmp|/var/tmp|/dev/shm");
  private static final Pattern OWNED = Pattern.compile(".*[:,](uid=|mode=0?1?777).*");

  /** A path that a shell takes as it is. */
  private static final Pattern PLAIN = Pattern.compile("(/[A-Za-z0-9._@+-]+)+");

  static StateFolders of(Service service, BuiltImage image, ImageUser user) {
    var look = new Look(service, image, user);
    for (Mount mount : service.mounts()) {
      look.at(mount);
    }
    for (Resolution volume : image.volumes()) {
      look.at(volume);
    }
    for (String key : new String[] {"secrets", "configs"}) {
      if (!service.items(key).isEmpty()) {
        look.open.add(
            "the files of its %s must be readable for everybody (chmod 0444)".formatted(key));
      }
    }
    return new StateFolders(look.prepared, List.copyOf(look.open), look.against);
  }

  private static final class Look {
    private final SortedSet<String> prepared = new TreeSet<>();
    private final List<String> open = new ArrayList<>();
    private final Service service;
    private final BuiltImage image;
    private final ImageUser user;
    private @Nullable String against;

    Look(Service service, BuiltImage image, ImageUser user) {
      this.service = service;
      this.image = image;
      this.user = user;
    }

    void at(Mount mount) {
      String target = mount.target();
      if (target == null || mount.kind() == Mount.Kind.OTHER) {
        against = "it is not known what service %s mounts".formatted(service.name());
      } else if (mount.readOnly()) {
        String source = mount.source() == null ? "" : mount.source();
        if (KEY.matcher(source).matches() || KEY.matcher(target).matches()) {
          open.add(
              "%s must be readable for everybody".formatted(source.isEmpty() ? target : source));
        }
      } else if (mount.kind() == Mount.Kind.TMPFS) {
        atMemory(mount, target);
      } else if (mount.kind() == Mount.Kind.BIND) {
        if (!OF_HOST.matcher(target).matches()) {
          open.add(
              once(
                  "what the host has at " + target + " belongs to somebody else",
                  "CHOWN --cap-add DAC_OVERRIDE",
                  target));
        }
      } else {
        volume(target, mount.kind() == Mount.Kind.ANONYMOUS);
      }
    }

    private void atMemory(Mount mount, String target) {
      boolean owned =
          mount.item() instanceof Node.Scalar scalar && OWNED.matcher(scalar.text()).matches();
      if (!owned && !EVERYBODYS.matcher(target).matches()) {
        open.add("the tmpfs at %s belongs to root: give it the uid and gid".formatted(target));
      }
    }

    void at(Resolution volume) {
      if (volume instanceof Resolution.Known known) {
        String path = known.text().replaceAll("/+$", "");
        if (service.mounts().stream().noneMatch(mount -> path.equals(mount.target()))) {
          volume(path, true);
        }
      } else {
        against = "it is not known which volumes its Dockerfile declares";
      }
    }

    private void volume(String path, boolean nameless) {
      if (LIBRARIES.matcher(path).matches() || EVERYBODYS.matcher(path).matches()) {
        return;
      }
      if (holdsProgram(path)) {
        against = "the volume at %s hides the program of its image".formatted(path);
      } else if (!PLAIN.matcher(path).matches() || path.contains("/..")) {
        against = "the volume at %s cannot be prepared by a plain command".formatted(path);
      } else if (!user.shell()) {
        against =
            ("the volume at %s belongs to root, and no RUN works in the image: copy a folder there"
                    + " with COPY --chown=%s from a stage that has one")
                .formatted(path, user.owner());
      } else {
        prepared.add(path);
        open.add(
            nameless
                ? "what an earlier run left in %s belongs to root: begin with a new volume (docker compose up -V)"
                    .formatted(path)
                : once("what an earlier run left in " + path + " belongs to root", "CHOWN", path));
      }
    }

    /** Whether the working directory or what was copied lies in it. */
    private boolean holdsProgram(String path) {
      String workdir = image.workdir().value();
      if (workdir != null && (workdir + "/").startsWith(path + "/")) {
        return true;
      }
      for (Copy copy : image.copies()) {
        if (copy.target() instanceof Resolution.Known target
            && (target.text() + "/").startsWith(path + "/")) {
          return true;
        }
      }
      return false;
    }

    /** Without its capabilities root hands nothing over, and does not get into what is closed. */
    private String once(String what, String capabilities, String target) {
      return "%s: once `docker compose run --rm --no-deps --user root --cap-add %s --entrypoint chown %s -R %s %s`"
          .formatted(what, capabilities, service.name(), user.owner(), target);
    }
  }
}
