/**
 * Who talks to whom in a project, with the evidence for it, and who could.
 *
 * <p>{@link dev.tightship.network.ServiceGraph} holds all of it: {@link
 * dev.tightship.network.Topology} says where each service stands and what it is called there,
 * {@link dev.tightship.network.Edge} that one speaks to another, and {@link
 * dev.tightship.network.Unknown} what cannot be told.
 */
@NullMarked
package dev.tightship.network;

import org.jspecify.annotations.NullMarked;
