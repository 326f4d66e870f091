/** Tests of the door to the file system. */
@NullMarked
package dev.tightship.files;

import org.jspecify.annotations.NullMarked;
