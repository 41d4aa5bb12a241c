package dev.argosy.server.audit;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.status.Status;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One stage of one request, as far as the policy wants it kept.
 *
 * @param impersonated whom the sender acts as; null if nobody
 * @see <a
 *     href="https://kubernetes.io/docs/reference/config-api/apiserver-audit.v1/">audit.k8s.io/v1</a>
 */
public record AuditEvent(
    AuditLevel level,
    AuditStage stage,
    Instant at,
    AuditRequest request,
    @Nullable UserInfo impersonated,
    Outcome outcome,
    Bodies bodies,
    Map<String, String> annotations) {

  /**
   * What was answered.
   *
   * @param code of HTTP; 0 if nothing yet
   * @param refusal null if it was none
   */
  public record Outcome(int code, @Nullable Status refusal) {}

  /**
   * What was sent and answered, as JSON; null if that is not to be kept, or there was none.
   *
   * @param sent which object was sent, kept or not
   * @param withoutManagedFields whether {@code metadata.managedFields} are left out
   */
  public record Bodies(
      SentNames sent,
      byte @Nullable [] request,
      byte @Nullable [] response,
      boolean withoutManagedFields) {}

  public AuditEvent {
    annotations = Map.copyOf(annotations);
  }
}
