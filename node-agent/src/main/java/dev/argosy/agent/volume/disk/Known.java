package dev.argosy.agent.volume.disk;

/** What the API says of a volume. */
public enum Known {
  /** It is there, and what it holds goes with it. */
  DELETES,
  /** It is there, and what it holds stays when it goes. */
  RETAINED,
  /** There is no such volume. */
  NOT_THERE,
  /** The API did not answer. */
  NOT_ASKED
}
