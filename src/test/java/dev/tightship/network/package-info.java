/** Tests of who talks to whom. */
@NullMarked
package dev.tightship.network;

import org.jspecify.annotations.NullMarked;
