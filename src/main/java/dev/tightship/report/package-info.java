/**
 * What a run did, for people and for programs. Nothing leaves here with a secret or with a
 * character that a terminal or a CI runner would act on.
 */
@NullMarked
package dev.tightship.report;

import org.jspecify.annotations.NullMarked;
