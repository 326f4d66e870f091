package dev.tightship.passes;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a mode gives, whatever was there before. */
record Rights(boolean everyone, boolean sticky, boolean setuid) {

  private static final Pattern CLAUSE =
      Pattern.compile("([ugoa]{0,4})((?:[-+=][rwxXstugo]{0,6}){1,4})");

  /** Of a mode as chmod takes it; null for what is none. */
  static @Nullable Rights of(String mode) {
    if (mode.matches("[0-7]{1,5}")) {
      int bits = Integer.parseInt(mode, 8);
      return new Rights((bits & 02) != 0, (bits & 01000) != 0, (bits & 04000) != 0);
    }
    if (mode.length() > 60) {
      return null;
    }
    boolean everyone = false;
    boolean sticky = false;
    boolean setuid = false;
    for (String clause : mode.split(",", -1)) {
      var parts = CLAUSE.matcher(clause);
      if (!parts.matches()) {
        return null;
      }
      String who = parts.group(1);
      // without a letter the umask counts, which lets nobody else write
      boolean others = who.contains("o") || who.contains("a");
      boolean owner = who.isEmpty() || who.contains("u") || who.contains("a");
      char sign = ' ';
      for (char c : parts.group(2).toCharArray()) {
        if (c == '+' || c == '-' || c == '=') {
          sign = c;
          everyone &= !(others && sign == '=');
        } else if (c == 'w' && others) {
          everyone = sign != '-';
        } else if (c == 's' && owner) {
          setuid = sign != '-';
        } else if (c == 't') {
          sticky = sign != '-';
        }
      }
    }
    return new Rights(everyone, sticky, setuid);
  }
}
