package dev.tightship.knowledge;

/** How a fact is known. Only {@link #MEASURED} can make a fix proven. */
public enum Known {
  /** A run of the upstream image, named by its digest. */
  MEASURED,
  /** A run of something rebuilt after the image. */
  STAND_IN,
  /** Seen in its Dockerfile, its start script or a list that its maintainers publish. */
  READ,
  /** Stated by its project. */
  DOCUMENTED,
  /** Concluded from what was read or documented. */
  INFERRED
}
