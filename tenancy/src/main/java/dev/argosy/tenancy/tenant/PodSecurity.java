package dev.argosy.tenancy.tenant;

import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How much a tenant's pods may do at the most, in the terms of the Pod Security Standards.
 *
 * @param enforce the level: {@code privileged}, {@code baseline} or {@code restricted}
 * @param enforceVersion the version of the standards, such as {@code v1.34}; empty for the newest
 * @see <a href="https://kubernetes.io/docs/concepts/security/pod-security-admission/">Pod Security
 *     Admission</a>
 */
public record PodSecurity(String enforce, String enforceVersion) {

  /** The member of a Tenant's spec. */
  public static final String FIELD = "podSecurity";

  /** What the spec of a Tenant says, if it says anything. */
  static Optional<PodSecurity> of(JsonNode spec) {
    JsonNode said = spec.path(FIELD);
    return said.isObject()
        ? Optional.of(
            new PodSecurity(
                said.path("enforce").asString(""), said.path("enforceVersion").asString("")))
        : Optional.empty();
  }

  /** Has the spec of a Tenant say it. */
  public void into(ObjectNode spec) {
    ObjectNode said = spec.putObject(FIELD).put("enforce", enforce);
    if (!enforceVersion.isEmpty()) {
      said.put("enforceVersion", enforceVersion);
    }
  }
}
