package dev.tightship.analysis;

import java.util.List;

/**
 * How programs write to files: by the calls of their language, and by those of libraries whose
 * names stand beside them.
 */
final class WriteRules {

  private static final Rule SQLITE =
      Rule.sign(
          "\\b\\w*sqlite(?:\\+\\w+)?:///?(?!/?:memory:|[\"'\\s])[\\w./]",
          "keeps a database in a file");

  private static final Rule JDBC =
      Rule.sign(
          "jdbc:(?:h2:(?!mem:|tcp:|ssl:)|sqlite:(?!:memory:)|derby:(?!memory:|//)"
              + "|hsqldb:(?!mem:|hsqls?:|https?:))",
          "keeps a database in a file");

  private static final List<Rule> JAVASCRIPT =
      List.of(
          SQLITE,
          Rule.call(
              0,
              "\\b(?:\\w{1,40}\\.)?(?:writeFile|appendFile|outputFile|outputJson|outputJSON|writeJson|writeJSON|ensureDir|ensureFile|mkdirp?|mkdtemp)(?:Sync)?(?=\\s*\\()"),
          Rule.call(0, "\\b(?:\\w{1,40}\\.)?createWriteStream(?=\\s*\\()"),
          Rule.call(
              "\\b(?:\\w{1,40}\\.)?(?:renameSync|unlinkSync|rmSync|rmdirSync|copyFile(?:Sync)?|cpSync|symlinkSync|truncateSync|chmodSync|chownSync|utimesSync)(?=\\s*\\()"),
          Rule.call(
              "\\bfs\\w*\\.(?:promises\\.)?(?:rename|unlink|rm|rmdir|cp|copy|move|remove|symlink|link|truncate|chmod|chown|utimes|emptyDir)(?=\\s*\\()"),
          Rule.call(
              0,
              "\\bfs\\w*\\.(?:promises\\.)?open(?:Sync)?(?=\\s*\\()",
              arguments -> !Modes.reads(arguments, 1)),
          Rule.sign(
              "\\{[^{}]{0,400}\\b(?:rename|unlink|rm|rmdir|cp|open|symlink|truncate)\\b[^{}]{0,400}\\}\\s*(?:=\\s*(?:await\\s+)?(?:require|import)\\s*\\(|from)\\s*[\"'](?:node:)?fs(?:/promises)?[\"']",
              "takes what changes files from fs"),
          Rule.call(0, "\\b(?:Deno\\.(?:write\\w*|mkdir|create|open)|Bun\\.write)(?=\\s*\\()"),
          Rule.place("\\bmulter\\s*\\(\\s*\\{\\s*dest\\s*:", "keeps uploads in a folder"),
          Rule.call("\\b(?:multer\\.)?diskStorage(?=\\s*\\()"),
          Rule.place("\\b(?:uploadDir|tempFileDir)\\s*[:=](?!=)", "keeps uploads in a folder"),
          Rule.sign("\\buseTempFiles\\s*:\\s*true", "keeps uploads in a folder"),
          Rule.sign("\\btransports?\\.(?:File|DailyRotateFile)\\b", "writes its log to a file"),
          Rule.sign("\\bpino\\.destination\\s*\\(\\s*(?![\\d)])", "writes its log to a file"),
          Rule.sign("[\"']pino/file[\"']|[\"']pino-roll[\"']", "writes its log to a file"),
          Rule.sign(
              "\\btype\\s*:\\s*[\"'](?:dateFile|multiFile|rotating-file|file[\"']\\s*,\\s*filename)",
              "writes its log to a file"),
          Rule.sign(
              "\\b(?:dialect|client|type)\\s*:\\s*[\"'](?:better-)?sqlite\\d?[\"']",
              "keeps a database in a file"));

