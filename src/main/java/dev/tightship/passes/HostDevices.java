package dev.tightship.passes;

import dev.tightship.compose.Answer;
import dev.tightship.compose.Service;
import dev.tightship.knowledge.HostAccess.Need;
import dev.tightship.pass.Remark;
import dev.tightship.pass.RemarksPass;
import dev.tightship.pass.Severity;
import dev.tightship.pass.Subject;
import dev.tightship.yaml.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Names the devices of the machine that open more than a device. */
final class HostDevices implements RemarksPass {

  private static final Pattern MEMORY = Pattern.compile("/dev/(k?mem|port|crash)");
  private static final Pattern LOG = Pattern.compile("/dev/kmsg");
  private static final Pattern DISK =
      Pattern.compile(
          "/dev/((sd|hd|vd|xvd)[a-z]+\\d*|nvme\\d+(n\\d+(p\\d+)?)?|mmcblk\\d+(p\\d+)?|dm-\\d+|md\\d+"
              + "|loop(\\d+|-control)|nbd\\d+|zfs|btrfs-control|(mapper|disk|md|zvol|loop)(/.*)?)");

  /** What gives a service the one thing that it is named after. */
  private static final Pattern ORDINARY =
      Pattern.compile(
          "/dev/(dri|snd|input|bus/usb|usb|serial|v4l|dvb|net|dma_heap|nvidia-caps)(/.*)?"
              + "|/dev/(tty(USB|ACM|AMA|S|O|mxc|THS)\\d+|ttyUSB-?\\w*|kfd|nvidia[\\w-]*|fuse|kvm|ppp|rtc\\d*"
              + "|video\\w*|media\\d+|i2c-\\d+|spidev\\S+|gpiomem\\d*|gpiochip\\d+|hidraw\\d+|cec\\d+"
              + "|apex_\\d+|vchiq|vcio|vhost-net|lirc\\d+|sr\\d+|cdrom|null|zero|full|u?random)");

  private static final Pattern RULE =
      Pattern.compile("\\s*([abc])\\s+(\\d+|\\*):(\\d+|\\*)\\s+[rwm]+\\s*");

  private static final String ALONE =
      "leave it out, or put :r behind it where the service only reads";

  @Override
  public String id() {
    return "host-devices";
  }

  @Override
  public boolean joins() {
    return true;
  }

  @Override
  public List<Remark> remarks(Service service) {
    var remarks = new ArrayList<Remark>();
    for (String key : new String[] {"devices", "device_cgroup_rules"}) {
      if (service.find(key) instanceof Answer.Unknown unknown) {
        return List.of(
            Remark.advice(
                Subject.of(service, key),
                Severity.LOW,
                "it is not known which devices of the machine the service has",
                unknown.because()));
      }
      for (Service.PlacedList list : service.lists(key)) {
        for (Node item : list.list().items()) {
          var subject = new Subject.OfService(service.name(), list.place().item(item.value()));
          Remark remark =
              key.equals("devices") ? device(service, subject, item) : rule(service, subject, item);
          if (remark != null) {
            remarks.add(remark);
          }
        }
      }
    }
    for (HostPath mounted : HostPath.of(service)) {
      Remark remark = mount(service, mounted);
      if (remark != null) {
        remarks.add(remark);
      }
    }
    if (remarks.isEmpty()) {
      remarks.add(
          Remark.fine(
              Subject.of(service, "devices"),
              service.has("devices")
                  ? "its devices open no more than themselves"
                  : "it has no device of the machine"));
    }
    return remarks;
  }

  private static @Nullable Remark device(Service service, Subject subject, Node item) {
    Node written = item instanceof Node.Mapping mapping ? mapping.get("source") : item;
    if (!(written instanceof Node.Scalar scalar)) {
      return null;
    }
    String text = service.interpolated(scalar).orElse(null);
    if (text == null) {
      return Remark.advice(
          subject,
          Severity.LOW,
          "a variable without a value here decides which device of the machine the service has",
          "give it a default that names the device");
    }
    String path = item instanceof Node.Mapping ? text : text.split(":", 2)[0];
    if (!path.startsWith("/") || ORDINARY.matcher(path).matches()) {
      return null; // a name such as nvidia.com/gpu=all is of the vendor's making
    }
    String opens = opens(path);
    if (opens == null) {
      return Remark.advice(
          subject,
          Severity.INFO,
          "it is not known what %s opens to the service".formatted(path),
          "leave it out, unless the service works on it");
    }
    String enough = PlainServer.enough(service, Need.DEVICES);
    return enough != null && LOG.matcher(path).matches()
        ? Remark.advice(subject, Severity.INFO, opens, enough)
        : Remark.advice(subject, Severity.HIGH, opens, ALONE);
  }

  /** What a device opens beyond itself, half a sentence, or null. */
  private static @Nullable String opens(String path) {
    if (path.equals("/dev") || path.equals("/dev/")) {
      return "the service has every device of the machine, its disks and its memory included";
    }
    if (MEMORY.matcher(path).matches()) {
      return "%s is the memory of the machine: whoever writes there is its kernel".formatted(path);
    }
    if (LOG.matcher(path).matches()) {
      return "%s shows and takes messages of the kernel".formatted(path);
    }
    return DISK.matcher(path).matches()
        ? "%s is a disk of the machine, with all its files and past all their permissions"
            .formatted(path)
        : null;
  }

  private static @Nullable Remark rule(Service service, Subject subject, Node item) {
    String text = item instanceof Node.Scalar scalar ? service.interpolated(scalar).orElse("") : "";
    Matcher rule = RULE.matcher(text);
    if (!rule.matches()) {
      return null;
    }
    boolean all = rule.group(1).equals("a") || rule.group(2).equals("*");
    if (!all && rule.group(1).equals("c")) {
      return null; // one kind of character devices, as a serial adapter that comes and goes
    }
    return Remark.advice(
        subject,
        Severity.HIGH,
        all
            ? "the rule opens every device of the machine that the service can name or make"
            : "the rule opens disks of the machine, with all their files",
        "name the devices under devices, or the one kind of them: \"c 188:* rmw\" is for serial"
            + " adapters");
  }

  private static @Nullable Remark mount(Service service, HostPath mounted) {
    if (mounted.path().equals("/dev")) {
      return Remark.advice(
          mounted.subject(service),
          Severity.HIGH,
          "the service has the /dev of the machine, the terminals of its users included",
          "mount nothing there, and name the devices that it needs under devices");
    }
    if (mounted.path().equals("/dev/shm")) {
      return Remark.advice(
          mounted.subject(service),
          Severity.MEDIUM,
          "the service shares memory with the processes of the machine",
          "leave it out, and set shm_size");
    }
    String opens = mounted.isIn("/dev") ? opens(mounted.path()) : null;
    if (opens == null || (mounted.mount().readOnly() && watches(service))) {
      return null;
    }
    boolean opened = Privileged.is(service) || service.has("device_cgroup_rules");
    return opened
        ? Remark.advice(mounted.subject(service), Severity.HIGH, opens, ALONE)
        : Remark.advice(
            mounted.subject(service),
            Severity.LOW,
            "%s is mounted like a file: the engine lets the service see it, and not open it"
                .formatted(mounted.path()),
            "leave it out");
  }

  private static boolean watches(Service service) {
    return PlainServer.enough(service, Need.HOST_FILES) != null;
  }
}
