/**
 * What can be told of a service from the files that it is made of, by looking at their texts. All
 * looks are bounded, and whatever they cannot tell is said to be so.
 */
@NullMarked
package dev.tightship.analysis;

import org.jspecify.annotations.NullMarked;
