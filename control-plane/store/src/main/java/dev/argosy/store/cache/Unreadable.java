package dev.argosy.store.cache;

import dev.argosy.model.object.ObjectKey;
import dev.argosy.store.spi.StoreEvent;
import dev.argosy.store.spi.StoredValue;
import dev.argosy.store.spi.ValueTroubleException;
import java.util.Map;
import org.pcollections.TreePMap;

/**
 * What the store has and cannot read, each with the reason. Whoever asks for one, or for all of a
 * cluster or namespace that has one, is told so: to leave it out would say that it is not there,
 * and what follows from that is done at once. Those who look at all clusters are shown the rest,
 * and of it the last state that could be read, so that one tenant's trouble stays its own.
 * Immutable; most often empty.
 */
record Unreadable(TreePMap<ObjectKey, String> reasons) {

  static final Unreadable NOTHING = new Unreadable(TreePMap.empty());

  Unreadable with(StoredValue value) {
    String trouble = value.trouble();
    return trouble == null ? this : new Unreadable(reasons.plus(value.key(), trouble));
  }

  Unreadable after(StoreEvent event) {
    boolean put = event instanceof StoreEvent.Put;
    if (put && !((StoreEvent.Put) event).stored().readable()) {
      return with(((StoreEvent.Put) event).stored());
    }
    return reasons.containsKey(event.key()) ? new Unreadable(reasons.minus(event.key())) : this;
  }

  void require(ObjectKey key) {
    if (reasons.isEmpty()) {
      return;
    }
    String reason = reasons.get(key);
    if (reason != null) {
      throw ValueTroubleException.reading(key, reason);
    }
  }

  /**
   * Refuses if something of a cluster cannot be read.
   *
   * @param cluster empty for all, who are not refused
   * @param namespace empty for all
   */
  void require(String cluster, String namespace) {
    if (reasons.isEmpty() || cluster.isEmpty()) {
      return;
    }
    for (Map.Entry<ObjectKey, String> each : reasons.entrySet()) {
      ObjectKey key = each.getKey();
      if (key.cluster().equals(cluster)
          && (namespace.isEmpty() || namespace.equals(key.namespace()))) {
        throw ValueTroubleException.reading(key, each.getValue());
      }
    }
  }
}
