package dev.argosy.store.cache;

import dev.argosy.model.object.ObjectKey;

/**
 * What a watcher wants to be woken for; the empty string stands for any.
 *
 * @param nodeName events whose object is, or was before, bound to this node ({@code spec.nodeName})
 */
public record EventFilter(String cluster, String namespace, String name, String nodeName) {

  /** Everything. */
  public static final EventFilter ALL = new EventFilter("", "", "", "");

  /** One cluster, or all; one namespace of it, or all. */
  public static EventFilter of(String cluster, String namespace) {
    return new EventFilter(cluster, namespace, "", "");
  }

  public EventFilter withName(String wanted) {
    return new EventFilter(cluster, namespace, wanted, nodeName);
  }

  public EventFilter withNodeName(String wanted) {
    return new EventFilter(cluster, namespace, name, wanted);
  }

  boolean wants(Slot slot) {
    return wants(slot.event().object().key())
        && (nodeName.isEmpty()
            || nodeName.equals(slot.nodeName())
            || nodeName.equals(slot.previousNodeName()));
  }

  private boolean wants(ObjectKey key) {
    return (cluster.isEmpty() || cluster.equals(key.cluster()))
        && (namespace.isEmpty() || namespace.equals(key.namespace()))
        && (name.isEmpty() || name.equals(key.name()));
  }
}
