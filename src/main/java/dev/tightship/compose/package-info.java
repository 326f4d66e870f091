/**
 * What a Compose project means: its variables, ports and services, as Compose itself reads them.
 */
@NullMarked
package dev.tightship.compose;

import org.jspecify.annotations.NullMarked;
