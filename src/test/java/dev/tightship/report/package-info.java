/** Tests of the reports: nothing secret and nothing harmful leaves them. */
@NullMarked
package dev.tightship.report;

import org.jspecify.annotations.NullMarked;
