package dev.tightship.analysis;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A setting that gives a program its memory. Variables are looked at as {@code NAME=value}.
 *
 * @param of what the memory is for; of two that are for the same the larger counts
 * @param pattern its first group is the size
 */
record MemorySign(Of of, Pattern pattern, Unit unit) {

  /** What the memory is for. */
  enum Of {
    JAVA_HEAP,
    JAVA_DIRECT,
    NEO4J_PAGES,
    NODE_HEAP,
    MONGODB_CACHE,
    REDIS,
    MEMCACHED,
    POSTGRES_BUFFERS,
    INNODB_BUFFERS
  }

  /** How a program reads a size. */
  enum Unit {
    /** Bytes, or binary k, m, g, t in any case. */
    BINARY("(\\d+)([kmgt]?)", 1),
    /** The same, but a number alone says nothing. */
    BINARY_WITH_UNIT("(\\d+)([kmgt])", 1),
    MEBIBYTES("(\\d+)()", 1 << 20),
    GIBIBYTES("(\\d+(?:\\.\\d+)?)()", 1 << 30),
    /** {@code 1k} is 1000 bytes and {@code 1kb} is 1024 (redis.conf). */
    REDIS("(\\d+)([kmg]?b?)", 1),
    /** A number alone counts blocks of 8 KiB (PostgreSQL, config parameters). */
    POSTGRES("(\\d+)((?:[kmgt]?b)?)", 8 << 10);

    private final Pattern size;
    private final long plain;

    Unit(String size, long plain) {
      this.size = Pattern.compile(size, Pattern.CASE_INSENSITIVE);
      this.plain = plain;
    }

    /** Below 0 where it is no size. */
    long bytes(String text) {
      Matcher matcher = size.matcher(text);
      if (!matcher.matches() || matcher.group(1).length() > 15) {
        return -1;
      }
      String unit = matcher.group(2).toLowerCase(Locale.ROOT);
      double number = Double.parseDouble(matcher.group(1));
      double factor = unit.isEmpty() ? plain : factor(unit);
      return (long) Math.min(number * factor, 1L << 60);
    }

    private double factor(String unit) {
      int power = "kmgt".indexOf(unit.charAt(0)) + 1;
      boolean decimal = this == REDIS && !unit.endsWith("b");
      return Math.pow(decimal ? 1000 : 1024, power);
    }
  }

  private static final String START = "(?<![\\w-])";
  private static final String SIZE = "[\"']?([^\\s\"',;&|)\\]]+)";

  static final MemorySign MEMCACHED =
      sign(Of.MEMCACHED, "(?:-m[ =]?|--memory-limit[ =])" + SIZE, Unit.MEBIBYTES);

  static final List<MemorySign> ALL =
      List.of(
          sign(Of.JAVA_HEAP, "-Xm[xs]" + SIZE, Unit.BINARY),
          sign(Of.JAVA_HEAP, "-XX:(?:Max|Initial)HeapSize=" + SIZE, Unit.BINARY),
          sign(Of.JAVA_DIRECT, "-XX:MaxDirectMemorySize=" + SIZE, Unit.BINARY),
          variable(Of.JAVA_HEAP, "(?:(?:JVM_|MAX_)?HEAP_SIZE|MAX_HEAP)", Unit.BINARY_WITH_UNIT),
          variable(Of.JAVA_HEAP, "NEO4J_\\w*memory_heap_(?:max|initial)__size", Unit.BINARY),
          variable(Of.NEO4J_PAGES, "NEO4J_\\w*memory_pagecache_size", Unit.BINARY),
          sign(Of.NODE_HEAP, "--max[-_]old[-_]space[-_]size[ =]" + SIZE, Unit.MEBIBYTES),
          sign(Of.MONGODB_CACHE, "--wiredTigerCacheSizeGB[ =]" + SIZE, Unit.GIBIBYTES),
          sign(Of.REDIS, "(?:--)?maxmemory[ =]+" + SIZE, Unit.REDIS),
          sign(Of.POSTGRES_BUFFERS, "(?:--)?shared[_-]buffers[ ]*=[ ]*" + SIZE, Unit.POSTGRES),
          sign(
              Of.INNODB_BUFFERS,
              "(?:--)?innodb[_-]buffer[_-]pool[_-]size[ ]*[= ][ ]*" + SIZE,
              Unit.BINARY));

  private static MemorySign sign(Of of, String words, Unit unit) {
    return new MemorySign(of, Pattern.compile(START + words), unit);
  }

  private static MemorySign variable(Of of, String name, Unit unit) {
    return new MemorySign(of, Pattern.compile("^" + name + "=[\"']?([^\"']+)"), unit);
  }
}
