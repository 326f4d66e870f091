package dev.tightship.move;

import dev.tightship.analysis.LiteralSecret;
import dev.tightship.analysis.LiteralSecret.InCompose;
import dev.tightship.analysis.ScalarPlaces;
import dev.tightship.compose.Service;
import dev.tightship.compose.Texts;
import dev.tightship.compose.Texts.Text;
import dev.tightship.text.Span;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The password that {@code redis-server} and {@code valkey-server} are given by an option. Every
 * directive of their configuration is an option too, {@code include} among them: a file with the
 * password takes its place, and all else in the command stays (run with Redis 7.0.15).
 */
final class RedisSettings {

  private static final Pattern SERVER = Pattern.compile("(?:redis|valkey)-server");
  private static final Pattern OPTION = Pattern.compile("--(requirepass|masterauth)");
  private static final Pattern BEFORE =
      Pattern.compile("(--(requirepass|masterauth))\\s+([\"']?)\\z");
  private static final Pattern PLAIN = Pattern.compile("[\\w@%+=:,./-]+");

  private RedisSettings() {}

  /** The way of a secret; null where it is no such option. */
  static @Nullable Way of(
      LiteralSecret secret, InCompose where, Service service, ScalarPlaces scalars) {
    List<Texts> all = service.texts("command");
    if (secret.setting() != LiteralSecret.Setting.COMMAND || all.size() != 1) {
      return null;
    }
    Texts texts = all.get(0);
    boolean whole = where.span().start() == 0 && where.span().end() == where.text().length();
    Text before = null;
    boolean server = isImage(service);
    for (Text text : texts.all()) {
      server |= SERVER.matcher(text.scalar().text()).find();
      if (where.place().equals(scalars.of(texts.file(), text.scalar()))) {
        if (!server) {
          return null;
        }
        return texts.listed() && whole
            ? item(secret, where, service, texts, before, scalars)
            : line(secret, where, service);
      }
      before = text;
    }
    return null;
  }

  private static boolean isImage(Service service) {
    return service.text("image").orElse("").matches("(?:.*/)?(?:redis|valkey)(?:[:@].*)?");
  }

  private static @Nullable Way item(
      LiteralSecret secret,
      InCompose where,
      Service service,
      Texts texts,
      @Nullable Text before,
      ScalarPlaces scalars) {
    String option = before == null ? "" : before.scalar().text();
    var place = before == null ? null : scalars.of(texts.file(), before.scalar());
    Matcher name = OPTION.matcher(option);
    if (place == null
        || !name.matches()
        || isTwice(texts, option)
        || isTwice(texts, where.text())) {
      return null;
    }
    var span = new Span(0, option.length());
    return new Way.Settings(
        secret,
        where,
        service,
        name.group(1),
        new InCompose(place, option, span, where.line()),
        span);
  }

  private static boolean isTwice(Texts texts, String item) {
    return texts.all().stream().filter(text -> text.scalar().text().equals(item)).count() > 1;
  }

  private static @Nullable Way line(LiteralSecret secret, InCompose where, Service service) {
    String text = where.text();
    Matcher option = BEFORE.matcher(text.substring(0, where.span().start()));
    if (!option.find()) {
      return null;
    }
    int end = where.span().end();
    char next = end == text.length() ? ' ' : text.charAt(end);
    String quote = option.group(3);
    boolean quoted = !quote.isEmpty() && quote.charAt(0) == next;
    boolean ends = quote.isEmpty() ? " \t\n\"'".indexOf(next) >= 0 : quoted;
    var span = new Span(where.span().start() - (quoted ? 1 : 0), end + (quoted ? 1 : 0));
    return ends
        ? new Way.Settings(
            secret,
            new InCompose(where.place(), text, span, where.line()),
            service,
            option.group(2),
            where,
            new Span(option.start(1), option.end(1)))
        : null;
  }

  /** What the file holds. */
  static String text(String directive, String value) {
    return directive + " " + (PLAIN.matcher(value).matches() ? value : quoted(value)) + "\n";
  }

  /**
   * What gives a shell the password that stands in the file, as Compose reads it; null where that
   * takes more than cutting off the directive.
   */
  static @Nullable String reading(String directive, String value, String path) {
    return PLAIN.matcher(value).matches()
        ? "$$(sed -n 's/^%s //p' %s)".formatted(directive, path)
        : null;
  }

  /** As its own reader of settings takes it apart. */
  private static String quoted(String value) {
    var out = new StringBuilder("\"");
    for (byte b : value.getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
      int c = b & 0xff;
      if (c == '"' || c == '\\') {
        out.append('\\').append((char) c);
      } else if (c < ' ' || c >= 0x7f) {
        out.append("\\x%02x".formatted(c));
      } else {
        out.append((char) c);
      }
    }
    return out.append('"').toString();
  }
}
