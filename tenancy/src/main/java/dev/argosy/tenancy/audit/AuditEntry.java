package dev.argosy.tenancy.audit;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One request that changed something, or was not allowed to. Texts are empty where they do not
 * apply.
 *
 * @param at when it came
 * @param details what the audit policy wants known besides
 */
public record AuditEntry(Instant at, Who who, Action what, Answer answer, Details details) {

  /**
   * Who asked.
   *
   * @param user the authenticated one
   * @param impersonated whom they acted as
   * @param groups of the one who counts: of {@code impersonated} if there is one
   * @param source the client's address; empty for calls from within the platform
   */
  public record Who(
      String user, String impersonated, List<String> groups, String source, String userAgent) {
    public Who {
      groups = List.copyOf(groups);
    }
  }

  /** What was asked for. */
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
   * What came of it.
   *
   * @param decision {@code allow} or {@code forbid}
   * @param code of HTTP
   */
  public record Answer(String decision, int code) {}

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

    Details less() {
      return new Details(auditId, stage, level, uri, "{}", Optional.empty(), Optional.empty());
    }
  }

  /** The same without bodies and annotations. */
  public AuditEntry withoutDetails() {
    return new AuditEntry(at, who, what, answer, details.less());
  }
}
