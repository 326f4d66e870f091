/**
 * Edits as goals: where (a path), and what shall hold there. Data only; the readers of YAML and
 * Dockerfiles turn a goal into splices, and read it a second time on plain data for the meaning
 * check.
 */
@NullMarked
package dev.tightship.edit;

import org.jspecify.annotations.NullMarked;
