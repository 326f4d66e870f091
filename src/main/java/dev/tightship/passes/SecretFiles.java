package dev.tightship.passes;

import dev.tightship.compose.Sources.Source;
import dev.tightship.secret.Placeholders;
import dev.tightship.secret.SecretFinder;
import dev.tightship.text.Span;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Files that hold secrets, by their names, and by what stands in them where they can be read. */
final class SecretFiles {

  private static final Set<String> NAMES =
      Set.of(
          ".env",
          ".npmrc",
          ".yarnrc.yml",
          ".pypirc",
          ".netrc",
          "_netrc",
          ".git-credentials",
          ".dockercfg",
          ".pgpass",
          ".my.cnf",
          "credentials.json",
          "service-account.json",
          "serviceaccount.json",
          "client_secret.json",
          "auth.json");

  private static final Pattern DOT_ENV =
      Pattern.compile(
          "\\.env(?:\\.[\\w-]+)*\\.local|\\.env\\.(?:prod|production|staging|secret|secrets)");

  private static final Pattern PRIVATE_KEY =
      Pattern.compile(
          "id_(?:rsa|dsa|ecdsa|ed25519)|[^.].*\\.(?:key|p12|pfx|ppk)|.*(?:private|privkey|key).*\\.pem");

  /** Names of keys and of certificates alike. */
  private static final Pattern MAYBE_KEY = Pattern.compile(".+\\.(?:pem|crt|cer)");

  /** Chars of a line that is looked at. */
  private static final int LONGEST_LINE = 4_096;

  private static final int MOST_LINES = 10_000;

  private SecretFiles() {}

  /** What a file is. */
  enum Kind {
    /** For git, packages and registries, while something is built. */
    LOGIN,
    /** For a connection of SSH. */
    SSH_KEY,
    /** What the program needs while it runs. */
    FOR_THE_PROGRAM,
    /** The history of the repository. */
    REPOSITORY
  }

  /**
   * What a file or folder is by its name.
   *
   * @param path its last part counts; a pattern such as {@code .env*} means what it begins with
   * @return null where the name says nothing
   */
  static @Nullable Kind kind(String path) {
    String plain = path.endsWith("*") ? path.substring(0, path.length() - 1) : path;
    String bare = plain.endsWith("/") ? plain.substring(0, plain.length() - 1) : plain;
    int slash = bare.lastIndexOf('/');
    String name = bare.substring(slash + 1).toLowerCase(Locale.ROOT);
    if (name.length() > 255) {
      return null;
    }
    if (name.equals(".git")) {
      return Kind.REPOSITORY;
    }
    if (name.equals(".ssh") || name.startsWith("id_")) {
      return name.equals(".ssh") || PRIVATE_KEY.matcher(name).matches() ? Kind.SSH_KEY : null;
    }
    boolean aws = bare.endsWith(".aws/credentials") || name.equals(".aws");
    boolean docker = bare.endsWith(".docker/config.json");
    if (aws || docker || NAMES.contains(name)) {
      return name.equals(".env") || (name.endsWith(".json") && !docker)
          ? Kind.FOR_THE_PROGRAM
          : Kind.LOGIN;
    }
    return DOT_ENV.matcher(name).matches() || PRIVATE_KEY.matcher(name).matches()
        ? Kind.FOR_THE_PROGRAM
        : null;
  }

  /** Whether it is a file of variables, as Compose reads it. */
  static boolean isEnvironment(String path) {
    return path.substring(path.lastIndexOf('/') + 1).startsWith(".env");
  }

  /** Whether it has the name of a key or of a certificate. */
  static boolean maybeKey(String path) {
    return MAYBE_KEY.matcher(path.toLowerCase(Locale.ROOT)).matches();
  }

  /** Whether what stands in a file is no secret, although its name says so. */
  static boolean isHarmless(Source source) {
    return source instanceof Source.Text text && !holdsSecret(text.text());
  }

  /** Whether a file holds a private key, although its name may mean a certificate as well. */
  static boolean isKey(String path, Source source) {
    return maybeKey(path)
        && source instanceof Source.Text text
        && text.text().contains("PRIVATE KEY-----");
  }

  private static boolean holdsSecret(String text) {
    int lines = 0;
    int start = 0;
    while (start < text.length() && lines++ < MOST_LINES) {
      int feed = text.indexOf('\n', start);
      int end = feed < 0 ? text.length() : feed;
      String line = text.substring(start, end).strip();
      if (line.length() > LONGEST_LINE) {
        return true;
      }
      for (Span span : line.startsWith("#") ? java.util.List.<Span>of() : SecretFinder.find(line)) {
        if (!Placeholders.is(span.of(line))) {
          return true;
        }
      }
      start = end + 1;
    }
    return start < text.length();
  }
}
