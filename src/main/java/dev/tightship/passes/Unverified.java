package dev.tightship.passes;

import dev.tightship.dockerfile.ShellAssignment;
import dev.tightship.dockerfile.ShellCommand;
import dev.tightship.dockerfile.ShellWord;
import dev.tightship.pass.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A check of where something comes from that is switched off.
 *
 * @param message what is taken unchecked, and by which switch
 * @param instead what to do
 * @param packages whether it is about the signatures of packages, which a sum may stand in for
 */
record Unverified(String message, Severity severity, String instead, boolean packages) {

  private static final String ANY = "%s takes any certificate (%s)";
  private static final String UNSIGNED = "%s takes packages that nobody signed (%s)";

  private static final String KEY =
      "take the switch away, and add the key that the repository is signed with";

  private static final Set<String> NO = Set.of("false", "0", "no", "off");
  private static final Set<String> YES = Set.of("true", "1", "yes", "on");

  /** Names that say it themselves: {@code VAULT_SKIP_VERIFY}, {@code …_INSECURE_SKIP_VERIFY}. */
  private static final Pattern SKIPS =
      Pattern.compile("(?:\\w*_)?(?:TLS_)?SKIP_VERIFY(?:_\\w*)?|\\w*INSECURESKIPVERIFY");

  private static final Pattern SKIP_OPTION =
      Pattern.compile(
          "--[\\w.-]*insecure-?skip-?(?:tls-?)?verify(?:=true)?", Pattern.CASE_INSENSITIVE);

