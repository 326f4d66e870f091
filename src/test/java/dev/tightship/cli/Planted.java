package dev.tightship.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Values that are planted in a project as secrets, and found again wherever one of them, or the
 * better half of one, stands. Each has a name, by which it is told of; the same name always has the
 * same value.
 */
final class Planted {

  /** {@code «name»}, or {@code «name|way|way»} with the ways in which it is written there. */
  private static final Pattern PLACE = Pattern.compile("«([a-z0-9-]+)((?:\\|[a-z0-9]+)*)»");

  /** {@code {w10}}: ten random letters and digits. */
  private static final Pattern RANDOM = Pattern.compile("\\{([a-z])(\\d+)}");

  private static final Map<String, String> CHARS =
      Map.of(
          "w", "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789",
          "u", "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567",
          "h", "0123456789abcdef",
          "d", "0123456789");

  private static final String USUAL = "{w10}";

  /** What a value looks like that is not {@link #USUAL}. */
  private static final Map<String, String> SHAPES =
      Map.ofEntries(
          Map.entry("amqp-url", "{w8}#{w8}"),
          Map.entry("apostrophe", "{w8}'{w8}"),
          Map.entry("aws-secret", "{w40}"),
          Map.entry("azure", "{w86}=="),
          Map.entry("backslash", "{w8}\\{w8}"),
          Map.entry("backslash-plain", "{w8}\\{w8}"),
          Map.entry("basic", "{w24}"),
          Map.entry("blanks", "{w8} {w8} {w8}"),
          Map.entry("cookie", "{w20}"),
          Map.entry("digits", "{d9}"),
          Map.entry("dollar", "{w8}${w8}"),
          Map.entry("dotenv-quoted", "{w8} {w8}"),
          Map.entry("dotenv-url", "{w8}/{w8}"),
          Map.entry("envfile-quoted", "{w8} # {w8}"),
          Map.entry("envfile-url", "{w8}@{w8}"),
          Map.entry("flow", "{w8}, {w8}"),
          Map.entry("folded", "{w8} {w8}"),
          Map.entry("hash", "$apr1${w8}${w22}"),
          Map.entry("hash-sha", "{SHA}{w27}="),
          Map.entry("hash-sign", "{w8}#{w8}"),
          Map.entry("merge", "{w8}\"{w8}"),
          Map.entry("mongo-option", "{w8} {w8}"),
          Map.entry("mongo-url", "{w8}:{w8}"),
          Map.entry("mysql-url", "{w8}@{w8}"),
          Map.entry("pem-escaped", "{w64}"),
          Map.entry("pem-file", "{w64} {w64}"),
          Map.entry("pem", "{w64} {w64}"),
          Map.entry("postgres-url", "{w8}/{w8}"),
          Map.entry("run-lines", "{w8} {w8}"),
          Map.entry("quotes", "{w8}\"{w8}'{w8}"),
          Map.entry("redis-item", "{w8}\"{w8}"),
          Map.entry("sentry", "{h32}"),
          Map.entry("shell", "{w8} {w8}"),
          Map.entry("smtp-url", "{w8}?{w8}"),
          Map.entry("sqlalchemy", "{w8} {w8}"),
          Map.entry("tab", "{w10}\t{w10}"),
          Map.entry("template", "{w8}'{w8}${w8}"),
          Map.entry("token-age", "AGE-SECRET-KEY-1{u58}"),
          Map.entry("token-aws", "AKIA{u16}"),
          Map.entry("token-discord-hook", "{d18}/{w68}"),
          Map.entry("token-docker", "dckr_pat_{w27}"),
          Map.entry("token-github", "ghp_{w36}"),
          Map.entry("token-gitlab", "glpat-{w20}"),
          Map.entry("token-google", "AIza{w35}"),
          Map.entry("token-hugging", "hf_{w34}"),
          Map.entry("token-jwt", "eyJhbGciOiJIUzI1NiJ9.eyJ{w30}.{w43}"),
          Map.entry("token-npm", "npm_{w36}"),
          Map.entry("token-ocean", "dop_v1_{h64}"),
          Map.entry("token-openai", "sk-proj-{w48}"),
          Map.entry("token-pypi", "pypi-AgE{w80}"),
          Map.entry("token-sendgrid", "SG.{w22}.{w43}"),
          Map.entry("token-slack", "xoxb-{d11}-{d12}-{w24}"),
          Map.entry("token-slack-hook", "T{u8}/B{u8}/{w24}"),
          Map.entry("token-stripe", "sk_live_{w24}"),
          Map.entry("token-tailscale", "tskey-auth-{w17}-{w32}"),
          Map.entry("token-telegram", "{d9}:AA{w33}"),
          Map.entry("token-vault", "hvs.{w90}"),
          Map.entry("unicode", "{w8}é{w8}ß"),
          Map.entry("user-info", "{w24}"),
          Map.entry("weak", "Summer2019"),
          Map.entry("weak-signs", "Winter#2020!"));

