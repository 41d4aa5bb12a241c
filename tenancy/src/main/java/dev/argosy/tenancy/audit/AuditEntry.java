package dev.argosy.tenancy.audit;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One request that changed something, or was not allowed to.
 *
 * @param who the user, and on whose behalf if impersonating ({@code "bob (by alice)"})
 * @param source the client's address; empty for calls from within the platform
 * @param what what was asked for
 * @param decision {@code allow} or {@code forbid}
 * @param code the HTTP status of the answer
 * @param details what the audit policy wants known besides
 */
public record AuditEntry(
    Instant at,
    String who,
    List<String> groups,
    String source,
    String userAgent,
    Action what,
    String decision,
    int code,
    Details details) {

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

  /**
   * The rest of the audit event.
   *
   * @param auditId the request's {@code Audit-ID}
   * @param stage {@code ResponseComplete} or {@code Panic}
   * @param level of the policy's rule
   * @param uri as sent
   * @param annotations a JSON object of texts
   * @param request the body as JSON
   * @param response the answer as JSON
   */
  public record Details(
      String auditId,
      String stage,
      String level,
      String uri,
      String annotations,
      Optional<String> request,
      Optional<String> response) {

    public static final Details NONE =
        new Details(
            "", "ResponseComplete", "Metadata", "", "{}", Optional.empty(), Optional.empty());
  }

  public AuditEntry {
    groups = List.copyOf(groups);
  }

  /** The same without bodies and annotations. */
  public AuditEntry withoutDetails() {
    Details less =
        new Details(
            details.auditId,
            details.stage,
            details.level,
            details.uri,
            "{}",
            Optional.empty(),
            Optional.empty());
    return new AuditEntry(at, who, groups, source, userAgent, what, decision, code, less);
  }
}
