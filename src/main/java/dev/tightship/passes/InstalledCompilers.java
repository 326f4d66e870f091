package dev.tightship.passes;

import dev.tightship.dockerfile.ShellCommand;
import dev.tightship.pass.Severity;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Compilers and headers that an image installs from its distribution, and keeps. */
final class InstalledCompilers implements Separation {

  private static final Pattern COMPILER =
      Pattern.compile(
          "build-essential|build-base|gcc(-\\d+)?|g\\+\\+(-\\d+)?|gcc-c\\+\\+|clang(-\\d+)?|cmake"
              + "|cargo|rustc?|golang(-go)?|(openjdk|java)[\\d.-]+(-openjdk)?-(jdk|devel)(-headless)?"
              + "|default-jdk(-headless)?|openjdk\\d+|python3?-dev|python3-devel|musl-dev"
              + "|libc6?-dev|linux-headers");

  private static final Set<String> REMOVES =
      Set.of("purge", "remove", "autoremove", "del", "erase");

  private static final String STAGE = "tools";

  @Override
  public @Nullable Proposal of(FinalImage image) {
    var kept = new LinkedHashSet<String>();
    var headers = new LinkedHashSet<String>();
    for (Runs run : image.runs()) {
      if (run.commands().stream().noneMatch(InstalledCompilers::removes)) {
        for (ShellCommand command : run.commands()) {
          ShellCommand.Program program = command.program();
          if (program != null) {
            for (String name : InstalledPackages.of(program)) {
              if (COMPILER.matcher(name).matches()) {
                kept.add(name);
              } else if (name.matches(".*-dev(el)?")) {
                headers.add(name);
              }
            }
          }
        }
      }
    }
    return kept.isEmpty()
        ? null
        : new Proposal(
            Severity.MEDIUM,
            "the image keeps compilers that only its build needs (%s)"
                .formatted(String.join(", ", kept)),
            instead(image, headers));
  }

  /** What a RUN takes away again, whatever it is, it did not want to keep. */
  private static boolean removes(ShellCommand command) {
    ShellCommand.Program program = command.program();
    return program != null
        && Set.of("apt-get", "apt", "apk", "dnf", "yum", "microdnf").contains(program.name())
        && program.arguments().stream().anyMatch(a -> REMOVES.contains(Runs.written(a)));
  }

  private static String instead(FinalImage image, Set<String> headers) {
    String base = image.slimBase();
    String here =
        "here%s COPY --from=%s "
            .formatted(
                base.equals(image.reference().toString()) ? "" : ", also FROM " + base + ",",
                STAGE);
    String modules = image.path("node_modules");
    String how =
        uses(image, "pip[\\d.]*|uv|poetry|pipenv|python[\\d.]*")
            ? "and the packages there into /opt/venv (python -m venv); %s/opt/venv /opt/venv, with"
                    .formatted(here)
                + " /opt/venv/bin first in PATH"
            : uses(image, "bundle|gem")
                ? "and run bundle install there; %s/usr/local/bundle /usr/local/bundle"
                    .formatted(here)
                : uses(image, "npm|yarn|pnpm") && modules != null
                    ? "and the packages there; %s%s %s".formatted(here, modules, modules)
                    : uses(image, "docker-php-ext-install|pecl")
                        ? "and the extensions there; %sof /usr/local/lib/php/extensions and of"
                                .formatted(here)
                            + " /usr/local/etc/php/conf.d"
                        : "and build there; %sof what it made".formatted(here);
    return "install them in a stage FROM %s AS %s, %s%s"
        .formatted(
            base,
            STAGE,
            how,
            headers.isEmpty()
                ? ""
                : "; keep the libraries behind %s, without their headers"
                    .formatted(String.join(", ", headers)));
  }

  private static boolean uses(FinalImage image, String programs) {
    return image.runs(p -> p.name().matches(programs));
  }
}
