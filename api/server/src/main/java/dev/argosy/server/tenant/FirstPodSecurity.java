package dev.argosy.server.tenant;

import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.server.access.ClusterDirectory.PodBound;
import dev.argosy.server.admission.AdmissionRequest;
import dev.argosy.server.admission.Operation;
import dev.argosy.tenancy.tenant.PodSecurity;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How much the pods of a new tenant may do of which nobody says so: what the nearest tenant above
 * it says, else the platform's setting. It is written into the Tenant, so that everybody sees it,
 * and so that tenants that were there before are as they were. Later it is changed, but not taken
 * away by an update that does not know it.
 */
public final class FirstPodSecurity {

  private static final String SETTING = "argosy.tenant.pod-security";
  private static final Set<String> LEVELS = Set.of("privileged", "baseline", "restricted");

  private final ClusterDirectory clusters;
  private final PodSecurity usual;

  FirstPodSecurity(ClusterDirectory clusters, PodSecurity usual) {
    this.clusters = clusters;
    this.usual = usual;
  }

  /**
   * Reads the documented key: a level, or {@code LEVEL:VERSION}.
   *
   * @throws IllegalArgumentException if it says something else
   */
  public static PodSecurity setting(Map<String, String> settings) {
    String said = settings.getOrDefault(SETTING, "baseline");
    int colon = said.indexOf(':');
    String level = colon < 0 ? said : said.substring(0, colon);
    String version = colon < 0 ? "" : said.substring(colon + 1);
    boolean good = colon < 0 || version.matches("latest|v1\\.(0|[1-9]\\d{0,5})");
    if (!LEVELS.contains(level) || !good) {
      throw new IllegalArgumentException(
          SETTING
              + " must be privileged, baseline or restricted, or one of them with a version, such"
              + " as baseline:v1.34; it is \""
              + said
              + "\"");
    }
    return new PodSecurity(level, version);
  }

  /** Completes a Tenant that is written. */
  void complete(AdmissionRequest request, ObjectNode tenant) {
    JsonNode spec = tenant.path("spec");
    if (spec.hasNonNull(PodSecurity.FIELD)) {
      return;
    }
    if (request.operation() == Operation.CREATE) {
      nearest(spec.path("parent").asString("")).into(tenant.withObject("spec"));
      return;
    }
    ObjectNode old = request.old();
    JsonNode before = old == null ? null : old.path("spec").get(PodSecurity.FIELD);
    if (before instanceof ObjectNode kept) {
      tenant.withObject("spec").set(PodSecurity.FIELD, kept.deepCopy());
      request.warn(
          "spec.podSecurity stays as it was; to allow everything, set its enforce to privileged");
    }
  }

  private PodSecurity nearest(String parent) {
    List<PodBound> above = parent.isEmpty() ? List.of() : clusters.podBounds(parent);
    if (above.isEmpty()) {
      return usual;
    }
    return new PodSecurity(above.getFirst().level(), above.getFirst().version());
  }
}
