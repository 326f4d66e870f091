package dev.tightship.passes;

import java.util.regex.Pattern;

/** Tells by its name what may be a secret, and must neither be empty nor be shown. */
final class SecretNames {

  private static final Pattern SECRET =
      Pattern.compile(
          "(?i).*((?<!com|by)pass|pwd|secret|token|api_?key|private_?key|credential|(^|_)pin($|_)).*");

  private SecretNames() {}

  static boolean matches(String name) {
    return SECRET.matcher(name).matches();
  }
}
