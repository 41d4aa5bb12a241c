package dev.argosy.server.tenant.request;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.status.Status;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.server.registry.Claims;
import dev.argosy.server.registry.KindRules;
import dev.argosy.server.registry.Write;
import dev.argosy.store.cache.ResourceCaches;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Requests for tenants say who asks; nobody keeps too many that made no tenant. */
public final class RequestKind implements KindRules {

  public static final GroupResource RESOURCE = TenantRequest.RESOURCE;

  /**
   * So many requests of one user that made no tenant may be there. Those being written at the same
   * time are not counted.
   */
  static final int MOST = 20;

  /** The label by which a user's requests are found. */
  private static final String REQUESTER = "tenancy.argosy.dev/requester";

  private final ResourceCaches caches;

  public RequestKind(ResourceCaches caches) {
    this.caches = caches;
  }

  @Override
  public void beforeCreate(Write write, Claims claims, ObjectNode object) {
    UserInfo user = write.user();
    String name = object.path("metadata").path("name").asString("");
    if (user.name().startsWith("system:")) {
      throw Status.forbidden(RESOURCE, name, user.name() + " cannot be given a tenant")
          .asException();
    }
    String digest = digest(user.name());
    if (waiting(digest) >= MOST) {
      throw Status.forbidden(
              RESOURCE,
              name,
              "at most "
                  + MOST
                  + " requests of a user that made no tenant may be there; delete some")
          .asException();
    }
    object.withObject("metadata").withObject("labels").put(REQUESTER, digest);
    sign(object.withObject("spec"), user);
  }

  private static void sign(ObjectNode spec, UserInfo user) {
    spec.remove("uid");
    spec.put("username", user.name());
    if (!user.uid().isEmpty()) {
      spec.put("uid", user.uid());
    }
    ArrayNode groups = spec.putArray("groups");
    user.groups().forEach(groups::add);
  }

  private long waiting(String digest) {
    List<ApiObject> own =
        caches.of(RESOURCE).snapshot().labelled(ClusterDirectory.ROOT, "", REQUESTER, digest);
    return own.size() < MOST
        ? 0
        : own.stream().filter(request -> !RequestState.CREATED.holds(request.tree())).count();
  }

  /** Stands for a user's name where any text cannot. */
  static String digest(String user) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(user.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 20);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }
}
