package dev.tightship.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tightship.dockerfile.ShellBlock.Join;
import dev.tightship.dockerfile.ShellBlock.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Compares with the shells of this machine: each program is a script that notes what it is given
 * and succeeds, and no other program can be found. Skipped where there is none of the shells.
 */
class ShellOracleTest {

  private static final List<Path> SHELLS =
      Stream.of("/bin/dash", "/bin/bash").map(Path::of).filter(Files::isExecutable).toList();

  /** Those of the shell itself; they note nothing, and these do no harm. */
  private static final Set<String> BUILT_IN =
      Set.of("set", "export", "echo", "true", "[", "test", ":", "printf", "exit", "umask", "wait");

  private static final Pattern NAME = Pattern.compile("[\\w=~;+{}$#] ?[\\w=~;+{}$#.-]*|\\[");

  /** Targets of redirections that work. */
  private static final Pattern OPENS = Pattern.compile("[a-z]+|[12]");

  /** A loop that never runs. */
  private static final Pattern NO_WORDS = Pattern.compile("in[\\s\\\\]*(;|\n)|in[\\s]*#");

  private static final String NOTE =
      """
      #!/bin/sh
      printf '%s\\001' "${0##*/}" "$@" "$(printf '\\002')" >> "$NOTES"
      """;

  @TempDir static Path folder;
  private static Path programs;
  private static Path work;

  @BeforeAll
  static void prepare() throws IOException {
    assumeTrue(!SHELLS.isEmpty() && Files.isExecutable(Path.of("/bin/sh")), "there is no shell");
    programs = Files.createDirectory(folder.resolve("programs"));
    work = Files.createDirectory(folder.resolve("work"));
    Files.writeString(folder.resolve("note"), NOTE);
    assertThat(folder.resolve("note").toFile().setExecutable(true)).isTrue();
  }

