package dev.tightship.passes;

import dev.tightship.dockerfile.Dockerfile;
import dev.tightship.dockerfile.GlobalArg;
import dev.tightship.dockerfile.Stage;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The variables on which it depends what a stage starts from. */
final class BaseVariables {

  private static final Pattern REFERENCE = Pattern.compile("\\$\\{?(\\w+)");

  private BaseVariables() {}

  /** Those that the FROM names, and those that the defaults of these name in turn. */
  static Set<String> of(Dockerfile file, Stage stage) {
    var names = new LinkedHashSet<String>();
    var open = new ArrayDeque<>(List.of(stage.base().text()));
    while (!open.isEmpty()) {
      in(open.remove())
          .filter(names::add)
          .flatMap(name -> file.globalArgs().stream().filter(arg -> arg.name().equals(name)))
          .map(GlobalArg::value)
          .filter(Objects::nonNull)
          .forEach(open::add);
    }
    return names;
  }

  private static Stream<String> in(String text) {
    return REFERENCE.matcher(text).results().map(reference -> reference.group(1));
  }
}
