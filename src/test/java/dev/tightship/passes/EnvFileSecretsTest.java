package dev.tightship.passes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.compose.Given;
import dev.tightship.engine.Level;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvFileSecretsTest extends PassTest {

  private static final String COMPOSE_TEXT =
      "services: {web: {image: 'example/web:1', env_file: [conf/web.env]}}\n";

  EnvFileSecretsTest() {
    super(new EnvFileSecrets());
  }

  private static Given given() {
    return Given.compose(COMPOSE_TEXT)
        .and(".env", "PORT=80\n# key\nAPI_KEY=Tr33-H0use-9\n")
        .and("conf/web.env", "A=1\nB_PASSWORD='Tr33-H0use-8'\nexport C_TOKEN=Tr33-H0use-7\n");
  }

  @Test
  void one_that_git_tracks_is_reported_by_the_names_in_it() {
    Given tracked = given().inGit(".env", "conf/web.env");
    advises(
        tracked,
        "git rm --cached conf/web.env, name it in .gitignore, and change the secrets: the history has"
            + " them");
    assertThat(said(tracked))
        .containsExactly(
            "high git tracks it, and the secrets of API_KEY with it",
            "high git tracks it, and the secrets of B_PASSWORD, C_TOKEN with it");
  }

  @Test
  void one_that_could_be_added_is_left_out_from_now_on() {
    hardens(
        Level.SAFE,
        given().inGit().and("conf/.gitignore", "other\n"),
        Map.of(".gitignore", ".env\n", "conf/.gitignore", "other\nweb.env\n"));
  }

  @Test
  void what_is_left_out_or_holds_nothing_is_fine() {
    leaves(
        given().inGit().and(".gitignore", ".env\n").and("conf/.gitignore", "*\n"),
        "git leaves it out");
    leaves(given(), "there is no git that could hold it");
    leaves(
        Given.compose(COMPOSE_TEXT).and("conf/web.env", "A=1\nB_PASSWORD=\n").inGit(),
        "no secret is known in it");
  }
}
