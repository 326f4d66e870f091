/** Tests of the build step that compiles the image files. */
@NullMarked
package dev.tightship.knowledge.build;

import org.jspecify.annotations.NullMarked;
