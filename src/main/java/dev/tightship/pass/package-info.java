/**
 * The contract of a pass: it looks at a project and says, of each service or file that it is about,
 * what it found, how to mend it, and at which risk. A pass is a pure function and never asks
 * whether another one ran: it asks the project as it is now.
 */
@NullMarked
package dev.tightship.pass;

import org.jspecify.annotations.NullMarked;
