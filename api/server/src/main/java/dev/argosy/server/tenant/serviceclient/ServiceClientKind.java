package dev.argosy.server.tenant.serviceclient;

import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Cause;
import dev.argosy.model.status.Status;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.server.access.ClusterDirectory.Phase;
import dev.argosy.server.registry.Claims;
import dev.argosy.server.registry.KindRules;
import dev.argosy.server.registry.Write;
import dev.argosy.store.cache.ResourceCaches;
import dev.argosy.tenancy.member.Member;
import dev.argosy.tenancy.member.ServiceClient;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Service clients are found by their tenant, know from the beginning what they are called at the
 * provider, and do not go before the provider has let them go; their Member goes with them.
 */
public final class ServiceClientKind implements KindRules {

  /** Keeps the object until the provider has deleted the client. */
  public static final String FINALIZER = "tenancy.argosy.dev/identity-provider";

  /** So many may a tenant have. Those being written at the same time are not counted. */
  static final int MOST = 200;

  /** The label by which a tenant's are found. */
  static final String TENANT = "tenancy.argosy.dev/tenant";

  private final ClusterDirectory clusters;
  private final ResourceCaches caches;

  public ServiceClientKind(ClusterDirectory clusters, ResourceCaches caches) {
    this.clusters = clusters;
    this.caches = caches;
  }

  static ObjectKey key(String name) {
    return new ObjectKey(ServiceClient.RESOURCE, ClusterDirectory.ROOT, "", name);
  }

  static ObjectKey member(ServiceClient client) {
    return new ObjectKey(Member.RESOURCE, ClusterDirectory.ROOT, "", client.member());
  }

  @Override
  public void beforeCreate(Write write, Claims claims, ObjectNode object) {
    String tenant = object.path("spec").path("tenant").asString("");
    int there =
        caches
            .of(ServiceClient.RESOURCE)
            .snapshot()
            .labelled(ClusterDirectory.ROOT, "", TENANT, tenant)
            .size();
    if (there >= MOST) {
      String why = "a tenant may have at most " + MOST + " service clients; delete some";
      throw Status.forbidden(ServiceClient.RESOURCE, write.name(), why).asException();
    }
    label(object, tenant);
    ArrayNode finalizers = object.withObject("metadata").withArray("finalizers");
    if (!names(finalizers, FINALIZER)) {
      finalizers.add(FINALIZER);
    }
    JsonNode metadata = object.path("metadata");
    object
        .putObject("status")
        .put(
            "clientId",
            ServiceClient.clientId(
                metadata.path("name").asString(""), metadata.path("uid").asString("")));
  }

  private static void label(ObjectNode object, String tenant) {
    object.withObject("metadata").withObject("labels").put(TENANT, tenant);
  }

  private static boolean names(JsonNode list, String wanted) {
    for (JsonNode one : list) {
      if (one.asString("").equals(wanted)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void beforeUpdate(Write write, Claims claims, ObjectNode object, ObjectNode old) {
    label(object, old.path("spec").path("tenant").asString(""));
  }

  @Override
  public List<Cause> problems(Write write, ObjectNode object, @Nullable ObjectNode old) {
    String tenant = object.path("spec").path("tenant").asString("");
    boolean known =
        old != null
            || (!tenant.equals(ClusterDirectory.ROOT)
                && clusters
                    .find(tenant)
                    .filter(found -> found.phase() != Phase.TERMINATING)
                    .isPresent());
    return known
        ? List.of()
        : List.of(
            new Cause(
                "FieldValueInvalid",
                "Invalid value: \"" + tenant + "\": must be a tenant that exists",
                "spec.tenant"));
  }

  @Override
  public void beforeRemoval(Claims claims, String cluster, ObjectNode object) {
    claims.release(member(ServiceClient.of(object)));
  }
}
