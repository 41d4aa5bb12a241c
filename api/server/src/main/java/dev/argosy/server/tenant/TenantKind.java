package dev.argosy.server.tenant;

import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Cause;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.server.registry.Claims;
import dev.argosy.server.registry.KindRules;
import dev.argosy.server.registry.Write;
import dev.argosy.server.tenant.request.RequestedTenant;
import dev.argosy.store.spi.ResourceStore;
import dev.argosy.tenancy.tenant.Tenant;
import dev.argosy.tenancy.tenant.TenantTree;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where writes of tenants differ: what stands above a tenant is looked at in the store, and must
 * still be so when the write takes place, so that two writes at a time make no circle either; a
 * deletion has a grace period.
 */
public final class TenantKind implements KindRules {

  /** So many tenants may stand above one another. */
  static final int MOST_LEVELS = 8;

  private static final long LONGEST_GRACE = Duration.ofDays(3650).toSeconds();

  private final ResourceStore store;
  private final TenantTree tree;
  private final Duration grace;

  /**
   * @param grace how long a tenant is kept if neither it nor the request says so
   */
  public TenantKind(ResourceStore store, TenantTree tree, Duration grace) {
    this.store = store;
    this.tree = tree;
    this.grace = grace;
  }

  /** A tenant above another, as the store has it. */
  private record Above(Tenant tenant, long revision) {}

  /** What stands above a name, the nearest first; ends behind the first circle. */
  private List<Above> above(String parent) {
    List<Above> found = new ArrayList<>();
    String name = parent;
    while (!name.isEmpty() && found.size() <= MOST_LEVELS) {
      var value = store.get(key(name));
      if (value.isEmpty()) {
        break;
      }
      Tenant tenant = Tenant.of(Json.parse(value.get().value()));
      found.add(new Above(tenant, value.get().revision()));
      name = tenant.parent();
    }
    return found;
  }

  private static ObjectKey key(String name) {
    return new ObjectKey(Tenant.RESOURCE, ClusterDirectory.ROOT, "", name);
  }

  private static String parent(@Nullable JsonNode object) {
    return object == null ? "" : object.path("spec").path("parent").asString("");
  }

  @Override
  public void beforeCreate(Write write, Claims claims, ObjectNode object) {
    claim(claims, parent(object));
    RequestedTenant.beforeCreate(write, store, claims, object);
  }

  @Override
  public void beforeUpdate(Write write, Claims claims, ObjectNode object, ObjectNode old) {
    RequestedTenant.beforeUpdate(object, old);
    if (!parent(object).equals(parent(old))) {
      claim(claims, parent(object));
    }
  }

  private void claim(Claims claims, String parent) {
    List<String> seen = new ArrayList<>();
    for (Above above : above(parent)) {
      if (!seen.contains(above.tenant.name())) {
        seen.add(above.tenant.name());
        claims.unchanged(key(above.tenant.name()), above.revision);
      }
    }
  }

  @Override
  public List<Cause> problems(Write write, ObjectNode object, @Nullable ObjectNode old) {
    List<Cause> all = new ArrayList<>(parentProblems(write, object, old));
    String template = object.path("spec").path("template").asString("");
    if (old == null && !template.isEmpty() && store.get(template(template)).isEmpty()) {
      all.add(new Cause("FieldValueNotFound", "Not found: \"" + template + "\"", "spec.template"));
    }
    return all;
  }

  private static ObjectKey template(String name) {
    return new ObjectKey(TemplateKind.RESOURCE, ClusterDirectory.ROOT, "", name);
  }

  private List<Cause> parentProblems(Write write, ObjectNode object, @Nullable ObjectNode old) {
    String parent = parent(object);
    if (parent.isEmpty() || parent.equals(parent(old)) || parent.equals(write.name())) {
      return List.of(); // not itself: the kind says so already
    }
    List<Above> above = above(parent);
    if (above.isEmpty()) {
      return List.of(cause("FieldValueNotFound", "Not found: \"" + parent + "\""));
    }
    if (above.stream().anyMatch(a -> a.tenant.name().equals(write.name()))) {
      return List.of(invalid(parent, "stands below tenant " + write.name() + " itself"));
    }
    if (above.getFirst().tenant.deletedAt() != null) {
      return List.of(invalid(parent, "is being deleted"));
    }
    int levels = above.size() + 1 + (old == null ? 0 : levelsBelow(write.name()));
    return levels > MOST_LEVELS
        ? List.of(
            invalid(parent, "at most " + MOST_LEVELS + " tenants may stand above one another"))
        : List.of();
  }

  private int levelsBelow(String name) {
    return PlatformStore.reached(() -> tree.levelsBelow(name, MOST_LEVELS));
  }

  private static Cause invalid(String parent, String why) {
    return cause("FieldValueInvalid", "Invalid value: \"" + parent + "\": " + why);
  }

  private static Cause cause(String reason, String message) {
    return new Cause(reason, message, "spec.parent");
  }

  @Override
  public long grace(@Nullable Long requested, ObjectNode object) {
    long own = object.path("spec").path("deletionGracePeriodSeconds").asLong(grace.toSeconds());
    return Math.clamp(requested != null ? requested : own, 0, LONGEST_GRACE);
  }
}
