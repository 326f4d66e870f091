package dev.tightship.knowledge;

import org.jspecify.annotations.Nullable;

/**
 * How an image takes what one of its variables holds from a file instead.
 *
 * @param name of the variable that holds the value; with a star, which stands for one or more
 *     characters, all variables of that form
 * @param fileVariable the variable to set in its place, where the star is what it was in the name;
 *     null where the image has no such way
 * @param value what that one is set to, with {@code PATH} where the path of the file stands
 */
public record SecretVariable(String name, @Nullable String fileVariable, String value) {

  /** Stands for the path of the file; alone in most values. */
  static final String PATH = "PATH";

  /** A variable that another one, set to the path, can stand for. */
  public static SecretVariable throughFile(String name, String fileVariable) {
    return new SecretVariable(name, fileVariable, PATH);
  }

  /** A variable whose value the image takes from no file. */
  public static SecretVariable withoutFile(String name) {
    return new SecretVariable(name, null, "");
  }

  /** What the file variable is set to for a file in the container. */
  public String valueFor(String path) {
    return value.replace(PATH, path);
  }

  /** This one for a variable that its name fits; null where it does not. */
  @Nullable SecretVariable of(String variable) {
    String star = star(name, variable);
    if (star == null) {
      return null;
    }
    String file = fileVariable == null ? null : fileVariable.replace("*", star);
    return new SecretVariable(variable, file, value);
  }

  /** Whether a variable names such a file, so that it holds no secret itself. */
  boolean isFileVariable(String variable) {
    return fileVariable != null
        && !fileVariable.equals(name)
        && star(fileVariable, variable) != null;
  }

  /** What stands for the star; empty where there is none; null where the text is another. */
  private static @Nullable String star(String pattern, String text) {
    int at = pattern.indexOf('*');
    if (at < 0) {
      return pattern.equals(text) ? "" : null;
    }
    String end = pattern.substring(at + 1);
    boolean fits =
        text.length() >= pattern.length()
            && text.startsWith(pattern.substring(0, at))
            && text.endsWith(end);
    return fits ? text.substring(at, text.length() - end.length()) : null;
  }
}
