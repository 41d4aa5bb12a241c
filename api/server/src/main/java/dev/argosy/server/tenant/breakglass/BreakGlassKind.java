package dev.argosy.server.tenant.breakglass;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.status.Cause;
import dev.argosy.model.status.Status;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.server.access.ClusterScope;
import dev.argosy.server.registry.Claims;
import dev.argosy.server.registry.KindRules;
import dev.argosy.server.registry.Write;
import dev.argosy.tenancy.breakglass.BreakGlass;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Whoever takes access takes it for themselves, from now on, and for no longer than the limit. */
public final class BreakGlassKind implements KindRules {

  public static final GroupResource RESOURCE = BreakGlass.RESOURCE;

  private static final Duration USUAL = Duration.ofHours(1);
  private static final String SECONDS = "durationSeconds";

  private final ClusterDirectory clusters;
  private final Duration limit;
  private final Clock clock;

  /**
   * @param limit the longest that it may last
   */
  public BreakGlassKind(ClusterDirectory clusters, Duration limit, Clock clock) {
    this.clusters = clusters;
    this.limit = limit;
    this.clock = clock;
  }

  @Override
  public void beforeCreate(Write write, Claims claims, ObjectNode object) {
    UserInfo user = write.user();
    if (user.name().startsWith("system:") || ClusterScope.of(user).isPresent()) {
      String name = object.path("metadata").path("name").asString("");
      throw Status.forbidden(RESOURCE, name, "only users of the platform can take access")
          .asException();
    }
    ObjectNode spec = object.withObject("spec");
    spec.remove(List.of("uid", "ended", "endedBy"));
    spec.put("username", user.name());
    if (!user.uid().isEmpty()) {
      spec.put("uid", user.uid());
    }
    long usual = Math.min(USUAL.toSeconds(), limit.toSeconds());
    long asked = spec.path(SECONDS).asLong(usual);
    spec.put(SECONDS, asked);
    long seconds = Math.clamp(asked, 0, limit.toSeconds());
    spec.put(
        "expiresAt",
        clock.instant().plusSeconds(seconds).truncatedTo(ChronoUnit.SECONDS).toString());
  }

  @Override
  public void beforeUpdate(Write write, Claims claims, ObjectNode object, ObjectNode old) {
    boolean ends = ended(object) && !ended(old);
    String before = old.path("spec").path("endedBy").asString("");
    String by = ends ? write.user().name() : before;
    ObjectNode spec = object.withObject("spec");
    spec.remove("endedBy");
    if (!by.isEmpty()) {
      spec.put("endedBy", by);
    }
  }

  private static boolean ended(ObjectNode object) {
    return object.path("spec").path("ended").asBoolean(false);
  }

  @Override
  public List<Cause> problems(Write write, ObjectNode object, @Nullable ObjectNode old) {
    if (old != null) {
      return List.of();
    }
    List<Cause> all = new ArrayList<>();
    long asked = object.path("spec").path(SECONDS).asLong(0);
    if (asked < 1 || asked > limit.toSeconds()) {
      String range = "must be between 1 and " + limit.toSeconds() + ", inclusive";
      all.add(cause("FieldValueInvalid", "Invalid value: " + asked + ": " + range, SECONDS));
    }
    String tenant = object.path("spec").path("tenant").asString("");
    boolean known = !tenant.equals(ClusterDirectory.ROOT) && clusters.find(tenant).isPresent();
    if (!tenant.isEmpty() && !known) {
      all.add(cause("FieldValueNotFound", "Not found: \"" + tenant + "\"", "tenant"));
    }
    return all;
  }

  private static Cause cause(String reason, String message, String field) {
    return new Cause(reason, message, "spec." + field);
  }
}
