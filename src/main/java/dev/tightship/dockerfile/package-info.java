/**
 * Dockerfiles as text with spans: instructions, stages, what they mean, and how a goal edits them.
 */
@NullMarked
package dev.tightship.dockerfile;

import org.jspecify.annotations.NullMarked;
