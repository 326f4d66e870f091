package dev.tightship.engine;

import dev.tightship.compose.Project;
import dev.tightship.compose.Service;
import dev.tightship.compose.Variant;
import dev.tightship.pass.Pass;
import dev.tightship.pass.Remark;
import dev.tightship.pass.Remark.Finding;
import dev.tightship.pass.RemarksPass;
import dev.tightship.pass.Subject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether the fixes hold as well where one of the Compose files beside the project is merged over
 * it. A project without such files pays nothing for this; with them no file is read again, since a
 * variant is the texts as they stand now and one more file.
 */
final class Variants {

  private final Level level;
  private final List<Variant.Sibling> siblings;
  private final List<Variant> variants = new ArrayList<>();
  private @Nullable Project now;

  Variants(Project project, Level level) {
    this.level = level;
    this.siblings = project.siblings();
  }

  /**
   * Which fixes of a pass do not hold in all variants.
   *
   * @param project as it stands now
   * @param findings that have a fix, by id
   * @return by id, why not
   */
  Map<String, String> against(Project project, Pass pass, Map<String, Finding> findings) {
    var held = new LinkedHashMap<String, String>();
    if (siblings.isEmpty() || findings.isEmpty()) {
      return held;
    }
    merge(project);
    for (Variant variant : variants) {
      var asked = new Asked(pass, variant.project());
      findings.forEach(
          (id, finding) -> {
            String why = held.containsKey(id) ? null : against(project, variant, asked, finding);
            if (why != null) {
              held.put(id, why);
            }
          });
    }
    return held;
  }

  private void merge(Project project) {
    if (project != now) {
      now = project;
      variants.clear();
      for (Variant.Sibling sibling : siblings) {
        Variant variant = sibling.of(project);
        if (variant != null) {
          variants.add(variant);
        }
      }
    }
  }

  private @Nullable String against(Project project, Variant variant, Asked asked, Finding finding) {
    if (!(finding.subject() instanceof Subject.OfService subject)) {
      return null; // a Dockerfile, or a file as a whole, which stays what it is
    }
    Service service = asked.service(subject.service());
    boolean becomesStack = variant.project().swarm() != null && project.swarm() == null;
    return service == null
        ? null
        : new VariantService(variant, service, level, becomesStack)
            .against(finding, asked.of(service));
  }

  /** What a pass says of the services of a variant; it is asked only about those that matter. */
  private static final class Asked {
    private final Pass pass;
    private final Project project;
    private final Map<String, Service> services = new HashMap<>();
    private @Nullable Map<String, List<Remark>> all;

    Asked(Pass pass, Project project) {
      this.pass = pass;
      this.project = project;
      project.services().forEach(service -> services.put(service.name(), service));
    }

    @Nullable Service service(String name) {
      return services.get(name);
    }

    List<Remark> of(Service service) {
      if (pass instanceof RemarksPass one) {
        return one.remarks(service);
      }
      if (all == null) {
        all = new HashMap<>();
        for (Remark remark : pass.inspect(project).toList()) {
          if (remark.subject() instanceof Subject.OfService subject) {
            all.computeIfAbsent(subject.service(), s -> new ArrayList<>()).add(remark);
          }
        }
      }
      return all.getOrDefault(service.name(), List.of());
    }
  }
}