  private static final List<Rule> PYTHON =
      List.of(
          SQLITE,
          Rule.call(
              0,
              "(?<![.\\w])(?<!def )open(?=\\s*\\()",
              arguments -> Modes.pythonWrites(arguments, 1)),
          Rule.call(
              0,
              "\\b(?:io|os|codecs|aiofiles|gzip|bz2|lzma)\\.f?d?open(?=\\s*\\()",
              arguments -> Modes.pythonWrites(arguments, 1)),
          // A path of pathlib, whose first argument is the mode.
          Rule.call(
              "(?<!\\b(?:io|os|codecs|aiofiles|gzip|bz2|lzma|tarfile))\\.open(?=\\s*\\()",
              arguments -> Modes.pythonWrites(arguments, 0)),
          Rule.call("\\.(?:write_text|write_bytes|touch|unlink)(?=\\s*\\()"),
          Rule.call(
              0,
              "\\bos\\.(?:makedirs|mkdir|mknod|rmdir|removedirs|remove|unlink|chmod|chown|utime|truncate)(?=\\s*\\()"),
          Rule.call("\\.mkdir(?=\\s*\\()"),
          Rule.call("\\bos\\.(?:rename|renames|replace|symlink|link)(?=\\s*\\()"),
          Rule.call(
              "\\bshutil\\.(?:copy\\w*|move|rmtree|make_archive|unpack_archive|chown)(?=\\s*\\()"),
          Rule.call(0, "\\b(?:aio)?sqlite3?\\.connect(?=\\s*\\()"),
          Rule.call(
              0,
              "\\b(?:SqliteDatabase|SqliteExtDatabase|TinyDB|diskcache\\.Cache|shelve\\.open|dbm\\.open)(?=\\s*\\()"),
          Rule.call(
              0,
              "\\b(?:\\w{1,40}\\.)?(?:File|RotatingFile|TimedRotatingFile|WatchedFile)Handler(?=\\s*\\()"),
          Rule.sign(
              "[\"'](?:logging\\.)?(?:handlers\\.)?(?:File|RotatingFile|TimedRotatingFile|WatchedFile)Handler[\"']|[\"']logging\\.[\\w.]*FileHandler[\"']",
              "writes its log to a file"),
          Rule.call(
              "\\bbasicConfig(?=\\s*\\()",
              arguments -> arguments.stream().anyMatch(a -> a.startsWith("filename"))),
          Rule.call(0, "\\blogger\\.add(?=\\s*\\(\\s*f?[\"'])"),
          Rule.place("\\bMEDIA_ROOT\\s*=(?!=)", "keeps uploads in MEDIA_ROOT"),
          Rule.call("\\b(?:models\\.)(?:FileField|ImageField)(?=\\s*\\()"),
          Rule.sign("django\\.db\\.backends\\.sqlite3", "keeps a database in a file"),
          Rule.call(0, "\\.save(?=\\s*\\()", arguments -> Modes.positional(arguments)),
          Rule.call(1, "\\b(?:joblib\\.dump|torch\\.save)(?=\\s*\\()"),
          Rule.call(
              0,
              "\\.(?:savefig|to_csv|to_excel|to_parquet|to_pickle|to_feather|to_hdf|save_pretrained|save_model|save_weights)(?=\\s*\\()",
              arguments -> Modes.positional(arguments)),
          Rule.call(0, "\\b(?:np|numpy)\\.save\\w*(?=\\s*\\()"),
          Rule.call(0, "\\bcv2\\.(?:imwrite|VideoWriter)(?=\\s*\\()"),
          Rule.call(1, "\\burlretrieve(?=\\s*\\()"),
          Rule.call(0, "\\.extractall(?=\\s*\\()"),
          Rule.call(
              "\\b(?:\\w{1,40}\\.)?(?:from_pretrained|snapshot_download|hf_hub_download)(?=\\s*\\()"),
          Rule.call("\\bnltk\\.download(?=\\s*\\()"),
          Rule.call(
              1,
              "\\b(?:zipfile\\.ZipFile|tarfile\\.open)(?=\\s*\\()",
              arguments -> Modes.pythonWrites(arguments, 1)));

  private static final List<Rule> PHP =
      List.of(
          SQLITE,
          Rule.call(0, "\\bfile_put_contents(?=\\s*\\()"),
          Rule.call(0, "\\bfopen(?=\\s*\\()", arguments -> !Modes.reads(arguments, 1)),
          Rule.call(1, "\\bmove_uploaded_file(?=\\s*\\()"),
          Rule.call(
              0,
              "(?<!->)(?<!::)(?<!function )\\b(?:mkdir|touch|unlink|rmdir|chmod|chown)(?=\\s*\\()"),
          Rule.call("(?<!->)(?<!::)(?<!function )\\b(?:copy|rename|symlink)(?=\\s*\\()"),
          Rule.call(
              "\\bimage(?:png|jpeg|gif|webp|avif)(?=\\s*\\()",
              arguments -> arguments.size() > 1 && !arguments.get(1).equals("null")),
          Rule.call("\\berror_log(?=\\s*\\()", arguments -> arguments.size() > 2),
          Rule.place("\\bsession[._]save_path[\"']?\\s*(?:,|=>?)", "keeps sessions in a folder"),
          Rule.call(0, "\\bnew\\s+(?:SQLite3|SplFileObject)(?=\\s*\\()"),
          Rule.sign("[\"']sqlite:(?!:memory:)", "keeps a database in a file"),
          Rule.call(0, "\\b(?:Rotating)?(?:File|Stream)Handler(?=\\s*\\()"),
          Rule.call(
              "(?:\\bStorage::\\w+|->(?:storeAs|storePubliclyAs|extractTo|moveTo|dumpFile))(?=\\s*\\()"));

