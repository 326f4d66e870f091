/**
 * The effective model of a project: what {@code docker compose config} prints, computed from the
 * texts. Each class is one step of compose-go's loader (v2.16.1, which Compose 5.6.0 uses), and
 * each rule stands in a table under the path of the setting that it is for.
 */
@NullMarked
package dev.tightship.compose.model;

import org.jspecify.annotations.NullMarked;
