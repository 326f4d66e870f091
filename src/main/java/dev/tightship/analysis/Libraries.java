package dev.tightship.analysis;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Libraries that write to files by themselves, or that unpack native code, so that a program that
 * depends on one may write without a call of its own. By where their names stand.
 */
final class Libraries {
  private static final Libraries NODE =
      new Libraries(
          "package\\.json",
          "npm|yarn|pnpm|bun",
          """
      better-sqlite3 sqlite3 sqlite lowdb nedb nedb-promises @seald-io/nedb lmdb level leveldown \
      classic-level level-rocksdb rocksdb node-persist node-json-db conf configstore electron-store \
      node-localstorage localstorage-fs pouchdb pouchdb-server express-pouchdb realm gun pm2 \
      winston-daily-rotate-file rotating-file-stream file-stream-rotator pino-roll \
      session-file-store cache-manager-fs-hash flat-cache file-system-cache \
      next nuxt gatsby @strapi/strapi strapi ghost keystone @keystone-6/core @directus/api directus \
      n8n node-red meteor verdaccio whatsapp-web.js venom-bot @wppconnect-team/wppconnect \
      puppeteer playwright playwright-core puppeteer-core chrome-launcher selenium-webdriver \
      mongodb-memory-server embedded-postgres @xenova/transformers @huggingface/transformers \
      """);

  private static final Libraries PYTHON =
      new Libraries(
          "requirements[\\w.-]*\\.(?:txt|in)|pyproject\\.toml|Pipfile|setup\\.(?:cfg|py)",
          "pip3?|poetry|uv|pipenv|conda",
          """
      tinydb aiosqlite diskcache sqlitedict zodb plyvel lmdb chromadb lancedb duckdb \
      transformers sentence-transformers huggingface-hub diffusers openai-whisper faster-whisper \
      whisper nltk spacy easyocr paddleocr ultralytics fastai autogluon rasa mlflow \
      jupyter jupyterlab notebook streamlit chainlit apache-airflow apache-superset prefect \
      dagster selenium playwright pyppeteer undetected-chromedriver \
      webdriver-manager esphome wagtail django-cms django-filer \
      django-imagekit sorl-thumbnail easy-thumbnails django-compressor flask-uploads \
      flask-reuploaded flask-session concurrent-log-handler yt-dlp youtube-dl \
      instaloader supervisor \
      """);

  private static final Libraries PHP =
      new Libraries(
          "composer\\.json",
          "composer",
          """
      laravel/framework laravel/lumen-framework symfony/framework-bundle symfony/symfony \
      symfony/cache cakephp/cakephp yiisoft/yii2 codeigniter4/framework codeigniter/framework \
      drupal/core drupal/core-recommended roots/wordpress johnpbloch/wordpress magento/framework \
      magento/product-community-edition shopware/core typo3/cms-core craftcms/cms statamic/cms \
      october/rain nette/nette nette/bootstrap smarty/smarty mpdf/mpdf dompdf/dompdf \
      league/glide \
      """);

  private static final Libraries JVM =
      new Libraries(
          "pom\\.xml|build\\.gradle(?:\\.kts)?|libs\\.versions\\.toml|build\\.sbt",
          "mvn|gradle",
          """
      sqlite-jdbc derby hsqldb-file mapdb xodus leveldbjni-all leveldbjni rocksdbjni lmdbjava \
      kafka-streams lucene-core hibernate-search-backend-lucene neo4j jackrabbit-core \
      snappy-java zstd-jni jna jna-platform jansi netty-tcnative-boringssl-static conscrypt-openjdk \
      jffi jnr-posix javacv-platform javacpp opencv tensorflow-core-platform pytorch-native-auto \
      selenium-java playwright chronicle-queue \
      """);

  private static final Libraries GO =
      new Libraries(
          "go\\.mod",
          "go",
          """
      github.com/mattn/go-sqlite3 modernc.org/sqlite github.com/glebarez/sqlite \
      gorm.io/driver/sqlite zombiezen.com/go/sqlite crawshaw.io/sqlite go.etcd.io/bbolt \
      github.com/boltdb/bolt github.com/dgraph-io/badger github.com/syndtr/goleveldb \
      github.com/cockroachdb/pebble github.com/blevesearch/bleve github.com/asdine/storm \
      github.com/tidwall/buntdb github.com/peterbourgon/diskv gopkg.in/natefinch/lumberjack.v2 \
      github.com/natefinch/lumberjack github.com/lestrrat-go/file-rotatelogs \
      github.com/caddyserver/certmagic github.com/pocketbase/pocketbase \
      github.com/chromedp/chromedp github.com/go-rod/rod github.com/ncruces/go-sqlite3 \
      """);

