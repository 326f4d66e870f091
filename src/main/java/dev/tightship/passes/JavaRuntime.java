package dev.tightship.passes;

import dev.tightship.pass.Severity;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A program of Java on an image that has the compiler too. */
final class JavaRuntime implements Separation {

  private static final Set<String> BUILDS =
      Set.of("javac", "mvn", "mvnw", "gradle", "gradlew", "ant", "sbt");

  /** A runtime that is put together needs the tools while it is built. */
  private static final Set<String> MAKES_RUNTIME = Set.of("jlink", "jdeps", "native-image");

  @Override
  public @Nullable Proposal of(FinalImage image) {
    boolean java = image.starts().equals("java");
    String tag =
        java && image.hasTag() && !image.runs(p -> MAKES_RUNTIME.contains(p.name()))
            ? image.smaller().withoutCompiler()
            : null;
    if (tag == null) {
      return null;
    }
    String check = "check that nothing calls tools of the JDK, such as jcmd";
    int jar = image.start().indexOf("-jar") + 1;
    String path = jar > 0 && jar < image.start().size() ? image.path(image.start().get(jar)) : null;
    return new Proposal(
        Severity.MEDIUM,
        "the image holds the compiler of Java, and its program needs the runtime alone",
        image.runs(p -> BUILDS.contains(p.name()))
            ? "%s FROM %s with %s and the start; %s"
                .formatted(
                    image.named(),
                    image.with(tag),
                    path == null
                        ? "what it starts, with COPY --from=" + image.stageName()
                        : image.copy(path),
                    check)
            : "start from %s; %s".formatted(image.with(tag), check));
  }
}
