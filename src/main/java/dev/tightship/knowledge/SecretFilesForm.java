package dev.tightship.knowledge;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The variables that hold secrets, each with the one that names its file: {@code VARIABLE}, {@code
 * VARIABLE=VALUE} where that one is set to more than the path, or {@code none}.
 */
final class SecretFilesForm implements FactForm<SecretFiles> {

  private static final String NONE = "none";
  private static final String OWNER_ONLY = "owner";

  /** First the release and who may read the file, then the variables. */
  @Override
  public String write(SecretFiles value) {
    List<String> entries = new ArrayList<>();
    entries.add(text(value.since()) + PART + (value.ownerOnly() ? OWNER_ONLY : ""));
    for (SecretVariable each : value.variables()) {
      entries.add(String.join(PART, each.name(), text(each.fileVariable()), each.value()));
    }
    return String.join(ENTRY, entries);
  }

  @Override
  public SecretFiles read(String text) {
    List<String> entries = FactForm.split(text, ENTRY);
    List<String> first = entries.isEmpty() ? List.of() : FactForm.split(entries.get(0), PART);
    if (first.size() != 2) {
      throw new IllegalArgumentException("a release and a reader expected");
    }
    List<SecretVariable> variables = new ArrayList<>();
    for (String entry : entries.subList(1, entries.size())) {
      List<String> parts = FactForm.split(entry, PART);
      if (parts.size() != 3) {
        throw new IllegalArgumentException("three texts a variable expected");
      }
      variables.add(new SecretVariable(parts.get(0), orNull(parts.get(1)), parts.get(2)));
    }
    return new SecretFiles(variables, orNull(first.get(0)), first.get(1).equals(OWNER_ONLY));
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }

  @Override
  public String words(SecretFiles value) {
    List<String> words = new ArrayList<>();
    for (SecretVariable each : value.variables()) {
      words.add((each.name().equals("*") ? "any variable" : each.name()) + way(each));
    }
    return String.join(", ", words)
        + (value.since() == null ? "" : "; since release " + value.since())
        + (value.ownerOnly() ? "; only from a file that nobody but its owner can read" : "");
  }

  private static String way(SecretVariable variable) {
    String file = variable.fileVariable();
    if (file == null) {
      return " from no file";
    }
    boolean plain = variable.value().equals(SecretVariable.PATH);
    return " by " + file + (plain ? "" : "=" + variable.value());
  }

  @Override
  public SecretFiles from(FactFields fields) {
    List<SecretVariable> variables = new ArrayList<>();
    for (Map.Entry<String, String> pair : fields.optionalPairs("value").entrySet()) {
      variables.add(Strict.variable(pair.getKey(), pair.getValue()));
    }
    if (variables.isEmpty()) {
      throw new IllegalArgumentException("a mapping is expected");
    }
    String since = Strict.release(fields.optionalText("since"));
    boolean ownerOnly = fields.optionalBool("owner_only");
    boolean noFile = variables.stream().allMatch(each -> each.fileVariable() == null);
    if (noFile && (since != null || ownerOnly)) {
      throw new IllegalArgumentException("there is no file of which this could be said");
    }
    return new SecretFiles(variables, since, ownerOnly);
  }

  /** Apart, as only files are looked at so: a run reads the compiled form. */
  private static final class Strict {
    static final Pattern VARIABLE = Pattern.compile("[A-Za-z0-9_.]*\\*?[A-Za-z0-9_.]*");
    static final Pattern VALUE = Pattern.compile("[a-z:/@]*" + SecretVariable.PATH);
    static final Pattern RELEASE = Pattern.compile("[0-9]+(\\.[0-9]+)*");

    static SecretVariable variable(String name, String way) {
      requireName(name);
      if (way.equals(NONE)) {
        return SecretVariable.withoutFile(name);
      }
      int equals = way.indexOf('=');
      String file = equals < 0 ? way : way.substring(0, equals);
      String value = equals < 0 ? SecretVariable.PATH : way.substring(equals + 1);
      requireName(file);
      if (file.contains("*") != name.contains("*")) {
        throw new IllegalArgumentException("a star in one of both: " + name);
      }
      if (equals < 0 && file.equals(name)) {
        throw new IllegalArgumentException("which value names the file: " + name);
      }
      if (!VALUE.matcher(value).matches()) {
        throw new IllegalArgumentException("not a value that ends in PATH: " + value);
      }
      return new SecretVariable(name, file, value);
    }

    static @Nullable String release(@Nullable String text) {
      if (text != null && !RELEASE.matcher(text).matches()) {
        throw new IllegalArgumentException("not a release: " + text);
      }
      return text;
    }

    private static void requireName(String text) {
      if (text.isEmpty() || !VARIABLE.matcher(text).matches()) {
        throw new IllegalArgumentException("not a variable: " + text);
      }
    }
  }
}
