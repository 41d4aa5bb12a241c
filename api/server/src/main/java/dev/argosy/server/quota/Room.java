package dev.argosy.server.quota;

import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.quantity.EtcdAmounts;
import dev.argosy.model.quantity.Quantity;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * The room that an object takes up in etcd with a write: the length of its value in bytes. Of a
 * resource quota without its status, which changes with the objects that are charged to it.
 *
 * @param before 0 if it is new
 * @param after 0 if it goes
 * @param due whether the write may go on though there is no room for it
 */
public record Room(long before, long after, boolean due) {

  /** Of what is not kept there. */
  public static final Room NONE = new Room(0, 0, false);

  /** What an object takes up. */
  public static long of(ApiObject object) {
    return object.key().resource().equals(Quota.RESOURCE)
        ? withoutStatus(object.tree())
        : object.storedSize();
  }

  /** What a value takes up. */
  public static long of(ObjectKey key, byte[] value) {
    return key.resource().equals(Quota.RESOURCE) ? withoutStatus(Json.parse(value)) : value.length;
  }

  private static long withoutStatus(ObjectNode tree) {
    tree.remove("status");
    tree.withObject("metadata").remove("resourceVersion");
    return Json.canonical(tree).length;
  }

  /** Of a write that must go on. */
  public Room whetherOrNot() {
    return new Room(before, after, true);
  }

  public long growth() {
    return after - before;
  }

  /** Adds how much more is taken up, of what the quota bounds. */
  void addTo(Map<String, Quantity> more, Quota quota) {
    if (quota.hard().containsKey(EtcdAmounts.BYTES) && growth() != 0) {
      more.put(EtcdAmounts.BYTES, Quantity.ofBytes(growth()));
    }
    int objects = (after == 0 ? 0 : 1) - (before == 0 ? 0 : 1);
    if (quota.hard().containsKey(EtcdAmounts.OBJECTS) && objects != 0) {
      more.put(EtcdAmounts.OBJECTS, Quantity.ofUnits(objects));
    }
  }
}
