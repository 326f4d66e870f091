package dev.tightship.passes;

import dev.tightship.dockerfile.ShellWord;
import dev.tightship.knowledge.FactKey;
import dev.tightship.knowledge.ImageProfile;
import dev.tightship.knowledge.Variants;
import dev.tightship.pass.Severity;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A program that stays in the image of its compiler: of Go, Rust, C, .NET, Maven, Gradle. */
final class BuiltProgram implements Separation {

  private static final Set<String> BUILDS =
      Set.of(
          "go", "cargo", "gcc", "g++", "cc", "c++", "make", "cmake", "ninja", "ghc", "cabal",
          "stack", "dotnet", "mvn", "mvnw", "gradle", "gradlew");

  /** The version of Java in a tag: {@code 3-eclipse-temurin-21}, {@code 8-jdk17}. */
  private static final Pattern JAVA =
      Pattern.compile("(?:jdk|temurin-|corretto-|semeru-|openjdk-|sapmachine-)(\\d{1,2})(?!\\d)");

  private static final Pattern ALPINE = Pattern.compile("alpine(\\d+[.]\\d+)");
  private static final Pattern DEBIAN = Pattern.compile("trixie|bookworm|bullseye");

  @Override
  public @Nullable Proposal of(FinalImage image) {
    ImageProfile base = image.base();
    Variants<String> known = base == null ? null : base.value(FactKey.RUNS_ON);
    String on = known == null ? null : known.of(tag(image));
    boolean builds = image.runs(p -> BUILDS.contains(p.name()));
    if (on == null || !builds || image.start().isEmpty() || startsTool(image)) {
      return null;
    }
    String what = "the image holds the tools that built its program (%s)";
    String instead =
        switch (image.starts()) {
          case "java" -> java(image, on);
          case "dotnet" -> dotnet(image, on);
          default -> on.contains("dotnet") ? dotnet(image, on) : binary(image, on);
        };
    return new Proposal(Severity.MEDIUM, what.formatted(image.reference().familiarName()), instead);
  }

  /** It builds when it starts, as it does while a program is written. */
  private static boolean startsTool(FinalImage image) {
    boolean dll = image.start().stream().anyMatch(word -> word.endsWith(".dll"));
    return BUILDS.contains(image.starts()) && !(image.starts().equals("dotnet") && dll);
  }

  private static String tag(FinalImage image) {
    return image.reference().tag().orElse("");
  }

  private static String binary(FinalImage image, String on) {
    String first = image.start().get(0);
    String path = first.indexOf('/') < 0 || first.endsWith(".sh") ? null : image.path(first);
    String copy =
        path == null ? "what it starts, with COPY --from=" + image.stageName() : image.copy(path);
    if (on.equals("scratch")) {
      boolean alone = image.file().text().contains("CGO_ENABLED=0");
      return "%s FROM scratch with %s and the start; %scopy what else it reads, such as /etc/ssl/certs"
          .formatted(image.named(), copy, alone ? "" : "build with CGO_ENABLED=0, and ");
    }
    return "%s FROM %s with %s and the start; check with ldd which libraries it links to, and install"
            .formatted(image.named(), distribution(image, on), copy)
        + " those there";
  }

  /** The distribution of the base, in a tag that is listed. */
  private static String distribution(FinalImage image, String on) {
    Matcher alpine = ALPINE.matcher(tag(image));
    Matcher debian = DEBIAN.matcher(tag(image));
    boolean isAlpine = on.equals("alpine");
    String asked =
        isAlpine
            ? alpine.find() ? alpine.group(1) : null
            : debian.find() ? debian.group() + "-slim" : null;
    return asked != null && Listed.is(image.images(), on, asked)
        ? on + ":" + asked
        : on + (isAlpine ? " in the version of its base" : " (slim) in the release of its base");
  }

  private static String java(FinalImage image, String on) {
    int jar = image.start().indexOf("-jar") + 1;
    String path = jar > 0 && jar < image.start().size() ? image.path(image.start().get(jar)) : null;
    Matcher version = JAVA.matcher(tag(image));
    String asked =
        version.find()
            ? version.group(1) + "-jre" + (tag(image).contains("alpine") ? "-alpine" : "")
            : null;
    return "%s FROM %s with %s and the start; check that nothing calls tools of the JDK"
        .formatted(
            image.named(),
            asked != null && Listed.is(image.images(), on, asked)
                ? on + ":" + asked
                : on + " (JRE) in the same version of Java",
            path == null ? "the jar, with COPY --from=" + image.stageName() : image.copy(path));
  }

  private static String dotnet(FinalImage image, String on) {
    String folder =
        image
            .programs()
            .filter(p -> p.name().equals("dotnet") && FinalImage.has(p, "publish"))
            .map(p -> output(p.arguments()))
            .filter(Objects::nonNull)
            .map(image::path)
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null);
    return "%s FROM %s in the version of the SDK (runtime in its place if it serves no HTTP), with %s and"
            .formatted(
                image.named(),
                on,
                folder == null
                    ? "what dotnet publish makes, with COPY --from=" + image.stageName()
                    : image.copy(folder))
        + " the start";
  }

  /** The folder behind {@code -o}, or null. */
  private static @Nullable String output(List<ShellWord> words) {
    for (int i = 0; i + 1 < words.size(); i++) {
      if (words.get(i).is("-o") || words.get(i).is("--output")) {
        return words.get(i + 1).literal();
      }
    }
    return null;
  }
}
