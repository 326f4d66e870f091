package dev.tightship.cli;

import dev.tightship.files.ProjectException;
import java.nio.file.Path;

/** A project that a run was asked for; its files are looked for when its turn comes. */
final class Asked {

  private final Path given;
  private final Choice choice;

  /** Chooses the files of a project. */
  @FunctionalInterface
  interface Choice {
    Chosen choose() throws ProjectException;
  }

  /**
   * @param given what it was asked for by; empty for the present folder
   */
  Asked(Path given, Choice choice) {
    this.given = given;
    this.choice = choice;
  }

  Path given() {
    return given;
  }

  /** As messages name it before it is known what it is. */
  String name() {
    return given.toString().isEmpty() ? "." : given.toString();
  }

  Chosen choose() throws ProjectException {
    return choice.choose();
  }
}
