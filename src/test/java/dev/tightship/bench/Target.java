package dev.tightship.bench;

import java.util.List;

/**
 * The roles in a project that is attacked.
 *
 * @param front service that the outside reaches
 * @param app service that holds the application
 * @param database service that holds the data
 * @param databasePort port on which the database listens
 * @param secrets passwords that the original holds in plain sight
 */
record Target(String front, String app, String database, int databasePort, List<String> secrets) {}
