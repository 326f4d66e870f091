package dev.tightship.compose.model;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The short form of a mount, {@code [source:]target[:options]} (compose-go: format/volume.go). A
 * colon counts neither in {@code ${…}} nor behind a single letter, which is a drive of Windows.
 *
 * @param bind options of a bind mount, null where there are none
 * @param volume options of a volume, null where there are none
 */
record VolumeText(
    String source,
    String target,
    boolean readOnly,
    @Nullable Map<String, Data> bind,
    @Nullable Map<String, Data> volume) {

  private static final List<String> PROPAGATIONS =
      List.of("rprivate", "private", "rshared", "shared", "rslave", "slave");

  private static final String NO_COPY = "nocopy";

  static VolumeText read(String text) throws Refused {
    if (text.isEmpty()) {
      throw new Refused("a mount says nothing");
    }
    if (bytes(text) <= 2) {
      return new VolumeText("", text, false, null, null);
    }
    List<String> parts = parts(text);
    if (parts.size() > 3 || parts.stream().anyMatch(String::isEmpty)) {
      throw new Refused("a mount has too many colons, or nothing between two");
    }
    if (parts.size() == 1) {
      return new VolumeText("", parts.get(0), false, null, new LinkedHashMap<>());
    }
    String source = parts.get(0);
    String[] options = parts.size() == 3 ? parts.get(2).split(",", -1) : new String[0];
    boolean readOnly = false;
    var bind = new LinkedHashMap<String, Data>();
    var volume = new LinkedHashMap<String, Data>();
    for (String option : options) {
      if (option.equals("ro") || option.equals("rw")) {
        readOnly = option.equals("ro");
      } else if (option.equals(NO_COPY)) {
        volume.put(NO_COPY, Data.bool(true));
      } else if (PROPAGATIONS.contains(option)) {
        bind.put("propagation", Data.string(option));
      } else if (option.equals("z") || option.equals("Z")) {
        bind.put("selinux", Data.string(option));
      }
    }
    boolean path = isPath(source);
    if (path) {
      bind.put("create_host_path", Data.bool(true));
    }
    return new VolumeText(
        source,
        parts.get(1),
        readOnly,
        bind.isEmpty() ? null : bind,
        path && volume.isEmpty() ? null : volume);
  }

  /** The long form. */
  Data.Mapping data() {
    var data = new LinkedHashMap<String, Data>();
    data.put("type", Data.string(isPath(source) ? "bind" : "volume"));
    if (!source.isEmpty()) {
      data.put("source", Data.string(source));
    }
    data.put("target", Data.string(FilePath.clean(target)));
    if (readOnly) {
      data.put("read_only", Data.bool(true));
    }
    if (bind != null) {
      data.put("bind", new Data.Mapping(bind));
    }
    if (volume != null) {
      data.put("volume", new Data.Mapping(volume));
    }
    return new Data.Mapping(data);
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static List<String> parts(String text) throws Refused {
    var parts = new ArrayList<String>();
    var part = new StringBuilder();
    int braces = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '$' && i + 1 < text.length() && text.charAt(i + 1) == '{') {
        braces++;
      } else if (c == '}' && braces > 0) {
        braces--;
      } else if (c == ':' && braces == 0 && !isLetter(part)) {
        parts.add(part.toString());
        part.setLength(0);
        continue;
      }
      part.append(c);
    }
    if (braces > 0) {
      throw new Refused("a mount opens a brace and does not close it");
    }
    parts.add(part.toString());
    return parts;
  }

  private static boolean isLetter(CharSequence text) {
    return text.length() > 0
        && Character.charCount(Character.codePointAt(text, 0)) == text.length()
        && Character.isLetter(Character.codePointAt(text, 0));
  }

  private static boolean isPath(String source) {
    if (source.isEmpty()) {
      return false;
    }
    int next = source.offsetByCodePoints(0, 1);
    return ".~/".indexOf(source.charAt(0)) >= 0
        || source.startsWith("\\\\")
        || (next < source.length()
            && source.charAt(next) == ':'
            && isLetter(source.substring(0, next)));
  }
}