  private static final Libraries RUBY =
      new Libraries(
          "Gemfile|[\\w-]+\\.gemspec",
          "gem|bundle",
          """
      rails sqlite3 bootsnap carrierwave paperclip shrine activestorage hanami jekyll middleman \
      lmdb pstore yard sprockets nanoc \
      """);

  private static final Libraries CSHARP =
      new Libraries(
          "[\\w.-]+\\.(?:csproj|fsproj)|Directory\\.Packages\\.props|packages\\.config",
          "dotnet",
          """
      Microsoft.EntityFrameworkCore.Sqlite Microsoft.EntityFrameworkCore.Sqlite.Core \
      Microsoft.Data.Sqlite Microsoft.Data.Sqlite.Core System.Data.SQLite sqlite-net-pcl LiteDB \
      RavenDB.Embedded RocksDB Serilog.Sinks.File Serilog.Sinks.RollingFile \
      Microsoft.Playwright PuppeteerSharp Selenium.WebDriver Umbraco.Cms OrchardCore \
      Microsoft.AspNetCore.Identity.UI Microsoft.AspNetCore.DataProtection \
      """);

  private static final Libraries RUST =
      new Libraries(
          "Cargo\\.toml",
          "cargo",
          """
      rusqlite sled rocksdb redb heed lmdb tracing-appender flexi_logger log4rs polodb_core \
      surrealdb headless_chrome persy fjall tantivy \
      """);

  private static final List<Libraries> ALL =
      List.of(NODE, PYTHON, PHP, JVM, GO, RUBY, CSHARP, RUST);

  private static final Pattern LOCKED =
      Pattern.compile("\"node_modules/([^\"\\n]{1,200})\"\\s*:\\s*\\{([^{}]{0,1000})");

  private static final int NAME = 1;

  private final Pattern manifest;
  private final Pattern installs;
  private final Pattern named;
  private final Set<String> names;

  private Libraries(String manifest, String tools, String names) {
    this.manifest = Pattern.compile(manifest);
    this.names = new LinkedHashSet<>(List.of(names.strip().split("\\s+", -1)));
    String any = String.join("|", this.names.stream().map(Pattern::quote).toList());
    this.named =
        Pattern.compile("(?<![\\w./@-])(" + any + ")(?![\\w/-])", Pattern.CASE_INSENSITIVE);
    this.installs = Pattern.compile("\\b(?:" + tools + ")\\s+(?:install|i|add|ci|require|get)\\s");
  }

  /** Those whose manifest has this name; null for a file that is none. */
  static @Nullable Libraries of(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    for (Libraries libraries : ALL) {
      if (libraries.manifest.matcher(name).matches()) {
        return libraries;
      }
    }
    return null;
  }

  /**
   * @param at where its name stands in the text
   */
  record Named(String name, int at) {}

  /** The first library of these that a manifest names, or null. */
  @Nullable Named in(String text) {
    if (this == NODE || this == PHP) {
      // What is needed to develop or to build is named in another object.
      for (String key : new String[] {"dependencies", "optionalDependencies", "require"}) {
        for (String name : JsonStrings.under(key, text).keySet()) {
          if (names.contains(name.toLowerCase(Locale.ROOT))) {
            return new Named(name, Math.max(0, text.indexOf('"' + name + '"')));
          }
        }
      }
      return null;
    }
    Matcher matcher = named.matcher(text);
    while (matcher.find()) {
      if (!isComment(text, matcher.start())) {
        return new Named(matcher.group(NAME), matcher.start());
      }
    }
    return null;
  }

  private static boolean isComment(String text, int at) {
    String line = Language.before(text, at).strip();
    return line.startsWith("#") || line.startsWith("//");
  }

  /** The first library of these that a lock file of npm brings along, or null. */
  static @Nullable Named locked(String text) {
    Matcher matcher = LOCKED.matcher(text);
    while (matcher.find()) {
      String path = matcher.group(1);
      int last = path.lastIndexOf("node_modules/");
      String name = last < 0 ? path : path.substring(last + "node_modules/".length());
      boolean needed =
          !matcher.group(2).contains("\"dev\": true")
              && !matcher.group(2).contains("\"peer\": true");
      if (needed && NODE.names.contains(name)) {
        return new Named(name, matcher.start());
      }
    }
    return null;
  }

  /** The first library that a command of a build installs by name, or null. */
  static @Nullable Named installed(String command) {
    for (Libraries libraries : ALL) {
      Matcher installs = libraries.installs.matcher(command);
      if (installs.find()) {
        Matcher matcher = libraries.named.matcher(command);
        if (matcher.find(installs.end())) {
          return new Named(matcher.group(NAME), matcher.start());
        }
      }
    }
    return null;
  }
}
