package dev.tightship.knowledge;

/** {@code ok}, or {@code breaks} with a reason. */
final class VerdictForm implements FactForm<Verdict> {

  private static final String BREAKS = "breaks ";

  @Override
  public String write(Verdict value) {
    return value instanceof Verdict.Breaks breaks ? BREAKS + breaks.reason() : "ok";
  }

  @Override
  public Verdict read(String text) {
    if (text.equals("ok")) {
      return new Verdict.Ok();
    }
    if (!text.startsWith(BREAKS)) {
      throw new IllegalArgumentException("unknown value " + text);
    }
    return new Verdict.Breaks(text.substring(BREAKS.length()));
  }

  @Override
  public String words(Verdict value) {
    return value instanceof Verdict.Breaks breaks ? "breaks: " + breaks.reason() : "works";
  }

  @Override
  public Verdict from(FactFields fields) {
    String value = fields.text("value");
    return switch (value) {
      case "ok" -> new Verdict.Ok();
      case "breaks" -> new Verdict.Breaks(fields.text("reason"));
      default -> throw new IllegalArgumentException("unknown value " + value);
    };
  }
}
