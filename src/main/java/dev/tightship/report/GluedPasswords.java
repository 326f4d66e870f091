package dev.tightship.report;

import dev.tightship.secret.SecretFinder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Items of a list that a client of MySQL takes for a password, {@code - -pX}, where the name of the
 * client is an item on a line above. To other programs they mean other things.
 */
final class GluedPasswords {

  private static final Pattern ITEM = Pattern.compile("\\s*(?:-\\s+)*[\"']?(-p(.*?))[\"'\\],\\s]*");

  /** The indentation of the list; negative outside of one. */
  private int list = -1;

  /** The password that the next line is, or an empty text. */
  String in(String line) {
    if (line.isBlank()) {
      return "";
    }
    int indent = line.length() - line.stripLeading().length();
    if (indent < list) {
      list = -1;
    }
    if (list >= 0 && line.contains("-p")) {
      Matcher item = ITEM.matcher(line);
      if (item.matches() && !SecretFinder.find("mysql " + item.group(1)).isEmpty()) {
        return item.group(2);
      }
    }
    if (isInList(line, indent) && namesClient(line)) {
      list = indent;
    }
    return "";
  }

  private static boolean isInList(String line, int indent) {
    return line.startsWith("- ", indent) || line.indexOf('[') >= 0;
  }

  private static boolean namesClient(String line) {
    return line.contains("mysql") || line.contains("mariadb") || line.contains("obclient");
  }
}
