/**
 * Reads image files strictly: those that the program is built with, and those that a project brings
 * itself. Texts in, profiles out.
 */
@NullMarked
package dev.tightship.knowledge.file;

import org.jspecify.annotations.NullMarked;
