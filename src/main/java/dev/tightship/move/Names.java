package dev.tightship.move;

import dev.tightship.analysis.LiteralSecret;
import dev.tightship.secret.Literal.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What a secret is called: by the service that it belongs to and by what it is there, {@code
 * db_root_password} for {@code MYSQL_ROOT_PASSWORD} of service {@code db}.
 */
final class Names {

  /** Words in names of variables that say whose variable it is, or how it is used. */
  private static final Set<String> VENDORS =
      Set.of(
          ("postgres postgresql pg mysql mariadb mongo mongodb initdb redis valkey rabbitmq default"
                  + " minio mssql couchdb influxdb docker init elastic clickhouse neo4j arango cassandra")
              .split(" "));

  private static final Set<String> ADDRESSES =
      Set.of("url", "uri", "dsn", "string", "conn", "connection", "address", "dburl");

  /** Words of a name that say what the secret is; the last ones say most. */
  private static final int MOST_WORDS = 4;

  private Names() {}

  /**
   * In lower case, its words joined by underscores.
   *
   * @param server whether the service keeps the secret, so that the variable need not say whose
   */
  static String of(LiteralSecret secret, boolean server) {
    List<String> service = words(secret.service());
    var own = new ArrayList<>(words(secret.name()));
    var said = new HashSet<>(service);
    boolean plain = secret.kind() == Kind.VALUE || secret.kind() == Kind.TOKEN;
    while (own.size() > 1
        && ((server && VENDORS.contains(own.get(0))) || said.contains(own.get(0)))) {
      own.remove(0);
    }
    if (!plain) {
      own.removeIf(ADDRESSES::contains);
      if (own.isEmpty() || !isSecret(own)) {
        own.add("password");
      }
    }
    own.replaceAll(word -> word.equals("pass") || word.equals("requirepass") ? "password" : word);
    var all = new ArrayList<>(service);
    all.addAll(own.subList(Math.max(0, own.size() - MOST_WORDS), own.size()));
    String name = String.join("_", all);
    return Character.isDigit(name.charAt(0)) ? "service_" + name : name;
  }

  private static boolean isSecret(List<String> words) {
    return words.stream()
        .anyMatch(
            word ->
                word.contains("pass")
                    || word.contains("secret")
                    || word.contains("token")
                    || word.contains("key")
                    || word.contains("auth"));
  }

  /** The first of a name and its numbered forms that is free. */
  static String free(String name, Predicate<String> free) {
    String candidate = name;
    for (int i = 2; !free.test(candidate); i++) {
      candidate = name + "_" + i;
    }
    return candidate;
  }

  private static List<String> words(String name) {
    String split = name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    List<String> words =
        Arrays.stream(split.split("[^a-z0-9]+", -1)).filter(word -> !word.isEmpty()).toList();
    return words.isEmpty() ? List.of("secret") : words;
  }
}
