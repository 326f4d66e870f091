package dev.tightship.report;

import dev.tightship.engine.Step;
import dev.tightship.pass.Fix;
import dev.tightship.pass.Remark.Finding;
import dev.tightship.text.Patch;
import dev.tightship.text.QuotedPrintable;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One patch of a series as the mail that {@code git am} makes a commit of. It has the date that
 * {@code git format-patch} gives to all of its own, so that the same input gives the same bytes.
 *
 * @param name of its file
 * @param head the lines of the mail above those that say how the rest is written
 * @param message what becomes the text of the commit, below its first line
 * @param patches one a file
 */
public record Letter(String name, String head, String message, List<Patch> patches) {

  private static final String HEAD =
      """
      From 0000000000000000000000000000000000000000 Mon Sep 17 00:00:00 2001
      From: Tightship <noreply@tightship.invalid>
      Date: Mon, 17 Sep 2001 00:00:00 +0000
      Subject: [PATCH %d/%d] %s
      MIME-Version: 1.0
      Content-Type: text/plain; charset=UTF-8
      """;

  /** Git may be set to cut a mail where someone has drawn scissors. */
  private static final Pattern SCISSORS = Pattern.compile("(>|%)(?=[8%<])|8(?=<)");

  public Letter {
    patches = List.copyOf(patches);
  }

  /**
   * @param number from 1
   * @param passes ids of those that it comes from
   * @param steps that it comes from
   */
  static Letter of(
      Report report,
      int number,
      int count,
      List<String> passes,
      List<Step> steps,
      List<Patch> patches) {
    String subject =
        passes.stream().map(report::page).map(p -> p.title()).collect(Collectors.joining("; "));
    var message = new StringBuilder();
    for (Step step : steps) {
      message.append("- ").append(line(report, step)).append('\n');
    }
    message.append('\n');
    for (String pass : passes) {
      message.append("Why, and when it can break: tightship explain ").append(pass).append('\n');
    }
    return new Letter(
        "%04d-%s.patch".formatted(number, String.join("+", passes)),
        HEAD.formatted(number, count, subject),
        message.toString(),
        patches);
  }

  /** What was done and why, on one line of which nothing is acted upon. */
  private static String line(Report report, Step step) {
    var finding = (Finding) step.remark();
    Fix fix = Objects.requireNonNull(finding.fix());
    String line =
        "%s: %s; %s %s"
            .formatted(
                finding.subject().describe(),
                fix.title(),
                finding.message(),
                Report.risk(step, fix));
    return SCISSORS
        .matcher(Escape.text(report.masked(line)))
        .replaceAll(m -> "\\\\u%04x".formatted((int) m.group().charAt(0)));
  }

  /** The path of a file whose change no patch may show; null where there is none. */
  public @Nullable String hidden() {
    for (Patch patch : patches) {
      if (Report.mailed(patch) == null) {
        return patch.path();
      }
    }
    return null;
  }

  /** The paths of the files whose change git alone reads. */
  public List<String> forGitAlone() {
    return patches.stream().filter(Report::isForGitAlone).map(Patch::path).toList();
  }

  /**
   * The mail. Git takes a carriage return from the end of a line, unless it is written out.
   *
   * @throws IllegalStateException if a change may not be shown
   */
  public String text() {
    var body = new StringBuilder(message).append("---\n\n");
    for (Patch patch : patches) {
      String text = Report.mailed(patch);
      if (text == null) {
        throw new IllegalStateException("no patch may show the change of " + patch.path());
      }
      body.append(text);
    }
    boolean plain = body.indexOf("\r") < 0;
    String form =
        "Content-Transfer-Encoding: %s\n\n".formatted(plain ? "8bit" : "quoted-printable");
    return head + form + (plain ? body : QuotedPrintable.of(body.toString()));
  }
}
