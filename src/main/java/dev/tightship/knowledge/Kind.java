package dev.tightship.knowledge;

/** What an image is in a project. */
public enum Kind {
  /** Databases, search engines, coordination stores and the caches that persist. */
  DATASTORE,
  /** Takes messages from one service to another. */
  BROKER,
  /** Keeps values in memory only. */
  CACHE,
  /** Serves files, or an application behind it. */
  WEB,
  /** Passes requests on to other services. */
  PROXY,
  /** An interpreter, a compiler or an application server that others build upon. */
  RUNTIME,
  /** A distribution that others build upon. */
  BASE,
  /** A finished application for people. */
  APPLICATION,
  /** Pages from which a few people administer another service. */
  ADMIN,
  /** Helps to run, build or watch other services. */
  TOOL
}
