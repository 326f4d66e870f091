package dev.tightship.passes;

import dev.tightship.knowledge.ImageProfile;
import dev.tightship.knowledge.Versions;
import dev.tightship.pass.Severity;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Pages that are built once and then served by a program of Node.js. */
final class ServedPages implements Separation {

  private static final String SERVER = "nginx";

  private static final Set<String> SERVERS = Set.of("serve", "http-server");

  /** Their options that take the next word. */
  private static final Set<String> WITH_VALUE =
      Set.of("-l", "--listen", "-p", "--port", "-a", "-c", "--config", "-P", "--proxy", "-d");

  @Override
  public @Nullable Proposal of(FinalImage image) {
    List<String> start = image.start();
    int at = !start.isEmpty() && start.get(0).equals("npx") ? 1 : 0;
    while (at == 1 && start.size() > 2 && start.get(at).startsWith("-")) {
      start = start.subList(1, start.size());
    }
    boolean serves = start.size() > at && SERVERS.contains(start.get(at));
    if (!serves || !image.runs(NodeProduction::builds)) {
      return null;
    }
    String folder = folder(start.subList(at + 1, start.size()));
    String path = folder == null ? null : image.path(folder);
    return new Proposal(
        Severity.MEDIUM,
        "the image holds Node.js and all packages of the build, to serve files that do not change",
        "%s FROM %s with COPY --from=%s %s /usr/share/nginx/html; it listens on port 80, and a"
                .formatted(
                    image.named(),
                    server(image),
                    image.stageName(),
                    path == null ? "of the folder that is served to" : path)
            + " single-page application needs try_files $uri /index.html");
  }

  /** The first word that is no option, and no value of one. */
  private static @Nullable String folder(List<String> words) {
    for (int i = 0; i < words.size(); i++) {
      if (WITH_VALUE.contains(words.get(i))) {
        i++;
      } else if (!words.get(i).startsWith("-")) {
        return words.get(i);
      }
    }
    return null;
  }

  private static String server(FinalImage image) {
    ImageProfile profile = image.images().find(SERVER).orElse(null);
    Versions.Newest newest = profile == null ? null : profile.versions().newest();
    return newest == null
        ? SERVER
        : SERVER + ":" + (newest.small() == null ? newest.tag() : newest.small());
  }
}
