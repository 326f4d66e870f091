/**
 * What looks like a secret: by its name, by where it stands, by its shape. Reports hide what is
 * found here, and passes speak of it.
 */
@NullMarked
package dev.tightship.secret;

import org.jspecify.annotations.NullMarked;