  private static final List<Rule> JVM =
      List.of(
          SQLITE,
          Rule.call(
              0,
              "(?<!extends )\\b(?:FileWriter|FileOutputStream|RandomAccessFile|FileHandler)(?=\\s*\\()",
              arguments -> !(arguments.size() > 1 && arguments.get(1).equals("\"r\""))),
          Rule.call(
              0,
              "\\bnew\\s+Print(?:Writer|Stream)(?=\\s*\\(\\s*(?:new\\s+File|\"|[\\w.]*(?:[fF]ile|[pP]ath)))"),
          Rule.call(
              0,
              "\\bFiles\\.(?:write\\w*|newOutputStream|newBufferedWriter|newByteChannel|create(?!Temp)\\w+|delete\\w*|set\\w+)(?=\\s*\\()"),
          Rule.call("\\bFiles\\.(?:copy|move)(?=\\s*\\()"),
          Rule.call(
              "\\.(?:mkdirs?|createNewFile|deleteOnExit|renameTo|transferTo|setWritable|deleteRecursively)(?=\\s*\\()"),
          Rule.call(
              "\\.(?:writeText|writeBytes|appendText|appendBytes|outputStream|printWriter|bufferedWriter|copyTo)(?=\\s*\\()"),
          Rule.call("\\bFileChannel\\.open(?=\\s*\\()"),
          Rule.call("\\bFileUtils\\.\\w+(?=\\s*\\()"),
          JDBC);

  private static final List<Rule> GO =
      List.of(
          SQLITE,
          Rule.call(
              0,
              "\\b(?:os|ioutil)\\.(?:Create|WriteFile|Mkdir|MkdirAll|Remove|RemoveAll|Truncate|Chmod|Chown|Chtimes)(?=\\()"),
          Rule.call("\\bos\\.(?:Rename|Symlink|Link|CopyFS|Chdir)(?=\\()"),
          Rule.call(
              0,
              "\\bos\\.OpenFile(?=\\()",
              arguments -> !(arguments.size() > 1 && arguments.get(1).equals("os.O_RDONLY"))),
          Rule.call(
              0,
              "\\b(?:os|ioutil)\\.(?:CreateTemp|MkdirTemp|TempFile|TempDir)(?=\\()",
              arguments -> !(arguments.size() > 1 && arguments.get(0).equals("\"\""))),
          Rule.call(1, "\\.(?:SaveUploadedFile|SaveFile)(?=\\()"),
          Rule.sign("\\blumberjack\\.Logger\\s*\\{", "writes its log to a file"),
          Rule.sign("\\bautocert\\.DirCache\\(", "keeps certificates in a folder"),
          Rule.call("\\b(?:bolt|bbolt|badger|leveldb|pebble|bleve)\\.(?:Open|OpenFile|New)(?=\\()"),
          Rule.call(1, "\\bsql\\.Open(?=\\(\\s*\"sqlite)"));

  private static final List<Rule> RUBY =
      List.of(
          SQLITE,
          Rule.call(0, "\\b(?:File|IO|Pathname)\\.(?:bin)?write\\b"),
          Rule.call(
              0,
              "\\bFile\\.(?:open|new)\\b",
              arguments -> arguments.size() > 1 && !Modes.reads(arguments, 1)),
          Rule.call("\\bFile\\.(?:rename|delete|unlink|symlink|chmod|chown)\\b"),
          Rule.call(0, "\\b(?:Dir\\.mkdir|FileUtils\\.(?:mkdir\\w*|makedirs|touch|rm\\w*))\\b"),
          Rule.call("\\bFileUtils\\.(?:cp\\w*|copy\\w*|mv|move|ln\\w*|install|ch\\w+)\\b"),
          Rule.call(0, "\\bLogger\\.new(?=[( ]\\s*(?:[\"']|Rails\\.root|File\\.))"),
          Rule.call(0, "\\b(?:SQLite3::Database\\.new|PStore\\.new|YAML::Store\\.new)\\b"));

