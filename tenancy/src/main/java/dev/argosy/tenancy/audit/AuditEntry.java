package dev.argosy.tenancy.audit;

import java.time.Instant;
import java.util.List;

/**
 * One request that changed something, or was not allowed to.
 *
 * @param who the user, and on whose behalf if impersonating ({@code "bob (by alice)"})
 * @param source the client's address; empty for calls from within the platform
 * @param what what was asked for
 * @param decision {@code allow} or {@code forbid}
 * @param code the HTTP status of the answer
 */
public record AuditEntry(
    Instant at,
    String who,
    List<String> groups,
    String source,
    String userAgent,
    Action what,
    String decision,
    int code) {

  /** What was asked for. Texts are empty where they do not apply. */
  public record Action(
      String verb,
      String cluster,
      String group,
      String resource,
      String subresource,
      String namespace,
      String name,
      String path) {}

  public AuditEntry {
    groups = List.copyOf(groups);
  }
}