  private static ShellScript.Known read(String text) {
    ShellScript script = ShellScript.ofWords(List.of("sh", "-c", text));
    assertThat(script).as(text).isInstanceOf(ShellScript.Known.class);
    return (ShellScript.Known) script;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "apt-get update && apt-get install -y --no-install-recommends curl ca-certificates && rm -rf /var/lib/apt/lists/*",
        "apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qqy tzdata=2024a-0+deb12u1 >/dev/null 2>&1",
        "apk add --no-cache --virtual .build-deps gcc musl-dev && pip install -r requirements.txt && apk del .build-deps",
        "apk add --update 'nodejs>18' \"npm\" || true",
        "yum install -y epel-release; yum clean all; rm -rf /var/cache/yum",
        "set -eux; groupadd --gid 1000 node; useradd --uid 1000 --gid node --shell /bin/bash --create-home node",
        "set -ex && curl -fsSL https://deb.nodesource.com/setup_20.x | bash - && apt-get install -y nodejs",
        "curl -sSL https://install.python-poetry.org | POETRY_HOME=/opt/poetry python3 -",
        "wget -q -O - https://dl.example.com/key.pub | apt-key add -",
        "wget --quiet \"https://example.com/a.tgz?x=1&y=2\" -O a.tgz && tar -xzf a.tgz -C opt --strip-components=1 && rm a.tgz",
        "npm ci --only=production && npm cache clean --force",
        "npm install -g npm@latest yarn@^1.22 pm2@'~5.3'",
        "pip install --no-cache-dir \"uvicorn[standard]\" 'fastapi>=0.100,<1' gunicorn==21.2.0",
        "python -c 'import sys; print(sys.version)'",
        "python manage.py collectstatic --noinput --settings=app.settings || echo failed",
        "bundle config set --local without 'development test' && bundle install --jobs 4",
        "gem install bundler -v '~> 2.0'",
        "go build -ldflags=\"-s -w -X main.version=1.0\" -o app ./cmd/...",
        "CGO_ENABLED=0 GOOS=linux go build -a -installsuffix cgo -o main .",
        "cargo build --release && strip target/release/app",
        "mvn -B -DskipTests=true clean package",
        "dotnet publish \"./App.csproj\" -c Release -o out /p:UseAppHost=false",
        "composer install --no-dev --optimize-autoloader --no-interaction",
        "docker-php-ext-configure gd --with-freetype --with-jpeg && docker-php-ext-install -j2 gd pdo_mysql zip",
        "sed -i 's/80/8080/g; s#/var/www/html#/app/public#' ports.conf && a2enmod rewrite",
        "sed -ri -e 's!/var/www/html!/srv!g' sites.conf",
        "sed -i -e 's/^# *\\(en_US.UTF-8\\)/\\1/' locale.gen && locale-gen",
        "chown -R app:app . && chmod -R u+rwX,go-w . && chmod 0755 entrypoint.sh",
        "find . -type d -name __pycache__ -exec rm -r {} + ; find . -name \\*.pyc -delete",
        "find . -type f -exec chmod a-s {} \\; || true",
        "mkdir -p data logs && touch logs/app.log && ln -sf /dev/stdout logs/access.log",
        "addgroup -S app && adduser -S -G app -h /home/app -s /sbin/nologin app",
        "echo \"deb http://deb.debian.org/debian bookworm-backports main\" > backports.list && apt-get update",
        "echo 'a b' >> f; grep -q \"^a b$\" f && cat f | sort -u > g",
        "if [ \"x\" = \"x\" ]; then npm ci; fi && npm run build",
        "for pkg in vim; do apt-get install -y tool; done; apt-get clean",
        "{ echo a; cat b; } && (uname -a; id -u)",
        "gpg --batch --keyserver hkps://keys.openpgp.org --recv-keys 0xABC || gpg --recv-keys 0xDEF",
        "pip install a\\ b # && not this",
        "supervisord -n -c supervisord.conf & nginx -g 'daemon off;'",
        "env FOO=bar BAR='a b' printenv FOO",
        "git clone --depth=1 --branch v1.0 https://github.com/a/b.git b && git -C b rev-parse HEAD",
        "sh -c 'echo \"$HOME\"' && su - app -c \"ls -la\"",
      })
  void words_are_those_that_a_shell_sees(String text) throws Exception {
    compare(text);
  }

  private static final List<String> PIECES =
      List.of(
          "p",
          "q",
          "r",
          "p ",
          "q ",
          "r ",
          " p",
          "x",
          "'y z'",
          "\"y\"",
          "\\;",
          "\\",
          "'",
          "\"",
          "$",
          "{}",
          "A=1 ",
          "A=",
          " ",
          " ",
          " ",
          ";",
          "; ",
          " && ",
          " || ",
          " | ",
          "\n",
          "(",
          ")",
          "{ ",
          "; }",
          "}",
          "if ",
          "; then ",
          "; fi",
          "for x in a; do ",
          "; done",
          "#",
          "2>&1 ",
          " >n",
          "2",
          "=",
          "in",
          "then",
          "fi",
          "\\\n",
          " \\\n ",
          "]",
          "~x");

  /** Whatever is read is a script for the shells too, and its commands are those that they run. */
  @Test
  void scripts_by_chance_are_those_that_a_shell_sees() throws Exception {
    int scripts = Integer.getInteger("scripts", 150);
    var random = new Random(Integer.getInteger("scripts.from", 3));
    int read = 0;
    int notTrivial = 0;
    while (read < scripts) {
      String text = list(random, 3);
      if (random.nextInt(3) == 0) {
        int at = random.nextInt(text.length() + 1);
        String odd = PIECES.get(random.nextInt(PIECES.size()));
        text =
            text.substring(0, at)
                + odd
                + text.substring(at + random.nextInt(2) % (text.length() - at + 1));
      }
      ShellScript script = ShellScript.ofWords(List.of("sh", "-c", text));
      if (script instanceof ShellScript.Known known
          && known.commands().size() > 1
          // Whether a shell takes what stands in there is not looked at.
          && !known.hides()
          && !NO_WORDS.matcher(text).find()
          && known.commands().stream().allMatch(ShellOracleTest::isNamed)) {
        read++;
        notTrivial += known.commands().stream().anyMatch(c -> c.block() != null) ? 1 : 0;
        compare(text);
      }
    }
    assertThat(notTrivial).isGreaterThan(scripts / 5);
  }

  /** Whether its program, if it has one, can be a file of ours. */
  private static boolean isNamed(ShellCommand command) {
    String name = command.words().isEmpty() ? "a" : command.words().get(0).literal();
    // What follows a negation would not run as if all succeeded.
    boolean negated = command.negated() || (command.block() != null && command.block().negated());
    boolean opens =
        command.redirections().stream()
            .allMatch(
                r -> r.target().literal() != null && OPENS.matcher(r.target().literal()).matches());
    return opens && !negated && name != null && NAME.matcher(name).matches();
  }

  private static String list(Random random, int depth) {
    // Nobody waits for what goes on behind a subshell.
    String behind = depth == 3 ? "& " : "\n";
    var text = new StringBuilder(item(random, depth));
    for (int n = random.nextInt(3); n > 0; n--) {
      text.append(
          pick(random, "; ", ";", "\n", " && ", "||", " | ", behind, " &&\n ", " # c\n", "\n\n"));
      text.append(item(random, depth));
    }
    return text.toString();
  }

  private static String item(Random random, int depth) {
    if (depth == 0 || random.nextInt(3) > 0) {
      return simple(random);
    }
    String inner = list(random, depth - 1);
    String end = pick(random, "; ", "\n", " ;");
    return switch (random.nextInt(4)) {
      case 0 -> "{ " + inner + end + "}";
      case 1 -> "( " + inner + ")";
      case 2 -> "if " + item(random, 0) + end + "then " + inner + end + "fi";
      default ->
          "for x in " + pick(random, "a", "'b c'", "\"$y\"") + end + "do " + inner + end + "done";
    };
  }

  private static String simple(Random random) {
    var text = new StringBuilder(pick(random, "p", "q", "r", "A=1 p", "p", "'q'", ">n r"));
    for (int n = random.nextInt(4); n > 0; n--) {
      text.append(pick(random, " ", "  ", "\t", " \\\n"));
      text.append(
          pick(
              random,
              "x",
              "'y z'",
              "\"y\"",
              "\\;",
              "a\\ b",
              "if",
              "2>&1",
              "}",
              "{}",
              "a=b",
              "x#y",
              "\"a\\$b\"",
              "'#'",
              "$",
              "$y",
              "!",
              "]"));
    }
    return text.toString();
  }

  private static String pick(Random random, String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private static void compare(String text) throws Exception {
    List<ShellCommand> run = thatRun(read(text).commands());
    for (ShellCommand command : run) {
      String name = command.words().isEmpty() ? "set" : command.words().get(0).literal();
      if (!BUILT_IN.contains(name) && Files.notExists(programs.resolve(name))) {
        Files.createSymbolicLink(programs.resolve(name), folder.resolve("note"));
      }
    }
    for (Path shell : SHELLS) {
      List<List<String>> seen = seen(shell, text);
      List<List<String>> expected = new ArrayList<>();
      for (ShellCommand command : run) {
        String name = command.words().isEmpty() ? null : command.words().get(0).literal();
        if (name != null && !BUILT_IN.contains(name)) {
          expected.add(command.words().stream().map(ShellWord::literal).toList());
        }
      }
      assertThat(names(seen, text)).as("%s: %s", shell, text).isEqualTo(names(expected, text));
      for (List<String> words : expected) {
        if (!words.contains(null)) {
          assertThat(seen).as("%s: %s", shell, text).contains(words);
        }
      }
    }
  }

  private static List<String> names(List<List<String>> commands, String text) {
    Stream<String> names = commands.stream().map(words -> words.get(0)).sorted();
    // A loop may run more than once.
    return (text.contains("for ") ? names.distinct() : names).toList();
  }

  /** What a shell runs where all programs succeed, those in loops once. */
  private static List<ShellCommand> thatRun(List<ShellCommand> commands) {
    var lastRan = new HashMap<Object, Boolean>();
    IdentityHashMap<ShellBlock, Boolean> blocks = new IdentityHashMap<>();
    var run = new ArrayList<ShellCommand>();
    for (ShellCommand command : commands) {
      boolean outer = ran(command.block(), blocks, lastRan);
      if (runs(command.join(), command.block(), lastRan) && outer) {
        run.add(command);
      }
    }
    return run;
  }

  private static boolean ran(
      @Nullable ShellBlock block,
      IdentityHashMap<ShellBlock, Boolean> blocks,
      Map<Object, Boolean> lastRan) {
    if (block == null) {
      return true;
    }
    Boolean known = blocks.get(block);
    if (known == null) {
      boolean outer = ran(block.parent(), blocks, lastRan);
      // The part after `then` runs as the one after `if` does, and is no item of its own.
      known =
          block.kind() == Kind.BRANCH
              ? lastRan.getOrDefault(key(block.parent()), true)
              : runs(block.join(), block.parent(), lastRan);
      known &= outer;
      blocks.put(block, known);
    }
    return known;
  }

  private static Object key(@Nullable ShellBlock block) {
    return block == null ? "" : System.identityHashCode(block);
  }

  private static boolean runs(Join join, @Nullable ShellBlock in, Map<Object, Boolean> lastRan) {
    boolean runs = join == Join.PIPE ? lastRan.getOrDefault(key(in), true) : join != Join.OR;
    lastRan.put(key(in), runs);
    return runs;
  }

  private static List<List<String>> seen(Path shell, String text) throws Exception {
    Path notes = folder.resolve("notes");
    Files.writeString(notes, "");
    var builder = new ProcessBuilder(shell.toString(), "-c", text + "\nwait");
    builder.directory(work.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", programs.toString());
    builder.environment().put("NOTES", notes.toString());
    builder.environment().put("LC_ALL", "C");
    Process process =
        builder
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    assertThat(output.toLowerCase(java.util.Locale.ROOT)).as(text).doesNotContain("syntax error");
    var seen = new ArrayList<List<String>>();
    for (String command : Files.readString(notes).split("\u0002\u0001", -1)) {
      if (!command.isEmpty()) {
        seen.add(List.of(command.substring(0, command.length() - 1).split("\u0001", -1)));
      }
    }
    return seen;
  }
}
