/**
 * The command line: a thin class a command, shared options, exit codes. The only door to picocli.
 */
@NullMarked
package dev.tightship.cli;

import org.jspecify.annotations.NullMarked;
