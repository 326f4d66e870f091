package dev.tightship.report;

import dev.tightship.compose.Problem;
import dev.tightship.edit.Edit;
import dev.tightship.edit.Place.Segment;
import dev.tightship.edit.Value;
import dev.tightship.engine.Outcome;
import dev.tightship.engine.Step;
import dev.tightship.pass.Fix;
import dev.tightship.pass.Remark.Finding;
import dev.tightship.pass.Subject;
import dev.tightship.text.Lines.Position;
import dev.tightship.text.Patch;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** The report for programs. The shape is described in docs/json.md; its version rises with it. */
public final class JsonReport {

  /** Version of the shape. */
  static final int SCHEMA = 1;

  private final JsonGenerator json;
  private UnaryOperator<String> mask = Redactor::line;

  private JsonReport(JsonGenerator json) {
    this.json = json;
  }

  /**
   * All projects of a run in one document.
   *
   * @param refused what kept other projects from being read at all
   */
  public static String of(String version, List<Report> reports, List<Problem> refused) {
    return Json.text(json -> new JsonReport(json).document(version, reports, refused));
  }

  private void document(String version, List<Report> reports, List<Problem> refused) {
    json.writeStartObject();
    json.writeNumberProperty("schema", SCHEMA);
    json.writeStringProperty("tightship", version);
    json.writeArrayPropertyStart("projects");
    reports.forEach(this::project);
    json.writeEndArray();
    Json.problems(json, "refused", refused, this::masked);
    json.writeEndObject();
  }

  private void project(Report report) {
    mask = report::masked;
    json.writeStartObject();
    json.writeStringProperty("project", report.name());
    json.writeStringProperty("root", report.root());
    json.writeStringProperty("level", report.outcome().level().word());
    json.writeBooleanProperty("changed", report.changes());
    String overlay = report.overlay();
    if (overlay != null) {
      json.writeStringProperty("overlay", overlay);
    }
    json.writeArrayPropertyStart("notes");
    report.notes().forEach(note -> json.writeString(masked(note)));
    json.writeEndArray();
    json.writeArrayPropertyStart("profiles");
    report.profiles().forEach(profile -> json.writeString(masked(profile)));
    json.writeEndArray();
    json.writeArrayPropertyStart("disabled");
    report.disabled().keySet().forEach(service -> json.writeString(masked(service)));
    json.writeEndArray();
    Json.problems(json, "unread", report.problems(), this::masked);
    json.writeArrayPropertyStart("steps");
    report.outcome().steps().forEach(step -> step(step, report.outcome()));
    json.writeEndArray();
    json.writeArrayPropertyStart("patches");
    for (Patch patch : report.patches()) {
      json.writeStartObject();
      json.writeStringProperty("file", patch.path());
      json.writeBooleanProperty("masked", patch.isMasked());
      json.writeBooleanProperty("unidiffZero", patch.needsUnidiffZero());
      json.writeStringProperty("patch", patch.text());
      String forGit = patch.isMasked() ? Report.text(patch) : null;
      if (forGit != null) {
        json.writeStringProperty("git", forGit);
      }
      json.writeEndObject();
    }
    json.writeEndArray();
    reach(ReachChange.of(report.outcome()));
    json.writeArrayPropertyStart("kept");
    report.kept().forEach(file -> json.writeString(masked(file)));
    json.writeEndArray();
    json.writeEndObject();
    mask = Redactor::line;
  }

  private void reach(@Nullable ReachChange change) {
    if (change != null) {
      json.writeObjectPropertyStart("reach");
      json.writeObjectPropertyStart("before");
      change.before().write(json, this::masked);
      json.writeEndObject();
      json.writeObjectPropertyStart("after");
      change.after().write(json, this::masked);
      json.writeEndObject();
      json.writeEndObject();
    }
  }

  private void step(Step step, Outcome outcome) {
    Position position = outcome.position(step);
    String file = outcome.file(step);
    Subject subject = step.remark().subject();
    json.writeStartObject();
    json.writeStringProperty("id", step.id());
    json.writeStringProperty("pass", step.pass());
    json.writeStringProperty("status", step.status().word());
    if (subject instanceof Subject.OfService service) {
      json.writeStringProperty("service", service.service());
    }
    json.writeStringProperty("file", file);
    if (position != null) {
      Json.position(json, position.line(), position.column());
    }
    if (step.remark() instanceof Finding finding) {
      json.writeStringProperty("severity", finding.severity().word());
      json.writeStringProperty("message", masked(finding.message()));
    }
    if (step.reason() != null) {
      json.writeStringProperty("reason", masked(step.reason()));
    }
    Fix fix = step.remark() instanceof Finding finding ? finding.fix() : null;
    if (fix != null) {
      fix(fix);
    }
    written(step.written());
    json.writeEndObject();
  }

  private void fix(Fix fix) {
    json.writeObjectPropertyStart("fix");
    json.writeStringProperty("title", masked(fix.title()));
    json.writeStringProperty("risk", fix.risk().word());
    json.writeStringProperty("why", masked(fix.why()));
    json.writeArrayPropertyStart("edits");
    fix.edits().forEach(this::edit);
    json.writeEndArray();
    json.writeEndObject();
  }

  /** Where a fix is written, where that is in what services share. */
  private void written(List<Edit> edits) {
    if (!edits.isEmpty()) {
      json.writeArrayPropertyStart("written");
      edits.forEach(this::edit);
      json.writeEndArray();
    }
  }

