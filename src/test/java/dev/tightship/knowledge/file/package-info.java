/** Tests of the reader of image files. */
@NullMarked
package dev.tightship.knowledge.file;

import org.jspecify.annotations.NullMarked;
