@NullMarked
package dev.tightship.compose.model;

import org.jspecify.annotations.NullMarked;
