package dev.tightship.compose.model;

import dev.tightship.compose.Project;
import dev.tightship.compose.Sources.Source;
import dev.tightship.yaml.YamlException;
import dev.tightship.yaml.YamlFile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The files of a project as they stand now, edits included, below an absolute path. */
public final class ProjectFiles implements Files {

  private final Project project;
  private final String root;

  /**
   * @param root absolute path of the project's root; any will do where nobody looks at paths
   */
  public ProjectFiles(Project project, String root) {
    this.project = project;
    this.root = FilePath.clean(root);
  }

  /** What Compose would be asked: the files of the project in their order, every profile. */
  public EffectiveModel.Request request() {
    return new EffectiveModel.Request(
        project.files().stream().map(file -> FilePath.join(root, file.path())).toList(),
        FilePath.join(root, project.directory()),
        project.variables()::get,
        List.of("*"),
        null,
        true);
  }

  @Override
  public @Nullable YamlFile compose(String path) throws YamlException {
    String inside = inside(path);
    if (inside == null) {
      return null;
    }
    YamlFile known = project.file(inside);
    String text = known == null ? text(path) : null;
    return text == null ? known : YamlFile.read(inside, text);
  }

  @Override
  public @Nullable String text(String path) {
    String inside = inside(path);
    return inside != null && project.read(inside) instanceof Source.Text text ? text.text() : null;
  }

  /** The path from the root, or null for one outside of it. */
  private @Nullable String inside(String path) {
    String folder = root.equals("/") ? root : root + "/";
    return path.startsWith(folder) ? path.substring(folder.length()) : null;
  }
}
