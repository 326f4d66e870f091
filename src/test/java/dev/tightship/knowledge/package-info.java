/** Tests of the image knowledge, most of them on the resources that the build made. */
@NullMarked
package dev.tightship.knowledge;

import org.jspecify.annotations.NullMarked;
