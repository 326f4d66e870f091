package dev.tightship.compose.model;

/**
 * One document of a file.
 *
 * @param data what it says
 * @param resets what it takes away from those before it
 */
record Document(Data data, Resets resets) {}
