package dev.tightship.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a line of a shell script, or a start command, writes. */
final class ShellWrites {

  private static final Pattern REDIRECT =
      Pattern.compile(
          "(?<![0-9&<>=\\\\$-])[12&]?>{1,2}\\|?[ \\t]*(?![&>(=])[\"']?([^\\s;|&)\"'<>]+)");

  private static final Pattern COMMAND =
      Pattern.compile(
          "(?:^|[;&|({`\"']|(?:-c|\\b(?:then|do|else|exec|sudo|xargs|if|while))\\s)[ \\t]*"
              + "(?:[\\w./-]*/)?(mkdir|touch|cp|mv|rm|rmdir|ln|chown|chmod|chgrp|tee|install|truncate"
              + "|unzip|tar|sed|wget|curl|git|dd|rsync|openssl|useradd|adduser|usermod|groupadd"
              + "|addgroup|groupmod|update-ca-certificates|ldconfig|crontab)\\b([^;&|\\n]{0,500})");

  private static final Set<String> ONLY_LAST_COUNTS =
      Set.of("cp", "mv", "ln", "install", "rsync", "git");
  private static final Set<String> ALL_COUNT =
      Set.of("mkdir", "touch", "rm", "rmdir", "tee", "truncate");

  /** By the program: only with such a word does it write. */
  private static final List<When> ONLY_WITH =
      List.of(
          new When("sed", Pattern.compile(".*(?:^|\\s)(?:-\\w*i\\S*|--in-place\\S*)(?:\\s.*|$)")),
          new When("tar", Pattern.compile("\\s*-{0,2}\\w*[xc].*")),
          new When("curl", Pattern.compile(".*\\s(?:-\\w*[oO]|--output|--remote-name)\\b.*")),
          new When("wget", Pattern.compile("(?!.*(?:-\\w*O\\s*-(?:\\s|$)|--spider)).*")),
          new When("git", Pattern.compile("\\s*(?:clone|pull|checkout|init|config).*")),
          new When("openssl", Pattern.compile(".*\\s-(?:out|keyout)\\s.*")),
          new When("dd", Pattern.compile(".*\\bof=.*")));

  private record When(String program, Pattern arguments) {}

  private ShellWrites() {}

  /** Half a sentence, or null. */
  static @Nullable String in(String line, Places places) {
    if (line.strip().startsWith("#")) {
      return null;
    }
    Matcher redirect = REDIRECT.matcher(line);
    while (redirect.find()) {
      if (!places.at(redirect.group(1))) {
        return "redirects into a file";
      }
    }
    Matcher command = COMMAND.matcher(line);
    for (int from = 0; command.find(from); from = command.end(1)) {
      String program = command.group(1);
      if (writes(program, command.group(2)) && !isAllowed(program, command.group(2), places)) {
        return "runs " + program;
      }
    }
    return null;
  }

  private static boolean writes(String program, String arguments) {
    for (When when : ONLY_WITH) {
      if (when.program.equals(program)) {
        return when.arguments.matcher(arguments).matches();
      }
    }
    return true;
  }

  private static boolean isAllowed(String program, String arguments, Places places) {
    var words = new ArrayList<String>();
    for (String word : arguments.strip().split("\\s+", -1)) {
      String plain = word.replaceAll("^[\"'{(]+|[\"'})`]+$", "");
      if (!plain.isEmpty() && !plain.startsWith("-") && !word.contains(">")) {
        words.add(plain);
      }
    }
    if (ONLY_LAST_COUNTS.contains(program)) {
      return !words.isEmpty() && places.at(words.get(words.size() - 1));
    }
    List<String> paths =
        ALL_COUNT.contains(program) ? words : words.stream().filter(w -> w.contains("/")).toList();
    return !paths.isEmpty() && paths.stream().allMatch(places::at);
  }
}
