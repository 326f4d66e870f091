package dev.tightship.pass;

import dev.tightship.compose.Service;
import dev.tightship.edit.Place;

/** What a pass speaks of, and where that stands. */
public sealed interface Subject {

  /** Path from the project's root of the file in which it stands. */
  String file();

  /** Name for people: {@code service web}, {@code api/Dockerfile}. */
  String describe();

  /** A service, at one of its settings. */
  record OfService(String service, Place at) implements Subject {
    @Override
    public String file() {
      return at.file();
    }

    @Override
    public String describe() {
      return "service " + service;
    }
  }

  /** A Compose file as a whole, at one of its settings. */
  record OfFile(Place at) implements Subject {
    @Override
    public String file() {
      return at.file();
    }

    @Override
    public String describe() {
      return at.file();
    }
  }

  /** A Dockerfile as a whole. */
  record OfDockerfile(String file) implements Subject {
    @Override
    public String describe() {
      return file;
    }
  }

  /**
   * A stage of a Dockerfile.
   *
   * @param stage index from 0
   */
  record OfStage(String file, int stage) implements Subject {
    @Override
    public String describe() {
      return file;
    }
  }

  /**
   * An instruction of a stage of a Dockerfile.
   *
   * @param stage index from 0
   * @param instruction what it says, on one line
   */
  record OfInstruction(String file, int stage, String instruction) implements Subject {
    @Override
    public String describe() {
      return file;
    }
  }

  /** A service at the place of a path of keys below it. */
  static Subject of(Service service, String... path) {
    return new OfService(service.name(), service.at(path));
  }
}
