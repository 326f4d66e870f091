package dev.tightship.move;

import dev.tightship.analysis.LiteralSecret;
import dev.tightship.analysis.LiteralSecret.InCompose;
import dev.tightship.analysis.LiteralSecret.InDockerfile;
import dev.tightship.compose.Service;
import dev.tightship.edit.Place;
import dev.tightship.knowledge.SecretVariable;
import dev.tightship.text.Span;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How one place follows when a secret leaves it. */
sealed interface Way {

  /** The texts that change with it. */
  List<Place> places();

  /** No text changes. */
  sealed interface Textless extends Way {
    @Override
    default List<Place> places() {
      return List.of();
    }
  }

  /** The service gets a file, in which the secret stands. */
  sealed interface ByFile extends Way {

    LiteralSecret secret();

    Service service();

    /**
     * What gives a shell of the service the secret, as Compose reads it; null where that takes more
     * than a word.
     *
     * @param name of the secret of Compose
     */
    @Nullable String reading(String name);
  }

  /** The image reads the variable from a file, in which nothing else stands. */
  sealed interface Plain extends ByFile {

    SecretVariable variable();

    /** Where scripts of the service use the variable, which is gone then. */
    List<Scripts.Use> uses();

    /** Stands for the variable that changes, or is new. */
    Place place();

    /** The variable that says where the file is. */
    default String fileVariable() {
      return String.valueOf(variable().fileVariable());
    }

    @Override
    default String reading(String name) {
      return "$$(cat " + inContainer(name) + ")";
    }

    @Override
    default List<Place> places() {
      var places = new ArrayList<>(List.of(place()));
      uses().forEach(use -> places.add(use.where().place()));
      return places;
    }
  }

  /** It stands in a text of a Compose file. */
  sealed interface InText extends Way {

    InCompose where();

    @Override
    default List<Place> places() {
      return List.of(where().place());
    }
  }

  /** The variable that holds the secret leaves the Dockerfile. */
  sealed interface FromImage extends Way {

    /** Where it stands, in an assignment to a variable. */
    InDockerfile where();
  }

  /** Where Compose puts the file of a secret. */
  static String inContainer(String name) {
    return "/run/secrets/" + name;
  }

  /** The variable stands in a Compose file. */
  record File(
      LiteralSecret secret,
      InCompose where,
      Service service,
      SecretVariable variable,
      List<Scripts.Use> uses)
      implements Plain {

    @Override
    public Place place() {
      return where.place();
    }
  }

  /** The variable stands in an {@code env_file}, all of whose readers take it from a file. */
  record FileOfLine(
      LiteralSecret secret,
      EnvLine line,
      Service service,
      SecretVariable variable,
      List<Scripts.Use> uses)
      implements Plain {

    @Override
    public Place place() {
      return line.place();
    }
  }

  /**
   * The program includes a file of settings, which holds this one.
   *
   * @param option where the option stands whose value is the secret
   */
  record Settings(
      LiteralSecret secret,
      InCompose where,
      Service service,
      String directive,
      InCompose option,
      Span optionSpan)
      implements ByFile, InText {

    @Override
    public @Nullable String reading(String name) {
      return RedisSettings.reading(directive, secret.value().reveal(), inContainer(name));
    }
  }

  /**
   * The server reads a file of settings that lies at a place of its own, and the variable goes.
   *
   * @param target of the file in the container
   * @param text of the file
   */
  record DropIn(LiteralSecret secret, InCompose where, Service service, String target, String text)
      implements ByFile, InText {

    @Override
    public String reading(String name) {
      return RabbitSettings.reading(target);
    }
  }

  /** A shell of the service reads the file that another place of it brings. */
  record Script(InCompose where, ByFile file) implements InText {}

  /** A test of a health check that no shell runs is run by one, which reads that file. */
  record Exec(InCompose where, ByFile file, ExecTest test) implements Way {
    @Override
    public List<Place> places() {
      return List.of(test.at());
    }
  }

  /** A variable of Compose stands in its place, which a file of variables gives its value. */
  record Reference(LiteralSecret secret, InCompose where, Span span) implements InText {}

  /** The same in an {@code env_file}, in which Compose fills in variables too. */
  record ReferenceOfLine(LiteralSecret secret, EnvLine line, Span span) implements Way {
    @Override
    public List<Place> places() {
      return List.of(line.place());
    }
  }

  /** A variable of Compose stands there already, and its default goes. */
  record Default(LiteralSecret secret, DefaultVariable variable) implements Way {
    @Override
    public List<Place> places() {
      return variable.uses().stream().map(DefaultVariable.Use::place).toList();
    }
  }

  /** The variable stands in a Dockerfile, and the service brings the one that names the file. */
  record ImageFile(
      LiteralSecret secret,
      InDockerfile where,
      Service service,
      SecretVariable variable,
      List<Scripts.Use> uses)
      implements Plain, FromImage {

    @Override
    public Place place() {
      return NewVariables.place(service, fileVariable());
    }
  }

  /**
   * The service brings the variable, and a variable of Compose stands in it for the secret.
   *
   * @param value of the variable, with the secret in it
   */
  record ImageVariable(LiteralSecret secret, InDockerfile where, Service service, String value)
      implements FromImage {
    @Override
    public List<Place> places() {
      return List.of(NewVariables.place(service, String.valueOf(where.variable())));
    }
  }

  /** The service brings a value of its own already, whatever the image says. */
  record Unused(InDockerfile where) implements FromImage, Textless {}

  /**
   * It is in no version of the project, and stays.
   *
   * @param file that holds it
   */
  record Outside(String file) implements Textless {}

  /**
   * It cannot follow.
   *
   * @param because half a sentence
   */
  record Blocked(String because) implements Textless {}
}
