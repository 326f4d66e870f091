package dev.tightship;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.cli.Tightship;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What the README shows is what the program prints. */
class ReadmeTest {

  @Test
  void shows_real_output() throws IOException {
    var out = new StringWriter();
    var err = new StringWriter();
    String[] command = {"harden", "fixtures/secure-web-app", "--service", "web"};
    assertThat(Tightship.run(command, new PrintWriter(out), new PrintWriter(err))).isZero();
    String readme = Files.readString(Path.of("README.md"));
    assertThat(block(readme, "```diff\n")).isEqualTo(out.toString());
    String summary = block(readme, "because of what:\n\n```\n");
    assertThat(err.toString()).startsWith(summary.substring(0, summary.indexOf("    ...\n")));
  }

  private static String block(String readme, String opening) {
    int start = readme.indexOf(opening);
    assertThat(start).as("a block behind " + opening.strip()).isNotNegative();
    start += opening.length();
    return readme.substring(start, readme.indexOf("```", start));
  }
}
