package dev.tightship.passes;

import dev.tightship.compose.Answer;
import dev.tightship.compose.Service;
import dev.tightship.edit.Edit;
import dev.tightship.knowledge.HostAccess.Need;
import dev.tightship.pass.Fix;
import dev.tightship.pass.Remark;
import dev.tightship.pass.Risk;
import dev.tightship.pass.ServicePass;
import dev.tightship.pass.Severity;
import dev.tightship.pass.Subject;
import dev.tightship.text.Span;
import dev.tightship.yaml.Node;
import dev.tightship.yaml.YamlFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Turns on again what the engine confines each container with. */
final class UnconfinedProfile implements ServicePass {

  /** What is off, by the option without its separator, for which the engine takes two signs. */
  private static final Map<String, String> OFF =
      Map.of(
          "seccomp unconfined", "the filter of system calls (seccomp)",
          "apparmor unconfined", "AppArmor",
          "label disable", "the separation by SELinux labels",
          "systempaths unconfined", "the mask over /proc and /sys");

  @Override
  public String id() {
    return "unconfined-profile";
  }

  @Override
  public Remark inspect(Service service) {
    Subject subject = Subject.of(service, "security_opt");
    if (service.find("security_opt") instanceof Answer.Unknown unknown) {
      return unknown(subject, unknown.because());
    }
    var off = new TreeSet<String>();
    boolean open = false;
    for (Node item : service.items("security_opt")) {
      String option = option(service, item);
      open |= option == null;
      String what = option == null ? null : OFF.get(option);
      if (what != null) {
        off.add(what);
      }
    }
    if (off.isEmpty()) {
      return open
          ? unknown(subject, "a variable without a value here stands in security_opt")
          : Remark.fine(subject, "no profile is turned off");
    }
    String message = "the container runs without " + String.join(" and without ", off);
    if (Privileged.is(service)) {
      return advice(
          subject,
          message,
          "the service is privileged, which turns them off by itself: that first");
    }
    PlainServer server = PlainServer.of(service, Need.PRIVILEGED);
    if (server == null) {
      return advice(
          subject,
          message,
          "leave it out and see what fails: browsers, debuggers and FUSE need a profile of their"
              + " own or one capability, bind mounts under SELinux :z or :Z");
    }
    String obstacle = obstacle(service);
    return obstacle != null
        ? advice(subject, message, obstacle)
        : Remark.finding(
            subject,
            Severity.MEDIUM,
            message,
            new Fix(
                "turn on again what confines the container",
                Risk.BREAKING,
                server.what(),
                removals(service)));
  }

  private static Remark unknown(Subject subject, String because) {
    return Remark.advice(
        subject, Severity.LOW, "it is not known what confines the container", because);
  }

  private static Remark advice(Subject subject, String message, String unfixed) {
    return Remark.advice(subject, Severity.MEDIUM, message, unfixed);
  }

  /** Name and value of an option; null where a variable without a value decides it. */
  private static @Nullable String option(Service service, Node item) {
    if (!(item instanceof Node.Scalar scalar)) {
      return "";
    }
    String text = service.interpolated(scalar).orElse(null);
    return text == null ? null : text.replaceFirst("[=:]", " ");
  }

  private static @Nullable String obstacle(Service service) {
    List<Service.PlacedList> lists = service.lists("security_opt");
    if (lists.stream().anyMatch(list -> !list.own())) {
      return "security_opt comes from an anchor that other places share";
    }
    for (Service.PlacedList list : lists) {
      if (isAllBad(service, list) && hasComment(service, list)) {
        return "a comment in the list would go with it: take security_opt away by hand";
      }
    }
    List<Edit> removals = removals(service);
    if (removals.isEmpty()) {
      return "security_opt is not written as a list of texts";
    }
    boolean whole = removals.equals(List.of(new Edit.Remove(service.at("security_opt"))));
    return whole ? service.obstacleToRemoval("security_opt") : service.obstacle("security_opt");
  }

  /** Whether one stands between the key and the end of its list. */
  private static boolean hasComment(Service service, Service.PlacedList list) {
    YamlFile file = service.project().file(list.place().file());
    if (file == null) {
      return false;
    }
    Span span = list.list().span();
    int key = file.text().lastIndexOf("security_opt", span.start());
    return file.text().substring(key, span.end()).indexOf('#') >= 0;
  }

  private static boolean isBad(Service service, Node item) {
    String option = option(service, item);
    return option != null && OFF.containsKey(option);
  }

  private static boolean isAllBad(Service service, Service.PlacedList list) {
    return !list.list().items().isEmpty()
        && list.list().items().stream().allMatch(item -> isBad(service, item));
  }

  /**
   * From each file the options that turn something off, or the whole list where it has no other.
   */
  private static List<Edit> removals(Service service) {
    var removals = new ArrayList<Edit>();
    for (Service.PlacedList options : service.lists("security_opt")) {
      if (isAllBad(service, options)) {
        removals.add(new Edit.Remove(options.place()));
        continue;
      }
      for (Node item : options.list().items()) {
        if (isBad(service, item)) {
          removals.add(new Edit.Remove(options.place().item(item.value())));
        }
      }
    }
    return removals;
  }
}
