package dev.argosy.server.discovery;

import java.util.List;

/** What is known of the group versions that others serve. Asking is cheap and never waits. */
@FunctionalInterface
public interface RemoteVersions {

  /** There are no others. */
  RemoteVersions NONE = cluster -> List.of();

  /** Those of a cluster, the most important groups first. */
  List<RemoteVersion> of(String cluster);
}
