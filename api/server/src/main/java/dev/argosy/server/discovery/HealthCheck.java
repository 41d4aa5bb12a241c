package dev.argosy.server.discovery;

import java.util.Optional;

/** One thing that must work for the server to be of use. */
public interface HealthCheck {

  /** A name for URLs, such as {@code etcd}. */
  String name();

  /** Whether traffic should stay away while it fails, though a restart would not help. */
  default boolean readinessOnly() {
    return true;
  }

  /** What is wrong, for the log; empty if nothing is. Bounded in time. */
  Optional<String> problem();
}
