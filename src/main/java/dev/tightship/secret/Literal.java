package dev.tightship.secret;

import dev.tightship.text.Span;

/**
 * A secret that is written out.
 *
 * @param name what it goes by: the variable, the option, the key
 * @param value as the program gets it
 * @param weak whether it is a default word, a placeholder, or too short
 * @param span where it is written, quotes and escapes within it included
 */
public record Literal(Kind kind, String name, SecretValue value, boolean weak, Span span) {

  /** The same as one that is easily guessed. */
  public Literal asWeak() {
    return new Literal(kind, name, value, true, span);
  }

  /** The same under another name. */
  public Literal as(String other) {
    return new Literal(kind, other, value, weak, span);
  }

  /** How it is known to be one. */
  public enum Kind {
    /** The whole value under a name that says so. */
    VALUE,
    /** The password of a URL. */
    URL,
    /** One of several settings in a text: a connection string, the query of a URL, JSON. */
    PARAMETER,
    /** What an option of a command is given. */
    OPTION,
    /** It has the shape of a token of a known issuer. */
    TOKEN,
    /** The hash of a password, which can be guessed at. */
    HASH,
    PRIVATE_KEY
  }
}
