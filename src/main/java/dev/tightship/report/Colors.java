package dev.tightship.report;

/** Colours of a terminal, or none. */
public enum Colors {
  ON,
  OFF;

  private String in(int code, String text) {
    return this == ON ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }

  String red(String text) {
    return in(31, text);
  }

  String green(String text) {
    return in(32, text);
  }

  String yellow(String text) {
    return in(33, text);
  }

  String cyan(String text) {
    return in(36, text);
  }

  String bold(String text) {
    return in(1, text);
  }

  String dim(String text) {
    return in(2, text);
  }
}
