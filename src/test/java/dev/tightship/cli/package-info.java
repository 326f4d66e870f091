/** Tests of the program as its users call it: arguments in, streams and an exit code out. */
@NullMarked
package dev.tightship.cli;

import org.jspecify.annotations.NullMarked;