  private static final Pattern APT_PEER =
      Pattern.compile(
          "acquire::https::(?:[^:=\\s]{1,200}::)?verify-(?:peer|host)(?:=|\\s{1,9})[\"']?(?:false|0|no)\\b.*",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private static final Pattern APT_UNSIGNED =
      Pattern.compile(
          "(?:apt::get::allowunauthenticated|acquire::allowinsecurerepositories)(?:=|\\s{1,9})[\"']?(?:true|1|yes)\\b.*",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private static final Pattern TRUSTED =
      Pattern.compile(
          "\\[[^\\]\\n]{0,300}\\btrusted=yes\\b[^\\]\\n]{0,300}\\]\\s{1,9}(?!file:|copy:|cdrom:)");

  private static final Pattern YUM_PEER =
      Pattern.compile("\\bsslverify\\s?=\\s?(?:0|false|no)\\b", Pattern.CASE_INSENSITIVE);

  private static final Pattern YUM_UNSIGNED =
      Pattern.compile("(?:^|[^a-z_])gpgcheck\\s?=\\s?(?:0|false|no)\\b", Pattern.CASE_INSENSITIVE);

  private static final Pattern GIT_PEER =
      Pattern.compile("http[.](?:.{1,300}[.])?sslverify", Pattern.CASE_INSENSITIVE);

  /** What a variable switches off, or null. */
  static @Nullable Unverified variable(String name, String value) {
    String upper = name.toUpperCase(Locale.ROOT);
    String lower = value.strip().toLowerCase(Locale.ROOT);
    return switch (name.equals(upper) || upper.startsWith("NPM_CONFIG_") ? upper : "") {
      // Node compares with this one string
      case "NODE_TLS_REJECT_UNAUTHORIZED" ->
          value.equals("0")
              ? any(
                  "Node.js", name, Severity.HIGH, "name the CA of the house in NODE_EXTRA_CA_CERTS")
              : null;
      case "PYTHONHTTPSVERIFY" ->
          value.equals("0")
              ? any("Python 2", name, "name the CA of the house in SSL_CERT_FILE")
              : null;
      // git asks whether it is there, not what it says
      case "GIT_SSL_NO_VERIFY" -> any("git", name, "name the CA of the house in GIT_SSL_CAINFO");
      case "NPM_CONFIG_STRICT_SSL" ->
          lower.equals("false")
              ? any("npm", name, "name the CA of the house in NPM_CONFIG_CAFILE")
              : null;
      case "YARN_ENABLE_STRICT_SSL" ->
          NO.contains(lower)
              ? any("yarn", name, "name the CA of the house in YARN_HTTPS_CA_FILE_PATH")
              : null;
      case "PIP_TRUSTED_HOST" ->
          lower.isEmpty() || lower.indexOf('$') >= 0
              ? null
              : any("pip", name, "name the CA of the house in PIP_CERT");
      case "CONDA_SSL_VERIFY" ->
          NO.contains(lower) ? any("conda", name, "name the CA of the house in it") : null;
      case "CONSUL_HTTP_SSL_VERIFY" ->
          NO.contains(lower)
              ? any("Consul", name, "name the CA of the house in CONSUL_CACERT")
              : null;
      case "ELASTICSEARCH_SSL_VERIFICATIONMODE" ->
          lower.equals("none")
              ? any(
                  "Kibana",
                  name,
                  Severity.HIGH,
                  "name the CA of the house in ELASTICSEARCH_SSL_CERTIFICATEAUTHORITIES")
              : null;
      case "" -> null;
      default ->
          SKIPS.matcher(upper).matches() && YES.contains(lower)
              ? any("it", name, Severity.HIGH, "give it the CA of the house")
              : null;
    };
  }

  private static Unverified any(String who, String name, String ca) {
    return any(who, name, Severity.MEDIUM, ca);
  }

  private static Unverified any(String who, String name, Severity severity, String ca) {
    return new Unverified(
        ANY.formatted(who, name), severity, "take the variable away; if it must be, " + ca, false);
  }

  /** What the words of a start switch off, whatever the program. */
  static List<Unverified> words(List<String> words) {
    for (String word : words) {
      if (word.length() < 200 && SKIP_OPTION.matcher(word).matches()) {
        return List.of(
            new Unverified(
                ANY.formatted("it", word),
                Severity.HIGH,
                "take it away, and give it the CA of the house",
                false));
      }
    }
    return List.of();
  }

  /**
   * What a command switches off.
   *
   * @param kept whether what it prints goes to a file
   */
  static List<Unverified> command(ShellCommand command, boolean kept) {
    var found = new ArrayList<Unverified>();
    for (ShellAssignment assignment : command.assignments()) {
      if (assignment.value() != null) {
        add(found, variable(assignment.name(), assignment.value()));
      }
    }
    ShellCommand.Program program = command.program();
    if (program == null) {
      return found;
    }
    List<ShellWord> before =
        command.words().subList(0, command.words().size() - program.arguments().size() - 1);
    assigned(before, found);
    List<String> words = program.arguments().stream().map(Runs::written).toList();
    String name = program.name();
    switch (name) {
      case "export", "env" -> assigned(program.arguments(), found);
      case "curl" -> curl(command, words, found);
      case "wget" -> {
        if (words.contains("--no-check-certificate") && !isLocal(command)) {
          found.add(tls("wget", "--no-check-certificate"));
        }
      }
      case "git" -> git(words, found);
      case "npm", "yarn", "pnpm" -> npm(name, words, found);
      case "apt", "apt-get", "aptitude" -> apt(words, found);
      case "yum", "dnf", "dnf5", "microdnf", "tdnf" -> yum(name, words, found);
      case "zypper" -> flags(words, found, "zypper", "--no-gpg-checks", "--no-gpg-check");
      case "rpm" -> flags(words, found, "rpm", "--nosignature", "--nodigest", "--nogpgcheck");
      case "apk" -> flags(words, found, "apk", "--allow-untrusted");
      case "conda", "mamba", "micromamba" -> {
        int at = words.indexOf("ssl_verify");
        if (at >= 0
            && at + 1 < words.size()
            && NO.contains(words.get(at + 1).toLowerCase(Locale.ROOT))) {
          found.add(tls(name, "ssl_verify"));
        }
      }
      case "composer" -> {
        int at = words.indexOf("disable-tls");
        if (at >= 0 && at + 1 < words.size() && YES.contains(words.get(at + 1))) {
          found.add(tls("composer", "disable-tls"));
        }
      }
      case "aws" -> {
        if (words.contains("--no-verify-ssl")) {
          found.add(tls("aws", "--no-verify-ssl"));
        }
      }
      case "echo", "printf" -> {
        if (kept) {
          written(words, found);
        }
      }
      default -> {
        if (name.matches("pip[0-9.]*|python[0-9.]*|uv")) {
          pip(name, words, found);
        }
      }
    }
    found.addAll(words(words));
    return found;
  }

  private static void add(List<Unverified> found, @Nullable Unverified one) {
    if (one != null) {
      found.add(one);
    }
  }

  private static Unverified tls(String who, String by) {
    return new Unverified(
        ANY.formatted(who, by),
        Severity.MEDIUM,
        "take the switch away; for a certificate of the house, " + ca(who),
        false);
  }

  /** How a program is told of one CA more. */
  private static String ca(String who) {
    return switch (who) {
      case "npm", "yarn", "pnpm" -> "name its CA in NODE_EXTRA_CA_CERTS";
      case "pip" -> "name its CA in PIP_CERT";
      case "uv" -> "name its CA in SSL_CERT_FILE";
      case "aws" -> "name its CA in AWS_CA_BUNDLE";
      case "conda", "mamba", "micromamba" -> "give ssl_verify the path of its CA";
      case "yum", "dnf", "dnf5", "microdnf", "tdnf" ->
          "copy its CA to /etc/pki/ca-trust/source/anchors and run update-ca-trust";
      default -> "copy its CA to /usr/local/share/ca-certificates and run update-ca-certificates";
    };
  }

  private static Unverified unsigned(String who, String by) {
    return new Unverified(UNSIGNED.formatted(who, by), Severity.MEDIUM, KEY, true);
  }

  /** {@code env NAME=value program}, {@code export NAME=value}. */
  private static void assigned(List<ShellWord> words, List<Unverified> found) {
    for (ShellWord word : words) {
      String literal = word.literal();
      int equals = literal == null ? -1 : literal.indexOf('=');
      if (literal != null && equals > 0) {
        add(found, variable(literal.substring(0, equals), literal.substring(equals + 1)));
      }
    }
  }

  private static boolean isLocal(ShellCommand command) {
    Fetch fetch = Fetch.of(command);
    return fetch != null && fetch.address() != null && fetch.address().isLocal();
  }

  private static void curl(ShellCommand command, List<String> words, List<Unverified> found) {
    String by = null;
    for (String word : words) {
      if (Fetch.hasFlag(true, word, 'k')) {
        by = "-k";
      } else if (word.equals("--insecure") || word.equals("--proxy-insecure")) {
        by = word;
      }
    }
    if (by != null && !isLocal(command)) {
      found.add(tls("curl", by));
    }
  }

  private static void git(List<String> words, List<Unverified> found) {
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      int equals = word.indexOf('=');
      String key = equals < 0 ? word : word.substring(0, equals);
      String value =
          equals >= 0 ? word.substring(equals + 1) : i + 1 < words.size() ? words.get(i + 1) : "";
      boolean sets =
          equals >= 0 ? i > 0 && words.get(i - 1).equals("-c") : words.contains("config");
      if (sets && GIT_PEER.matcher(key).matches() && NO.contains(value.toLowerCase(Locale.ROOT))) {
        found.add(tls("git", "http.sslVerify"));
        return;
      }
    }
  }

  private static void npm(String name, List<String> words, List<Unverified> found) {
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      String next = i + 1 < words.size() ? words.get(i + 1) : "";
      boolean key =
          word.equals("strict-ssl")
              || word.equals("enableStrictSsl")
              || word.equals("--strict-ssl");
      if ((key && next.equals("false"))
          || word.equals("strict-ssl=false")
          || word.equals("--strict-ssl=false")
          || word.equals("--no-strict-ssl")) {
        found.add(tls(name, "strict-ssl"));
        return;
      }
    }
  }

