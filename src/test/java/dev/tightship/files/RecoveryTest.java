package dev.tightship.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What journals can do that a repository brings with it. */
@SuppressWarnings("NullAway.Init")
class RecoveryTest {

  private static final String ID = "0123456789abcdef";

  @TempDir Path temp;
  private Folder top;
  private Folder project;

  @BeforeEach
  void make_project() throws IOException {
    top = Folder.at(temp);
    project = top.folder("project");
  }

  @Test
  void does_what_a_true_journal_says() throws Exception {
    project.write("a.yaml", "old");
    helper(0, "new");
    journal("replace " + hash("old") + " " + hash("new") + " a.yaml");

    Recovery recovery = Transaction.recover(project.root());

    assertThat(recovery)
        .isEqualTo(new Recovery(Recovery.Kind.FINISHED, List.of("a.yaml"), List.of()));
    assertThat(project.tree()).isEqualTo(Map.of("a.yaml", "new"));
  }

  @Test
  void names_odd_files_as_they_are() throws Exception {
    String name = "b\u00fccher \n.yaml";
    Path file = Names.below(project.path(), name.getBytes(StandardCharsets.UTF_8));
    Files.writeString(file, "old");
    helper(0, "new");
    journal("replace " + hash("old") + " " + hash("new") + " b%C3%BCcher%20%0A.yaml");

    assertThat(Transaction.recover(project.root()).files()).containsExactly(name);
    assertThat(Files.readString(file)).isEqualTo("new");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../victim",
        "sub/../../victim",
        "/etc/victim",
        "%2Fetc%2Fvictim",
        "%2E%2E/victim",
        "./a.yaml",
        "a.yaml/",
        "a.yaml%00",
        "a%0",
        "%zz",
        "",
        ".",
        ".git/hooks/pre-commit",
        ".GIT/config",
        "sub/.git/config",
        ".tightship-journal",
        "out/victim",
        "link",
        "sublink/b.yaml"
      })
  void never_touches_what_no_run_would_change(String target) throws Exception {
    top.write("victim", "old");
    project.write("a.yaml", "old");
    project.write("sub/b.yaml", "old");
    project.write(".git/config", "old");
    project.link("out", "..");
    project.link("link", "a.yaml");
    project.link("sublink", "sub");
    for (String folder : new String[] {"", "sub/", ".git/"}) {
      project.write(folder + Change.PREFIX + ID + "-0.new", "new");
    }
    top.write(Change.PREFIX + ID + "-0.new", "new");
    journal("replace " + hash("old") + " " + hash("new") + " " + target);

    refuses_and_touches_nothing("names what no run of Tightship changes");
  }

  @Test
  void follows_no_link_that_stands_for_a_helper_file() throws Exception {
    top.write("victim", "new");
    project.write("a.yaml", "old");
    project.link(Change.PREFIX + ID + "-0.new", "../victim");
    journal("replace " + hash("old") + " " + hash("new") + " a.yaml");

    refuses_and_touches_nothing("names what no run of Tightship changes");
  }

  @Test
  void overwrites_nothing_whose_hash_is_another() throws Exception {
    project.write("a.yaml", "mine");
    helper(0, "new");
    journal("replace " + hash("old") + " " + hash("new") + " a.yaml");

    Recovery recovery = Transaction.recover(project.root());

    assertThat(recovery.leftAlone()).containsExactly("a.yaml");
    assertThat(project.tree()).isEqualTo(Map.of("a.yaml", "mine"));
  }

  @Test
  void uses_no_helper_file_whose_hash_is_another() throws Exception {
    project.write("a.yaml", "old");
    helper(0, "evil");
    journal("replace " + hash("old") + " " + hash("new") + " a.yaml");

    assertThat(Transaction.recover(project.root()).kind()).isEqualTo(Recovery.Kind.TAKEN_BACK);
    assertThat(project.tree()).isEqualTo(Map.of("a.yaml", "old"));
  }

  @Test
  void takes_a_folder_back_only_when_it_is_empty() throws Exception {
    project.write("full/file", "mine");
    project.folder("empty");
    String prepared = seal("tightship 1 " + ID + "\nfolder full\nfolder empty\n", "prepared");
    project.write(Journal.NAME, prepared);

    Transaction.recover(project.root());

    assertThat(project.tree()).isEqualTo(Map.of("full", "/", "full/file", "mine"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hello",
        "tightship 2 0123456789abcdef\n",
        "tightship 1 0123456789abcdef\nprepared 00\n",
      })
  void refuses_what_is_no_journal_of_ours(String text) throws Exception {
    project.write(Journal.NAME, text);

    refuses_and_touches_nothing("; nothing was touched, remove it by hand");
  }

  @Test
  void refuses_a_journal_with_a_broken_line() throws Exception {
    for (String line :
        new String[] {
          "replace a.yaml",
          "replace " + hash("old") + " a.yaml",
          "replace " + hash("old") + " " + hash("new").replace('a', 'A') + "0 a.yaml",
          "create " + hash("new") + " " + hash("new") + " a.yaml",
          "chmod a.yaml",
          "",
        }) {
      journal(line);

      refuses_and_touches_nothing("names what no run of Tightship changes");
    }
    project.write(
        Journal.NAME, committed(seal("tightship 1 ../../../../../x\nfolder a\n", "prepared")));

    refuses_and_touches_nothing("names what no run of Tightship changes");
  }

  @Test
  void refuses_a_journal_that_is_no_plain_file_or_too_large() throws Exception {
    project.folder(Journal.NAME);
    refuses_and_touches_nothing("is not a journal of Tightship; remove it by hand");

    Files.delete(project.path().resolve(Journal.NAME));
    top.write("elsewhere", "tightship 1 ");
    project.link(Journal.NAME, "../elsewhere");
    refuses_and_touches_nothing("is not a journal of Tightship; remove it by hand");

    Files.delete(project.path().resolve(Journal.NAME));
    project.write(Journal.NAME, "tightship 1 " + "x".repeat(Journal.MAX_BYTES));
    refuses_and_touches_nothing("is larger than any that Tightship writes");
  }

  private void refuses_and_touches_nothing(String sentence) throws IOException {
    Map<String, String> before = top.tree();

    assertThatThrownBy(() -> Transaction.recover(project.root()))
        .isInstanceOf(ProjectException.class)
        .hasMessageContaining(sentence);
    assertThat(top.tree()).isEqualTo(before);
  }

  private void helper(int index, String text) throws IOException {
    project.write(Change.PREFIX + ID + "-" + index + ".new", text);
  }

  private void journal(String... lines) throws IOException {
    String text = "tightship 1 " + ID + "\n" + String.join("\n", lines) + "\n";
    project.write(Journal.NAME, committed(seal(text, "prepared")));
  }

  private static String committed(String prepared) {
    return seal(prepared, "committed");
  }

  private static String seal(String text, String word) {
    return text + word + " " + hash(text) + "\n";
  }

  private static String hash(String text) {
    return Hash.of(text.getBytes(StandardCharsets.UTF_8));
  }
}
