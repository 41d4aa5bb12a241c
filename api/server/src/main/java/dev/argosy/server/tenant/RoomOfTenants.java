package dev.argosy.server.tenant;

import dev.argosy.model.object.Json;
import dev.argosy.model.quantity.EtcdAmounts;
import dev.argosy.model.quantity.Quantity;
import dev.argosy.model.quantity.QuantityFormatException;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * How much room in etcd a new tenant gets, unless somebody says otherwise.
 *
 * @param objects at most so many; 0 for no bound
 * @param bytes at most so many; 0 for no bound
 */
public record RoomOfTenants(Quantity objects, Quantity bytes) {

  /** No bounds. */
  public static final RoomOfTenants UNBOUNDED = new RoomOfTenants(Quantity.ZERO, Quantity.ZERO);

  private static final String OBJECTS = "argosy.tenant.etcd-objects";
  private static final String BYTES = "argosy.tenant.etcd-bytes";

  public RoomOfTenants {
    require(OBJECTS, objects);
    require(BYTES, bytes);
  }

  private static void require(String setting, Quantity amount) {
    if (amount.signum() < 0 || !amount.integral()) {
      throw new IllegalArgumentException(setting + " must be a whole number, 0 or more");
    }
  }

  /** Reads the documented keys. */
  public static RoomOfTenants of(Map<String, String> settings) {
    return new RoomOfTenants(amount(settings, OBJECTS, "100000"), amount(settings, BYTES, "512Mi"));
  }

  private static Quantity amount(Map<String, String> settings, String key, String otherwise) {
    try {
      return Quantity.parse(settings.getOrDefault(key, otherwise));
    } catch (QuantityFormatException e) {
      throw new IllegalArgumentException(key + ": " + e.getMessage(), e);
    }
  }

  /** As a quota says it. */
  ObjectNode hard() {
    ObjectNode hard = Json.object();
    if (objects.signum() > 0) {
      hard.put(EtcdAmounts.OBJECTS, objects.toString());
    }
    if (bytes.signum() > 0) {
      hard.put(EtcdAmounts.BYTES, bytes.toString());
    }
    return hard;
  }
}
