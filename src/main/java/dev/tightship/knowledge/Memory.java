package dev.tightship.knowledge;

/**
 * What an image takes, in MiB.
 *
 * @param floor with less than this a small installation does not start
 * @param limit what a small installation does not exceed
 * @param grows whether it keeps its data in memory and takes more with each of them
 */
public record Memory(int floor, int limit, boolean grows) {}
