package dev.tightship.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a stranger writes into a project, no terminal and no CI runner acts on it. */
@SuppressWarnings("NullAway.Init")
@DisabledOnOs(OS.WINDOWS)
class HostileTextTest {

  /** What GitHub Actions and Azure Pipelines look for in each line. */
  private static final Pattern COMMAND =
      Pattern.compile("^[\\s\\p{Z}]*::|##\\w*\\[", Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

  /** All that steers a terminal or hides text, but line breaks and tabs. */
  private static final Pattern STEERING =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}&&[^\n\t\r]]|\r(?!\n)");

  @TempDir Path temp;

  @BeforeEach
  void uses_real_paths() throws IOException {
    temp = temp.toRealPath();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "::error::x",
        "::stop-commands::x",
        "\u00a0::error file=a::x",
        "##[error]x",
        "##vso[task.setvariable variable=a]b",
        "a\u202eb",
        "\u2066a\u2069",
        "a\u200bb",
        "a\udb40\udc41b",
        "[link](javascript:x) ![](x) <img src=x> |`a`|",
        "\ufeffa"
      })
  void text_of_a_project(String text) throws IOException {
    Path project = temp.resolve("project");
    String quoted = "\"" + text + "\"";
    Cli.write(
        project.resolve("compose.yaml"),
        """
        # %1$s
        services:
          # %1$s
          %2$s: # %1$s
            image: nginx:alpine # %1$s
            labels:
              %2$s: %2$s
          %3$s:
            image: %2$s
            build: {context: .}
            ports: ["80:x%1$s"]
          b:
            image: redis:%1$s
        """
            .formatted(text, quoted, "\"a " + text + "\""));
    Cli.write(
        project.resolve("Dockerfile"),
        "# " + text + "\nFROM nginx:stable # " + text + "\n# " + text + "\n");
    Cli.write(project.resolve(".env"), "A=" + text + "\nB=${" + text + "\n");

    for (String level : List.of("standard", "strict")) {
      for (Object[] more :
          new Object[][] {
            {},
            {"-v"},
            {"--format", "json"},
            {"--patch", "-"},
            {"--overlay", "-"},
            {"--service", text},
            {"--only", text}
          }) {
        var arguments = new ArrayList<Object>(List.of("harden", "--level", level, project));
        arguments.addAll(List.of(more));
        harmless(Cli.run(arguments.toArray()));
      }
    }
    for (String format : List.of("text", "json", "mermaid", "dot")) {
      harmless(Cli.run("networks", "-v", "--format", format, project));
    }
    harmless(Cli.run("networks", project, "--service", text));
    harmless(Cli.run("secrets", project));
    harmless(Cli.run("secrets", project, "--from", text));
    harmless(Cli.run("secrets", project, "--from-folder", temp.resolve(text.replace('/', '_'))));
    harmless(Cli.run("explain", text));
    harmless(Cli.run(text));
    harmless(Cli.run("harden", temp.resolve(text.replace('/', '_'))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\e[31mred", "\\u0007", "a\\nb::error::c", "a\\r::error::b", "\\x9b31m"})
  void text_that_yaml_makes_of_escapes(String escape) throws IOException {
    Path project = temp.resolve("project");
    Cli.write(
        project.resolve("compose.yaml"),
        """
        services:
          "s %1$s":
            image: "nginx:%1$s"
            ports: ["80:%1$s"]
            security_opt: "%1$s"
          t:
            build: {context: ".", dockerfile: "D%1$s"}
        """
            .formatted(escape));

    Cli.Run text = Cli.run("harden", "--level", "strict", "-v", project);
    harmless(text);
    assertThat(text.err()).contains("service s ");
    harmless(Cli.run("harden", "--level", "strict", "--format", "json", project));
    for (String format : List.of("text", "json", "mermaid", "dot")) {
      harmless(Cli.run("networks", "-v", "--format", format, project));
    }
  }

  @Test
  void names_of_files_and_folders() throws Exception {
    for (String name :
        List.of("a\u001b[31mb", "::error::x", "##[error]x", "a\u202eb", "a\nb", "a\rb")) {
      Path project = Files.createTempDirectory(temp, "p").resolve(name);
      Cli.write(
          project.resolve(name + ".yaml"),
          "services:\n  web:\n    image: nginx:alpine\n  api:\n    build: .\n");
      Cli.write(project.resolve("Dockerfile"), "FROM nginx:stable\n");
      Cli.write(project.resolve("bad.yaml"), "services: [");
      Cli.commitAll(project.resolveSibling("."));
      for (Object[] more :
          new Object[][] {
            {},
            {"--format", "json"},
            {"--patch", temp.resolve(name)},
            {"--series", temp.resolve("series" + name)},
            {"--overlay", temp.resolve("overlay" + name)},
            {"--overlay", "-"},
            {"-o", temp.resolve("o" + name)},
            {"-i"}
          }) {
        var arguments = new ArrayList<Object>(List.of("harden", project.resolve(name + ".yaml")));
        arguments.addAll(List.of(more));
        Cli.Run run = Cli.run(arguments.toArray());
        assertThat(run.code()).as(run.err()).isZero();
        harmless(run);
      }
      for (String format : List.of("text", "json", "mermaid", "dot")) {
        harmless(Cli.run("networks", "--format", format, project.resolve(name + ".yaml")));
      }
      harmless(Cli.run("harden", project.resolve("bad.yaml")));
      harmless(Cli.run("harden", project.resolve(name + ".yaml"), "-o", project.resolve("x")));
    }
  }

  @Test
  void a_null_char_in_a_file_of_variables() throws IOException {
    Cli.write(temp.resolve("compose.yaml"), "services:\n  web:\n    image: nginx:${TAG}\n");
    Cli.write(temp.resolve(".env"), "TAG=a\0\u001b[31m\nX='\u001b[31m\n");
    harmless(Cli.run("harden", "--level", "strict", "-v", temp));
    harmless(Cli.run("harden", "--level", "strict", "--format", "json", temp));
  }

  @Test
  void a_patch_file_keeps_the_bytes() throws Exception {
    String text =
        "services:\n  web:\n    # ::error::\u202e\n    image: nginx:alpine # ##[x]\u200b\n    # \u202e\n";
    Cli.write(temp.resolve("compose.yaml"), text);
    Cli.commitAll(temp);
    Path patch = Files.createTempDirectory(temp, "x").resolve("p.patch");

    Cli.Run run = Cli.run("harden", "--only", "pin-image", temp, "--patch", patch);

    assertThat(run.code()).isZero();
    assertThat(Files.readString(patch))
        .contains(" ::error::\u202e\n", " ##[x]\u200b\n", "\n     # \u202e\n");
    Cli.git(temp, "apply", patch.toString());
    assertThat(Files.readString(temp.resolve("compose.yaml")))
        .isEqualTo(text.replaceFirst("nginx:alpine", "nginx:1.31.4-alpine"));
    harmless(run);

    Cli.git(temp, "checkout", "-q", ".");
    Cli.Run shown = Cli.run("harden", "--only", "pin-image", temp, "--patch", "-");
    assertThat(shown.code()).isEqualTo(2);
    assertThat(shown.errors())
        .singleElement()
        .asString()
        .contains("a new line cannot be shown as it is");
  }

  private static void harmless(Cli.Run run) {
    assertThat(run.code()).isLessThan(3);
    for (String text : List.of(run.out(), run.err())) {
      assertThat(COMMAND.matcher(text).find()).as(text).isFalse();
      assertThat(STEERING.matcher(text).find()).as(text).isFalse();
    }
  }
}
