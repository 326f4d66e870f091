package dev.tightship.report;

import dev.tightship.compose.ComposeException;
import dev.tightship.compose.Problem;
import dev.tightship.compose.Service;
import dev.tightship.engine.Outcome;
import dev.tightship.engine.Overlay;
import dev.tightship.engine.Series;
import dev.tightship.engine.Step;
import dev.tightship.pass.Fix;
import dev.tightship.pass.Page;
import dev.tightship.text.Patch;
import dev.tightship.text.Traced;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One project's run as the formats see it. */
public final class Report {

  private final String name;
  private final String root;
  private final Outcome outcome;
  private final Function<String, Page> pages;
  private final Secrets secrets;
  private final @Nullable Series series;
  private final @Nullable Overlay overlay;
  private final OverlayText.@Nullable Use use;

  /**
   * @param name of the project, as it was given
   * @param root folder from which the paths of the project are seen, for people
   * @param pages that of a pass, by its id
   */
  public Report(String name, String root, Outcome outcome, Function<String, Page> pages) {
    this(name, root, outcome, pages, Secrets.of(outcome, List.of()), null, null, null);
  }

  /** The same with what each pass changed. */
  public Report(String name, String root, Series series, Function<String, Page> pages) {
    this(
        name,
        root,
        series.outcome(),
        pages,
        Secrets.of(series.outcome(), series.changes()),
        series,
        null,
        null);
  }

  private Report(
      String name,
      String root,
      Outcome outcome,
      Function<String, Page> pages,
      Secrets secrets,
      @Nullable Series series,
      @Nullable Overlay overlay,
      OverlayText.@Nullable Use use) {
    this.name = name;
    this.root = root;
    this.outcome = outcome;
    this.pages = pages;
    this.secrets = secrets;
    this.series = series;
    this.overlay = overlay;
    this.use = use;
  }

  /**
   * The same run as an overlay that changes no file of the project.
   *
   * @throws ComposeException where the project unfolds to more than can be compared
   */
  public Report overlaid(OverlayText.Use use) throws ComposeException {
    Overlay said = Overlay.of(outcome, line -> !masked(line).equals(line));
    return new Report(name, root, said.outcome(), pages, secrets, null, said, use);
  }

  /** The project as it was given. */
  public String name() {
    return name;
  }

  String root() {
    return root;
  }

  /** What the run did. */
  public Outcome outcome() {
    return outcome;
  }

  /** The changes as patches that can be applied, by path. Secrets are hidden all the same. */
  public List<Patch> patches() {
    return patches(Masks::secrets);
  }

  /** The changes as they may be shown anywhere: nothing in them is acted upon. */
  public List<Patch> shown() {
    return patches(Masks::shown);
  }

  /**
   * A patch as git reads it, in which no name of a file is taken for an order; for git alone where
   * a line to change is masked. Null where it would hold what is masked.
   */
  public static @Nullable String text(Patch patch) {
    return patch.isMasked()
        ? binary(patch)
        : Header.of(patch) + patch.text().substring(patch.header().length());
  }

  /** The same for {@code git am}, which cannot be asked to take lines without those around them. */
  static @Nullable String mailed(Patch patch) {
    return isForGitAlone(patch) ? binary(patch) : text(patch);
  }

  /** Whether {@code git am} gets a patch in the form that git alone reads. */
  static boolean isForGitAlone(Patch patch) {
    return patch.isMasked() || patch.needsUnidiffZero();
  }

  private static @Nullable String binary(Patch patch) {
    String header = Header.of(patch);
    String binary = patch.binary();
    return binary == null ? null : header.substring(0, header.indexOf('\n') + 1) + binary;
  }

  /** What each pass changed, as patches for {@code git am}; empty where that was not asked for. */
  public List<Letter> letters() {
    if (series == null) {
      return List.of();
    }
    var letters = new ArrayList<Letter>();
    List<Series.Change> changes = series.changes();
    for (Series.Change change : changes) {
      letters.add(
          Letter.of(
              this,
              letters.size() + 1,
              changes.size(),
              change.passes(),
              series.steps(change),
              patches(change.texts(), change.created(), Masks::secrets)));
    }
    return letters;
  }

  /** The text of the overlay; null for a run that is none. */
  public @Nullable String overlay() {
    return overlay == null || use == null ? null : OverlayText.of(overlay, use, this::masked);
  }

  /** Whether each line of a text may be shown anywhere as it is. */
  public static boolean isHarmless(String text) {
    return text.lines().allMatch(line -> Escape.line(line).equals(line));
  }

  boolean isOverlaid() {
    return overlay != null;
  }

  /** Whether the run changes something, where it is written to. */
  boolean changes() {
    return overlay == null ? outcome.changed() : !overlay.settings().isEmpty();
  }

  private List<Patch> patches(BiFunction<Secrets, Traced, UnaryOperator<String>> mask) {
    return overlay == null
        ? patches(outcome.texts(), outcome.after().created(), mask)
        : List.of(); // no file of the project changes
  }

  private List<Patch> patches(
      Map<String, Traced> texts,
      Map<String, String> created,
      BiFunction<Secrets, Traced, UnaryOperator<String>> mask) {
    var patches = new ArrayList<Patch>();
    for (Map.Entry<String, Traced> e : new TreeMap<>(texts).entrySet()) {
      if (!e.getValue().text().equals(e.getValue().original())) {
        patches.add(Patch.of(e.getKey(), e.getValue(), mask.apply(secrets, e.getValue())));
      }
    }
    for (Map.Entry<String, String> e : new TreeMap<>(created).entrySet()) {
      var whole = Traced.of(e.getValue());
      patches.add(Patch.created(e.getKey(), e.getValue(), mask.apply(secrets, whole)));
    }
    return patches;
  }

  /** Files with a secret that fixes make or add to, which no diff and no patch shows. */
  List<String> kept() {
    var files = new TreeSet<>(outcome.after().others().kept().keySet());
    files.addAll(outcome.after().others().variables().keySet());
    return List.copyOf(files);
  }

  List<Problem> problems() {
    return outcome.before().problems();
  }

  /** May quote a project. */
  List<String> notes() {
    var notes = new ArrayList<>(outcome.before().notes());
    if (series != null && !kept().isEmpty()) {
      notes.add(
          "the files that hold secrets are not in the series: -i and -o make them, and tightship"
              + " secrets does in a clone");
    }
    if (overlay != null) {
      notes.addAll(overlay.unsaid());
    }
    return notes;
  }

  /** The profiles that are enabled. */
  List<String> profiles() {
    return outcome.before().profiles();
  }

  /** The services that do not start with the project, with the profiles that would start them. */
  Map<String, List<String>> disabled() {
    var disabled = new LinkedHashMap<String, List<String>>();
    for (Service service : outcome.before().services()) {
      if (!service.isEnabled()) {
        disabled.put(service.name(), service.profiles());
      }
    }
    return disabled;
  }

  Page page(Step step) {
    return page(step.pass());
  }

  Page page(String pass) {
    return pages.apply(pass);
  }

  /** In brackets: how a fix that was applied may change what runs, why, and where it is written. */
  static String risk(Step step, Fix fix) {
    String where = step.reason() == null ? "" : "; " + step.reason();
    return "(%s: %s%s)".formatted(fix.risk().word(), fix.why(), where);
  }

  /** A sentence about what could not be read, with the secrets of the project hidden. */
  public String maskedError(String sentence) {
    return Redactor.error(masked(sentence));
  }

  /** A sentence with the secrets of the project hidden. */
  public String masked(String sentence) {
    return secrets.line(sentence);
  }
}
