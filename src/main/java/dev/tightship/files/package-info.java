/**
 * The only door to the file system: reads a project within bounds, never outside of its root, and
 * writes a result as one transaction.
 */
@NullMarked
package dev.tightship.files;

import org.jspecify.annotations.NullMarked;
