package dev.tightship.knowledge.build;

import dev.tightship.knowledge.CompiledProfile;
import dev.tightship.knowledge.ImageProfile;
import dev.tightship.knowledge.Images;
import dev.tightship.knowledge.file.ImageFile;
import dev.tightship.knowledge.file.InvalidImageFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The build step: reads each image file strictly and writes one resource a name. */
public final class CompileImages {

  private CompileImages() {}

  /**
   * Takes the folder of the image files and the folder for the resources.
   *
   * @throws InvalidImageFile naming file and field, if one is not as it must be; nothing is written
   */
  public static void main(String[] args) throws IOException {
    if (args.length != 2) {
      throw new IllegalArgumentException("usage: CompileImages IMAGES RESOURCES");
    }
    compile(Path.of(args[0]), Path.of(args[1]));
  }

  static void compile(Path images, Path resources) throws IOException {
    Map<String, String> texts = new TreeMap<>();
    for (Path file : files(images, ".yaml")) {
      String name = file.getFileName().toString();
      ImageProfile profile = ImageFile.read(name, Files.readString(file));
      String text = CompiledProfile.write(profile);
      for (String imageName : profile.names()) {
        String resource = Path.of(Images.resource(imageName)).getFileName().toString();
        if (texts.put(resource, text) != null) {
          throw new InvalidImageFile(name, "names", imageName + " is named by another file too");
        }
      }
    }
    Files.createDirectories(resources);
    for (Path old : files(resources, "")) {
      if (!texts.containsKey(old.getFileName().toString())) {
        Files.delete(old);
      }
    }
    for (Map.Entry<String, String> entry : texts.entrySet()) {
      writeIfChanged(resources.resolve(entry.getKey()), entry.getValue());
    }
  }

  /** An unchanged file keeps its time, so that later steps of the build stay idle. */
  private static void writeIfChanged(Path file, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (!Files.exists(file) || !Arrays.equals(Files.readAllBytes(file), bytes)) {
      Files.write(file, bytes);
    }
  }

  private static List<Path> files(Path folder, String ending) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }
}
