package dev.tightship.oracle;

import dev.tightship.compose.ComposeException;
import dev.tightship.engine.Outcome;
import dev.tightship.pass.Page;
import dev.tightship.report.OverlayText;
import dev.tightship.report.Report;
import java.util.List;
import java.util.Objects;

/** Overlays as a run writes them. */
public final class Overlays {

  private static final OverlayText.Use USE =
      new OverlayText.Use(null, List.of("compose.yaml"), "overlay.yaml");

  private Overlays() {}

  private static Page page(String id) {
    throw new AssertionError("no overlay shows the page of " + id);
  }

  /** A run as an overlay, with what is held in it. */
  public static Report report(Outcome outcome) {
    try {
      return new Report("project", "", outcome, Overlays::page).overlaid(USE);
    } catch (ComposeException e) {
      throw new AssertionError(e);
    }
  }

  /** The text of a run's overlay. */
  public static String text(Report report) {
    return Objects.requireNonNull(report.overlay());
  }
}
