package dev.tightship.engine;

import dev.tightship.compose.ComposeException;
import dev.tightship.compose.Composed;
import dev.tightship.edit.Value;
import dev.tightship.yaml.Written;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The fixes of a run as one more Compose file, which leaves those of the project as they are. It is
 * what is different between the project before and after, service by service, so that it is the
 * same however the fixes are written into the files.
 *
 * @param outcome of the run; a fix that is not in the overlay is held in it, with the reason
 * @param settings in the order in which they are written
 * @param unsaid what is not said and belongs to no fix, a sentence each
 */
public record Overlay(Outcome outcome, List<Setting> settings, List<String> unsaid) {

  /**
   * One setting of a service, or one network, volume or the like.
   *
   * @param at keys from the root of the file; the last one is that of the setting
   * @param steps whose fixes it says, in their order
   */
  public record Setting(List<String> at, Value value, List<Step> steps) {

    public Setting {
      at = List.copyOf(at);
      steps = List.copyOf(steps);
    }

    /** The keys above it. */
    public List<String> above() {
      return at.subList(0, at.size() - 1);
    }

    /** The lines of the keys above it that are not those above the setting before it. */
    public List<String> headings(List<String> before) {
      var lines = new ArrayList<String>();
      boolean same = true;
      for (int i = 0; i < at.size() - 1; i++) {
        same &= i < before.size() && before.get(i).equals(at.get(i));
        if (!same) {
          lines.add(Written.heading(at.get(i), i) + "\n");
        }
      }
      return lines;
    }

    /** As it stands in the file, over as many lines as it needs, with the last line break. */
    public String text() {
      return Written.entry(at.get(at.size() - 1), value, at.size() - 1) + "\n";
    }
  }

  /**
   * Says what the applied fixes of an outcome did.
   *
   * @param hidden whether a line may not be written
   * @throws ComposeException where aliases unfold to more than can be compared
   */
  public static Overlay of(Outcome outcome, Predicate<String> hidden) throws ComposeException {
    Composed before = Composed.of(outcome.before());
    Composed after = Composed.of(outcome.after());
    return new OverlayMaker(outcome, hidden, before, after).overlay();
  }

  /** Whether a setting is said by a tag, which older versions of Docker Compose do not know. */
  public boolean hasTags() {
    return settings.stream().anyMatch(s -> Tags.isTagged(s.value));
  }
}