  private static final List<Rule> CSHARP =
      List.of(
          SQLITE,
          Rule.call(
              0,
              "\\bFile\\.(?:Write\\w*|Append\\w*|Create\\w*|OpenWrite|Delete|Set\\w+)(?=\\s*\\()"),
          Rule.call("\\bFile\\.(?:Copy|Move|Replace)(?=\\s*\\()"),
          Rule.call(
              0,
              "\\bFile\\.Open(?=\\s*\\()",
              arguments -> arguments.stream().noneMatch(a -> a.equals("FileAccess.Read"))),
          Rule.call(0, "\\bDirectory\\.(?:Create\\w*|Move|Delete)(?=\\s*\\()"),
          Rule.call(
              0,
              "\\bnew\\s+FileStream(?=\\s*\\()",
              arguments -> arguments.stream().noneMatch(a -> a.equals("FileAccess.Read"))),
          Rule.call(0, "\\bnew\\s+StreamWriter(?=\\s*\\()"),
          Rule.call("\\bZipFile\\.(?:Create|Extract)\\w*(?=\\s*\\()"),
          Rule.call("\\bUseSqlite(?=\\s*\\()"),
          Rule.call(0, "\\bWriteTo\\.File(?=\\s*\\()"),
          Rule.call("\\bPersistKeysToFileSystem(?=\\s*\\()"),
          Rule.sign(
              "\\bAdd(?:Antiforgery|ControllersWithViews|Mvc|RazorPages|RazorComponents|ServerSideBlazor|Session|DataProtection|Cookie|Identity\\w*)\\s*(?:<[^>]{0,100}>\\s*)?\\(",
              "sets up what ASP.NET keeps its keys for, in a folder of the home directory"));

  private static final List<Rule> RUST =
      List.of(
          SQLITE,
          Rule.call(0, "\\bFile::(?:create|create_new|options)(?=\\()"),
          Rule.call(0, "\\bfs::(?:write|create_dir\\w*|remove_\\w+|set_permissions)(?=\\()"),
          Rule.call("\\bfs::(?:rename|copy|hard_link)(?=\\()"),
          Rule.sign("\\bOpenOptions::new\\(", "opens files with OpenOptions"),
          Rule.sign(
              "\\btracing_appender::rolling|\\brolling::(?:daily|hourly|minutely|never)\\(|\\blog_file\\(",
              "writes its log to a file"),
          Rule.sign("\"sqlite:(?!:memory:|//:memory:)", "keeps a database in a file"));

  private static final List<Rule> SETTINGS =
      List.of(
          SQLITE,
          JDBC,
          Rule.place(
              "(?m)^[ \\t]*logging\\.file(?:\\.name|\\.path)?\\s*[=:]", "writes its log to a file"),
          Rule.sign(
              "(?m)^logging:[ \\t]*\\R(?:[ \\t]+[^\\n]{0,200}\\R){0,20}?[ \\t]+file:",
              "writes its log to a file"),
          Rule.sign(
              "\\b(?:Rolling|RollingRandomAccess|DailyRolling|RandomAccess)?FileAppender\\b|<(?:Rolling)?(?:RandomAccess)?File\\b(?!s)|xsi:type=\"File\"",
              "writes its log to a file"),
          Rule.sign(
              "(?m)^[ \\t]*appender\\.\\w+\\.type\\s*=\\s*(?:Rolling)?(?:RandomAccess)?File",
              "writes its log to a file"),
          Rule.place(
              "(?m)^[ \\t]*spring\\.servlet\\.multipart\\.location\\s*=",
              "keeps uploads in a folder"),
          Rule.place(
              "(?m)^[ \\t]*(?:safe-)?(?:pidfile2?|daemonize2?|logto2?|req-logger)\\s*=",
              "names a file that uWSGI writes"),
          Rule.sign("\\bprovider\\s*=\\s*\"sqlite\"", "keeps a database in a file"),
          Rule.sign("\"Name\"\\s*:\\s*\"File\"", "writes its log to a file"),
          Rule.sign(
              "(?i)\"\\s*Data Source\\s*=[^\";]{0,200}\\.(?:db|sqlite3?)\\b",
              "keeps a database in a file"));

  private WriteRules() {}

  static List<Rule> of(Language language) {
    return switch (language) {
      case JAVASCRIPT -> JAVASCRIPT;
      case PYTHON -> PYTHON;
      case PHP -> PHP;
      case JVM -> JVM;
      case GO -> GO;
      case RUBY -> RUBY;
      case CSHARP -> CSHARP;
      case RUST -> RUST;
      case SETTINGS -> SETTINGS;
    };
  }
}
