/** Tests of the engine, with passes made for the purpose. */
@NullMarked
package dev.tightship.engine;

import org.jspecify.annotations.NullMarked;
