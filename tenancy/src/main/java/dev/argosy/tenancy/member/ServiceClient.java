package dev.argosy.tenancy.member;

import dev.argosy.model.kind.GroupResource;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/**
 * A program that logs in at the identity provider, and its role in a tenant.
 *
 * @param uid by which it differs from an earlier one of the same name
 * @param tokens how long each of its tokens is good
 */
public record ServiceClient(
    String name, String uid, Place place, String description, Duration tokens) {

  public static final GroupResource RESOURCE =
      new GroupResource("tenancy.argosy.dev", "serviceclients");

  /** Where a token's lifetime is not said. */
  private static final int USUAL_SECONDS = 900;

  private static final String ID_PREFIX = "svc-";

  /** A provider keeps 255 letters of a client's user. */
  private static final int NAMED = 120;

  public ServiceClient {
    if (name.isEmpty() || place.tenant().isEmpty() || place.role().isEmpty()) {
      throw new IllegalArgumentException("a service client needs a name, a tenant and a role");
    }
  }

  /**
   * What it may do where.
   *
   * @param role as of a {@link Member}
   * @param term of the role
   */
  public record Place(String tenant, String role, Term term) {}

  /**
   * Reads a whole ServiceClient object.
   *
   * @throws IllegalArgumentException if it is not complete
   */
  public static ServiceClient of(JsonNode object) {
    JsonNode spec = object.path("spec");
    return new ServiceClient(
        object.path("metadata").path("name").asString(""),
        object.path("metadata").path("uid").asString(""),
        new Place(spec.path("tenant").asString(""), spec.path("role").asString(""), Term.of(spec)),
        spec.path("description").asString(""),
        Duration.ofSeconds(spec.path("tokenLifetimeSeconds").asLong(USUAL_SECONDS)));
  }

  /** What it is called at the identity provider: no other ever was, or will be. */
  public String clientId() {
    return clientId(name, uid);
  }

  /** The same, of one that is about to be made. */
  public static String clientId(String name, String uid) {
    return ID_PREFIX + name.substring(0, Math.min(name.length(), NAMED)) + "-" + uid;
  }

  /** The name of the Member that gives the role. */
  public String member() {
    return place.tenant() + ".service-client-" + uid;
  }
}
