package dev.argosy.tenancy.tenant;

import dev.argosy.model.kind.GroupResource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A tenant, whose name is also that of its logical cluster.
 *
 * @param displayName for people; the name if the tenant gives none
 * @param parent the tenant above it; empty if none
 * @param cell the etcd cluster that holds its objects
 * @param nodePools pools whose nodes it may use; at least one
 * @param template what it began with; empty if nothing
 * @param podSecurity how much its pods may do at the most, by its own spec; nothing if that says
 *     nothing
 * @param suspended whether it is to run nothing, by its own spec
 * @param deletedAt the end of the grace period of a tenant whose deletion was asked for
 */
public record Tenant(
    String name,
    String uid,
    String displayName,
    String parent,
    String cell,
    List<String> nodePools,
    String template,
    Optional<PodSecurity> podSecurity,
    boolean suspended,
    TenantPhase phase,
    @Nullable Instant createdAt,
    @Nullable Instant deletedAt) {

  public static final GroupResource RESOURCE = new GroupResource("tenancy.argosy.dev", "tenants");

  /** Pool of tenants that name none. */
  public static final String DEFAULT_POOL = "default";

  static final String DEFAULT_CELL = "main";

  public Tenant {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("a tenant needs a name");
    }
    nodePools = List.copyOf(nodePools);
  }

  /**
   * Reads a whole Tenant object. What its metadata says of its deletion wins over what its status
   * says of its life.
   */
  public static Tenant of(JsonNode object) {
    JsonNode meta = object.path("metadata");
    JsonNode spec = object.path("spec");
    String name = meta.path("name").asString("");
    return new Tenant(
        name,
        meta.path("uid").asString(""),
        orElse(spec.path("displayName").asString(""), name),
        spec.path("parent").asString(""),
        orElse(spec.path("cell").asString(""), DEFAULT_CELL),
        pools(spec.path("nodePools")),
        spec.path("template").asString(""),
        PodSecurity.of(spec),
        spec.path("suspended").asBoolean(false),
        phase(meta, object.path("status")),
        instant(meta.path("creationTimestamp").asString("")),
        instant(meta.path("deletionTimestamp").asString("")));
  }

  /** Until when it can be restored, if its deletion was asked for and has not begun. */
  public Optional<Instant> keptUntil() {
    return phase == TenantPhase.DELETION_REQUESTED
        ? Optional.ofNullable(deletedAt)
        : Optional.empty();
  }

  /** Whether it is to run nothing, whatever the tenants above it say. */
  public boolean held() {
    return suspended || deletedAt != null;
  }

  private static List<String> pools(JsonNode array) {
    List<String> pools = new ArrayList<>();
    array.forEach(pool -> pools.add(pool.asString("")));
    pools.removeIf(String::isEmpty);
    return pools.isEmpty() ? List.of(DEFAULT_POOL) : pools.stream().distinct().toList();
  }

  private static TenantPhase phase(JsonNode meta, JsonNode status) {
    TenantPhase told = TenantPhase.of(status.path("phase").asString(""));
    if (!meta.has("deletionTimestamp")) {
      return told;
    }
    boolean kept = meta.path("deletionGracePeriodSeconds").asLong(0) > 0;
    return kept && told != TenantPhase.TERMINATING
        ? TenantPhase.DELETION_REQUESTED
        : TenantPhase.TERMINATING;
  }

  private static String orElse(String text, String otherwise) {
    return text.isEmpty() ? otherwise : text;
  }

  private static @Nullable Instant instant(String text) {
    return text.isEmpty() ? null : Instant.parse(text);
  }
}
