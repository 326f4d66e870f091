package dev.tightship;

import dev.tightship.cli.Tightship;

/** The entry point of the program. */
public final class Main {

  private Main() {}

  public static void main(String[] args) {
    System.exit(Tightship.run(args));
  }
}
