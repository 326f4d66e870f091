package dev.tightship.move;

import dev.tightship.analysis.LiteralSecret;
import dev.tightship.edit.Edit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Secrets that leave the files of a project together: one value, or several that stand in one text.
 *
 * @param secrets all places that are written out, the one that they belong to first
 * @param files the files that hold them afterwards, with the name of the variable where it is a
 *     file of variables: {@code secrets/db_password.txt}, {@code DB_PASSWORD in .env}
 * @param edits that move them; empty where they stay
 * @param notes what to look at where they move, half a sentence each
 * @param held why they stay, half a sentence; null where they move
 */
public record Move(
    List<LiteralSecret> secrets,
    List<String> files,
    List<Edit> edits,
    List<String> notes,
    @Nullable String held) {

  /** Secrets that stay. */
  static Move held(List<LiteralSecret> secrets, String because) {
    return new Move(secrets, List.of(), List.of(), List.of(), because);
  }

  public Move {
    secrets = List.copyOf(secrets);
    files = List.copyOf(files);
    edits = List.copyOf(edits);
    notes = List.copyOf(notes);
  }

  /** Whether no file but Dockerfiles holds them. */
  public boolean isOfImages() {
    return secrets.stream().allMatch(LiteralSecret::isOfImage);
  }

  /** The service that it belongs to, and what it is there. */
  public LiteralSecret owner() {
    return secrets.get(0);
  }
}
