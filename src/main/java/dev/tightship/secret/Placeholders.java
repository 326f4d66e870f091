package dev.tightship.secret;

import java.util.regex.Pattern;

/** What stands where a secret belongs and is none: a word that says so, or nothing. */
public final class Placeholders {

  private static final int LONGEST = 200;

  private static final Pattern SAYS_SO =
      Pattern.compile(
          "dummy|placeholder|change.?(?:me|this)|replace.?(?:me|this|with)|not.?a?.?(?:secret|used|set|needed)"
              + "|example|insecure|unsafe|your[-_. ]|fake|build.?(?:time|only)|unused|xxx|to.?do\\b"
              + "|^(?:none|null|nil|empty|unset|tbd|test|testing|ci|build|x|[*.-]+|<.*>|\\[.*])$",
          Pattern.CASE_INSENSITIVE);

  private Placeholders() {}

  public static boolean is(String value) {
    String text = value.strip();
    return text.isEmpty() || (text.length() <= LONGEST && SAYS_SO.matcher(text).find());
  }
}