  /** Chars that all texts looked for have. */
  private static final int SHORTEST = 6;

  private record Needle(String text, String name) {}

  private final Map<String, List<Needle>> needles = new HashMap<>();

  /** The pairs of chars that a needle begins with, since most places of a text have another. */
  private final BitSet pairs = new BitSet();

  private final Set<String> names = new TreeSet<>();

  /** The names of all that was planted. */
  Set<String> names() {
    return names;
  }

  /** A text with the values in their places. */
  String fill(String template) {
    Matcher place = PLACE.matcher(template);
    var out = new StringBuilder();
    while (place.find()) {
      String value = value(place.group(1));
      for (String way : place.group(2).split("\\|", -1)) {
        value = written(way, value);
      }
      place.appendReplacement(out, Matcher.quoteReplacement(value));
    }
    return place.appendTail(out).toString();
  }

  private static String written(String way, String value) {
    return switch (way) {
      case "" -> value;
      case "compose" -> value.replace("$", "$$");
      case "double" -> value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\t", "\\t");
      case "single" -> value.replace("'", "''");
      case "lines" -> value.replace(" ", "\n        ");
      case "url" -> url(value);
      case "base64" -> base64(value);
      default -> throw new IllegalArgumentException(way);
    };
  }

  private static String url(String value) {
    return URLEncoder.encode(value, UTF_8).replace("+", "%20");
  }

  private static String base64(String value) {
    return Base64.getEncoder().withoutPadding().encodeToString(value.getBytes(UTF_8));
  }

  /** The value as a container sees it. */
  String value(String name) {
    var random = new Random(name.hashCode());
    Matcher part = RANDOM.matcher(SHAPES.getOrDefault(name, USUAL));
    var parts = new ArrayList<String>();
    var out = new StringBuilder();
    while (part.find()) {
      parts.add(
          random(
              random,
              Objects.requireNonNull(CHARS.get(part.group(1))),
              Integer.parseInt(part.group(2))));
      part.appendReplacement(out, parts.get(parts.size() - 1));
    }
    String value = part.appendTail(out).toString();
    if (names.add(name)) {
      // no way of writing changes letters and digits
      for (String each : parts.isEmpty() ? List.of(value, url(value)) : parts) {
        encoded(each).forEach(text -> look(text, name));
      }
    }
    return value;
  }

  private static String random(Random random, String chars, int length) {
    while (true) {
      var text = new StringBuilder();
      for (int i = 0; i < length; i++) {
        text.append(chars.charAt(random.nextInt(chars.length())));
      }
      // begins with a letter, as the name of a variable does, and is no word of a language
      boolean mixed = chars.length() < 40 || text.toString().matches("[A-Za-z].*[a-z].*");
      if (mixed && text.chars().anyMatch(Character::isDigit)) {
        return text.toString();
      }
    }
  }

  /** A text, and what base 64 makes of it wherever it stands in what is encoded. */
  private static Set<String> encoded(String text) {
    var forms = new LinkedHashSet<String>(List.of(text));
    for (int before = 0; before < 3; before++) {
      String all = base64("x".repeat(before) + text);
      int from = before == 0 ? 0 : 4;
      forms.add(all.substring(from, (before + text.getBytes(UTF_8).length) / 3 * 4));
    }
    return forms;
  }

  private void look(String text, String name) {
    String lower = text.toLowerCase(Locale.ROOT);
    if (lower.length() < SHORTEST) {
      throw new IllegalStateException("too short to be told from others: " + name);
    }
    pairs.set(pair(lower, 0));
    needles
        .computeIfAbsent(lower.substring(0, SHORTEST), s -> new ArrayList<>())
        .add(new Needle(lower, name));
  }

  private static int pair(String text, int at) {
    return (text.charAt(at) << 8 ^ text.charAt(at + 1)) & 0xffff;
  }

  /** The names of the values that stand in a text, each with the line that it is first in. */
  Map<String, Integer> in(String text) {
    var found = new TreeMap<String, Integer>();
    String lower = text.toLowerCase(Locale.ROOT);
    int line = 1;
    for (int i = 0; i + SHORTEST <= lower.length(); i++) {
      line += lower.charAt(i) == '\n' ? 1 : 0;
      if (!pairs.get(pair(lower, i))) {
        continue;
      }
      for (Needle needle : needles.getOrDefault(lower.substring(i, i + SHORTEST), List.of())) {
        if (lower.startsWith(needle.text, i)) {
          found.putIfAbsent(needle.name, line);
        }
      }
    }
    return found;
  }

  /** Where the last value of a line begins, or -1. */
  int start(String line) {
    for (int i = line.length() - SHORTEST; i >= 0; i--) {
      if (!in(line.substring(i)).isEmpty()) {
        return i;
      }
    }
    return -1;
  }
}
