package dev.tightship.compose;

import dev.tightship.compose.Sources.File;
import dev.tightship.compose.Sources.Listing;
import dev.tightship.compose.Sources.Source;
import dev.tightship.knowledge.ImageProfile;
import dev.tightship.knowledge.Images;
import dev.tightship.knowledge.file.ImageFile;
import dev.tightship.knowledge.file.InvalidImageFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a project knows of images itself, in files below its root. Bounded in number and size, as a
 * project is anybody's; a file that cannot be read leaves the others as they are.
 *
 * @param files those that were found, from the root; empty where nothing was looked for
 * @param images the knowledge with that of the project on top
 * @param problems what could not be read
 */
public record OwnImages(List<String> files, Images images, List<Problem> problems) {

  /** Where the files lie, from the root. */
  public static final String FOLDER = ".tightship/images";

  static final int MOST_FILES = 64;

  private static final int MOST_ENTRIES = 1000;

  /** In chars. The largest file that comes with the program has 14,000. */
  static final int LARGEST = 64 << 10;

  private static final String ENDING = ".yaml";

  /** Reads those of a project. */
  public static OwnImages read(Sources sources, Images builtIn) {
    var reader = new Reader(sources, builtIn);
    List<String> files = reader.list();
    files.forEach(reader::read);
    return new OwnImages(files, builtIn.under(reader.profiles), List.copyOf(reader.problems));
  }

  /** Whether a project has such files, none of which is opened. */
  static boolean exist(Sources sources) {
    return sources.files(FOLDER, folder -> false, MOST_ENTRIES) instanceof Listing.Files listing
        && listing.files().stream().anyMatch(file -> file.path().endsWith(ENDING));
  }

  private static final class Reader {
    private final Sources sources;
    private final Images builtIn;
    private final Map<String, ImageProfile> profiles = new LinkedHashMap<>();
    private final List<Problem> problems = new ArrayList<>();

    Reader(Sources sources, Images builtIn) {
      this.sources = sources;
      this.builtIn = builtIn;
    }

    List<String> list() {
      var files = new ArrayList<String>();
      Listing listing = sources.files(FOLDER, folder -> false, MOST_ENTRIES);
      if (listing instanceof Listing.Partial partial) {
        problem(FOLDER, partial.because());
        return List.of();
      }
      for (File file : ((Listing.Files) listing).files()) {
        String path = file.path();
        if (path.endsWith(".yml")) {
          problem(path, "is not read: the name of an image file ends with " + ENDING);
        } else if (path.endsWith(ENDING)) {
          files.add(path);
        }
      }
      if (files.size() > MOST_FILES) {
        problem(
            FOLDER,
            "holds %s image files, of which the first %s are read"
                .formatted(files.size(), MOST_FILES));
        return List.copyOf(files.subList(0, MOST_FILES));
      }
      return List.copyOf(files);
    }

    void read(String path) {
      Source source = sources.read(path);
      if (source instanceof Source.Refused refused) {
        problems.add(new Problem(path, refused.line(), refused.column(), refused.reason()));
      } else if (source instanceof Source.Text text) {
        if (text.text().length() > LARGEST) {
          problem(
              path,
              "is larger than %s KiB, which is not read of an image file".formatted(LARGEST >> 10));
        } else {
          read(path, text.text());
        }
      }
    }

    private void read(String path, String text) {
      try {
        ImageFile file = ImageFile.ofProject(path, text);
        var read = new LinkedHashMap<String, ImageProfile>();
        for (String name : file.names()) {
          ImageProfile other = profiles.get(name);
          if (other != null) {
            throw file.wrongName("%s is named by %s too".formatted(name, other.statedIn()));
          }
          read.put(name, file.profile(name, builtIn.find(name).orElse(null)));
        }
        profiles.putAll(read);
      } catch (InvalidImageFile e) {
        problems.add(new Problem(path, e.line(), e.column(), e.problem()));
      }
    }

    private void problem(String path, String message) {
      problems.add(new Problem(path, 0, 0, message));
    }
  }
}