  private void edit(Edit edit) {
    json.writeStartObject();
    json.writeStringProperty("file", edit.file());
    if (edit instanceof Edit.Yaml yaml) {
      json.writeStringProperty("goal", yaml.getClass().getSimpleName().toLowerCase(Locale.ROOT));
      json.writeArrayPropertyStart("path");
      for (Segment segment : yaml.at().path()) {
        if (segment instanceof Segment.Key key) {
          json.writeString(key.name());
        } else if (segment instanceof Segment.Item item) {
          json.writeStartObject();
          json.writeName("item");
          value("", item.value());
          json.writeEndObject();
        }
      }
      json.writeEndArray();
      String name = lastKey(yaml);
      if (yaml instanceof Edit.Set set) {
        json.writeName("value");
        value(name, set.value());
      } else if (yaml instanceof Edit.Text text) {
        json.writeStringProperty("text", shown(name, text.text()));
      } else if (yaml instanceof Edit.Own own) {
        json.writeName("value");
        value(name, own.value());
      } else if (yaml instanceof Edit.Ensure ensure) {
        json.writeName("item");
        value(name, ensure.item());
      } else if (yaml instanceof Edit.Rename rename) {
        json.writeStringProperty("key", rename.key());
      }
    } else if (edit instanceof Edit.SetBase base) {
      json.writeStringProperty("goal", "set-base");
      json.writeNumberProperty("stage", base.stage());
      json.writeStringProperty("image", masked(base.image()));
    } else if (edit instanceof Edit.SetGlobalArg arg) {
      json.writeStringProperty("goal", "set-arg");
      json.writeStringProperty("name", arg.name());
      json.writeStringProperty("value", shown(arg.name(), arg.value()));
    } else if (edit instanceof Edit.SetUser user) {
      json.writeStringProperty("goal", "set-user");
      json.writeNumberProperty("stage", user.stage());
      json.writeStringProperty("user", masked(user.user()));
    } else if (edit instanceof Edit.Rewrite rewrite) {
      json.writeStringProperty("goal", "rewrite");
      json.writeNumberProperty("stage", rewrite.stage());
      json.writeStringProperty("before", masked(rewrite.before()));
      json.writeStringProperty("after", masked(rewrite.after()));
    } else if (edit instanceof Edit.Insert insert) {
      json.writeStringProperty("goal", "insert");
      json.writeNumberProperty("stage", insert.stage());
      json.writeStringProperty("instruction", masked(insert.instruction()));
      if (insert.next() != null) {
        json.writeStringProperty("before", masked(insert.next()));
      }
    } else if (edit instanceof Edit.KeepLast keep) {
      json.writeStringProperty("goal", "keep-last");
      json.writeNumberProperty("stage", keep.stage());
      json.writeStringProperty("keyword", keep.keyword());
    } else if (edit instanceof Edit.UnsetEnv unset) {
      json.writeStringProperty("goal", "unset-env");
      json.writeNumberProperty("stage", unset.stage());
      json.writeStringProperty("name", unset.name());
    } else if (edit instanceof Edit.Line line) {
      json.writeStringProperty("goal", "line");
      json.writeStringProperty("line", masked(line.line()));
    } else if (edit instanceof Edit.Assign assign) {
      json.writeStringProperty("goal", "assign");
      json.writeStringProperty("name", assign.name());
      json.writeStringProperty("key", assign.key());
      json.writeStringProperty("text", shown(assign.key(), assign.text()));
    } else if (edit instanceof Edit.Variable variable) {
      json.writeStringProperty("goal", "variable");
      json.writeStringProperty("name", variable.name());
    } else {
      json.writeStringProperty("goal", edit instanceof Edit.Keep ? "keep" : "create");
    }
    json.writeEndObject();
  }

  private static String lastKey(Edit.Yaml edit) {
    String name = "";
    for (Segment segment : edit.at().path()) {
      name = segment instanceof Segment.Key key ? key.name() : name;
    }
    return name;
  }

  private void value(String name, Value value) {
    if (value instanceof Value.Mapping mapping) {
      json.writeStartObject();
      mapping
          .entries()
          .forEach(
              (key, inner) -> {
                json.writeName(key);
                value(key, inner);
              });
      json.writeEndObject();
    } else if (value instanceof Value.Sequence list) {
      json.writeStartArray();
      list.items().forEach(item -> value(name, item));
      json.writeEndArray();
    } else if (value instanceof Value.Scalar scalar) {
      scalar(name, scalar);
    } else if (value instanceof Value.Marked marked) {
      value(name, marked.value());
    } else if (value instanceof Value.Alias alias) {
      json.writeString("*" + alias.anchor());
    }
  }

  private void scalar(String name, Value.Scalar scalar) {
    switch (scalar.kind()) {
      case BOOL -> json.writeBoolean(scalar.text().equalsIgnoreCase("true"));
      case NULL -> json.writeNull();
      case INT -> {
        boolean secret = shown(name, scalar.text()).equals(Redactor.MASK);
        if (!secret && scalar.text().matches("-?(0|[1-9][0-9]{0,17})")) {
          json.writeNumber(Long.parseLong(scalar.text()));
        } else {
          json.writeString(shown(name, scalar.text()));
        }
      }
      default -> json.writeString(shown(name, scalar.text()));
    }
  }

  /** A value, or the mask where its name says that it is a secret. */
  private String shown(String name, String text) {
    boolean secret =
        !name.isEmpty() && !Redactor.line(name + ": " + text).equals(name + ": " + text);
    return secret ? Redactor.MASK : masked(text);
  }

  private String masked(String text) {
    return mask.apply(text);
  }
}
