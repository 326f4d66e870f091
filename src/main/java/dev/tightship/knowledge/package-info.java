/**
 * What is known of images, with provenance: names, kind, what a hardened start must leave alone,
 * and which tag stands for which version. The YAML files of {@code src/main/images} are compiled
 * into one small resource a name while the program is built.
 */
@NullMarked
package dev.tightship.knowledge;

import org.jspecify.annotations.NullMarked;
