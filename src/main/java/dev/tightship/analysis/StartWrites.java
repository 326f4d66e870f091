package dev.tightship.analysis;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Programs that write to files, or fetch some, when they are started so. */
final class StartWrites {

  private record Sign(Pattern pattern, String says) {}

  private static final String START = "(?:^|(?<=[\\s;&|(\"'/`]))";
  private static final String END = "(?=$|[\\s;&|)\"'`])";

  private static final List<Sign> SIGNS =
      List.of(
          sign("(?:npm|cnpm)\\s+(?:install|ci|i|add|update|link)", "runs %s"),
          sign("npm\\s+run\\s+(?:dev|watch|build|develop)", "runs %s"),
          sign("(?:yarn|pnpm|corepack|npx|pnpx|bunx)", "runs %s, which may download or write"),
          sign("(?:pip3?|pipx|bundle|bundler|composer)\\s+(?:install|update|require)", "runs %s"),
          sign("-m\\s+(?:pip\\s+install|venv)", "runs %s"),
          sign("(?:poetry|pipenv|uv|conda|mamba)", "runs %s, which may download or write"),
          sign(
              "(?:apt|apt-get|apk|yum|dnf|microdnf)\\s+(?:-\\S+\\s+)?(?:install|add|update|upgrade)",
              "runs %s"),
          sign("go\\s+(?:run|build|get|install|generate|test)", "runs %s, which compiles"),
          sign("cargo", "runs %s, which compiles"),
          sign("dotnet\\s+(?:run|watch|build|restore|publish|test|ef)", "runs %s, which compiles"),
          sign("(?:mvnw?|gradlew?|sbt|mill)", "runs %s, which compiles"),
          sign(
              "(?:nodemon|ts-node|ts-node-dev|babel-node|tsc|webpack|webpack-dev-server|vite|next|nuxt"
                  + "|nuxi|gatsby|react-scripts|vue-cli-service|parcel|astro|remix|rollup|esbuild|pm2"
                  + "|pm2-runtime|nest|ng|expo|air|reflex|CompileDaemon)",
              "runs %s, which writes files of its own"),
          sign(
              "(?:\\S{0,200}ts-node/register|\\S{0,200}@babel/register)",
              "runs %s, which writes files of its own"),
          sign(
              "(?:\\S{0,200}manage\\.py|django-admin)\\s+(?:collectstatic|makemigrations|compilemessages|compress|startapp)",
              "runs %s"),
          sign(
              "celery\\s[^;&|]{0,500}(?:\\bbeat\\b|\\s-B\\b)",
              "runs a schedule of Celery, which it keeps in a file"),
          sign("supervisord", "runs %s, which keeps its process number and logs in files"),
          sign("(?:rails|rake|bin/rails)", "runs %s, which writes to tmp and log"),
          sign("(?:\\S{0,200}/)?artisan", "runs %s, which writes to storage"),
          sign("(?:playwright|puppeteer)\\s+install", "runs %s"),
          sign("(?:prisma|drizzle-kit)\\s+\\w+", "runs %s, which may download or write"),
          sign(
              "(?:jupyter|jupyter-lab|jupyter-notebook|streamlit|mlflow|airflow|superset)",
              "runs %s, which writes files of its own"));

  /** Options of Python's servers that are followed by a file which they write. */
  private static final Pattern FILE_OPTION =
      Pattern.compile(
          "(?:^|\\s)(--pid|--pidfile|--log-file|--error-logfile|--access-logfile|--logto|--daemonize)(?:=|\\s+)[\"']?([^\\s\"']+)");

  private StartWrites() {}

  private static Sign sign(String words, String says) {
    return new Sign(Pattern.compile(START + words + END), says);
  }

  /** Half a sentence, or null. */
  static @Nullable String in(String command, Places places) {
    if (command.strip().startsWith("#")) {
      return null;
    }
    for (Sign sign : SIGNS) {
      Matcher matcher = sign.pattern.matcher(command);
      if (matcher.find()) {
        return sign.says.replace("%s", matcher.group().strip().replaceAll("\\s+", " "));
      }
    }
    Matcher option = FILE_OPTION.matcher(command);
    while (option.find()) {
      if (!option.group(2).equals("-") && !places.at(option.group(2))) {
        return "names a file with " + option.group(1);
      }
    }
    return null;
  }
}
