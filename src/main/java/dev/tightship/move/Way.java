package dev.tightship.move;

import dev.tightship.analysis.LiteralSecret;
import dev.tightship.analysis.LiteralSecret.InCompose;
import dev.tightship.compose.Service;
import dev.tightship.knowledge.SecretVariable;
import dev.tightship.text.Span;
import java.util.List;

/** How one place follows when a secret leaves it. */
sealed interface Way {

  /**
   * The image reads the variable from a file.
   *
   * @param uses where scripts of the service use the variable, which is gone then
   */
  record File(
      LiteralSecret secret,
      InCompose where,
      Service service,
      SecretVariable variable,
      List<Scripts.Use> uses)
      implements Way {}

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
      implements Way {}

  /**
   * The server reads a file of settings that lies at a place of its own, and the variable goes.
   *
   * @param target of the file in the container
   * @param text of the file
   */
  record DropIn(LiteralSecret secret, InCompose where, Service service, String target, String text)
      implements Way {}

  /** A shell of the service reads the file that another place of it brings. */
  record Script(InCompose where, Service service) implements Way {}

  /** A test of a health check that no shell runs is run by one, which reads the file. */
  record Exec(InCompose where, Service service, ExecTest test) implements Way {}

  /** A variable of Compose stands in its place, which a file of variables gives its value. */
  record Reference(LiteralSecret secret, InCompose where, Span span) implements Way {}

  /** A variable of Compose stands there already, and its default goes. */
  record Default(LiteralSecret secret, DefaultVariable variable) implements Way {}

  /**
   * It is in no version of the project, and stays.
   *
   * @param file that holds it
   */
  record Outside(String file) implements Way {}

  /**
   * It cannot follow.
   *
   * @param because half a sentence
   */
  record Blocked(String because) implements Way {}
}