  private static void pip(String name, List<String> words, List<Unverified> found) {
    boolean python = name.startsWith("python");
    if (python && !(words.size() > 1 && words.get(0).equals("-m") && words.get(1).equals("pip"))) {
      return;
    }
    for (String word : words) {
      if (word.equals("--trusted-host") || word.startsWith("--trusted-host=")) {
        found.add(tls("pip", "--trusted-host"));
        return;
      }
      if (word.endsWith(".trusted-host") && words.contains("set")) {
        found.add(tls("pip", "trusted-host"));
        return;
      }
      if (word.equals("--allow-insecure-host") || word.startsWith("--allow-insecure-host=")) {
        found.add(tls(name, "--allow-insecure-host"));
        return;
      }
    }
  }

  private static void apt(List<String> words, List<Unverified> found) {
    for (String word : words) {
      String option = word.replaceFirst("^(?:-o|--option=)", "");
      if (APT_PEER.matcher(option).matches()) {
        found.add(tls("apt", "Verify-Peer"));
      } else if (APT_UNSIGNED.matcher(option).matches()) {
        found.add(unsigned("apt", option.substring(0, option.indexOf('='))));
      }
    }
    flags(
        words,
        found,
        "apt",
        "--allow-unauthenticated",
        "--force-yes",
        "--allow-insecure-repositories");
  }

  private static void yum(String name, List<String> words, List<Unverified> found) {
    flags(words, found, name, "--nogpgcheck", "--no-gpgchecks", "--nogpg");
    for (String word : words) {
      if (word.startsWith("--setopt=")) {
        if (YUM_PEER.matcher(word).find()) {
          found.add(tls(name, "sslverify"));
        } else if (YUM_UNSIGNED.matcher(word).find()) {
          found.add(unsigned(name, "gpgcheck"));
        }
      }
    }
  }

  private static void flags(
      List<String> words, List<Unverified> found, String who, String... flags) {
    for (String flag : flags) {
      if (words.contains(flag)) {
        found.add(unsigned(who, flag));
      }
    }
  }

  /** Settings that are written to a file. */
  private static void written(List<String> words, List<Unverified> found) {
    String text = String.join(" ", words).replace("\\n", "\n");
    int apt = text.toLowerCase(Locale.ROOT).indexOf("acquire::https::");
    if (apt >= 0 && APT_PEER.matcher(text.substring(apt)).matches()) {
      found.add(tls("apt", "Verify-Peer"));
    }
    int get = text.toLowerCase(Locale.ROOT).indexOf("apt::get::allowunauthenticated");
    if (get >= 0 && APT_UNSIGNED.matcher(text.substring(get)).matches()) {
      found.add(unsigned("apt", "AllowUnauthenticated"));
    }
    if (TRUSTED.matcher(text).find()) {
      found.add(unsigned("apt", "trusted=yes"));
    }
    if (YUM_PEER.matcher(text).find()) {
      found.add(tls("yum", "sslverify"));
    }
    if (YUM_UNSIGNED.matcher(text).find()) {
      found.add(unsigned("yum", "gpgcheck"));
    }
    if (text.replace(" ", "").contains("strict-ssl=false")) {
      found.add(tls("npm", "strict-ssl"));
    }
  }
}
