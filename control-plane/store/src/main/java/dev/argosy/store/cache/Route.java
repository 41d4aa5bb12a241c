package dev.argosy.store.cache;

import dev.argosy.model.object.ObjectKey;
import java.util.ArrayList;
import java.util.List;

/**
 * The part of a filter by which events find their watchers; the rest is checked by the watcher. One
 * route is a node, or a cluster with namespace and name each given or not.
 */
record Route(String nodeName, String cluster, String namespace, String name) {

  private static final Route ALL = new Route("", "", "", "");

  static Route of(EventFilter filter) {
    if (!filter.nodeName().isEmpty()) {
      return new Route(filter.nodeName(), "", "", "");
    }
    return filter.cluster().isEmpty()
        ? ALL
        : new Route("", filter.cluster(), filter.namespace(), filter.name());
  }

  /** All routes that lead to watchers of this event. */
  static List<Route> of(Slot slot) {
    ObjectKey key = slot.event().object().key();
    List<Route> routes = new ArrayList<>(8);
    routes.add(ALL);
    routes.add(new Route("", key.cluster(), "", ""));
    routes.add(new Route("", key.cluster(), "", key.name()));
    if (!key.namespace().isEmpty()) {
      routes.add(new Route("", key.cluster(), key.namespace(), ""));
      routes.add(new Route("", key.cluster(), key.namespace(), key.name()));
    }
    addNodes(routes, slot);
    return routes;
  }

  private static void addNodes(List<Route> routes, Slot slot) {
    if (!slot.nodeName().isEmpty()) {
      routes.add(new Route(slot.nodeName(), "", "", ""));
    }
    if (!slot.previousNodeName().isEmpty() && !slot.previousNodeName().equals(slot.nodeName())) {
      routes.add(new Route(slot.previousNodeName(), "", "", ""));
    }
  }
}
