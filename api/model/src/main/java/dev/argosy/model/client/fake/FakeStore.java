package dev.argosy.model.client.fake;

import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Objects, revisions and history. Every method is called with the lock held. */
final class FakeStore {

  /**
   * A change of one object.
   *
   * @param object the state after it; for a deletion the last state at the deletion's revision
   * @param previous the state before it; null for a creation
   */
  record Event(ApiObject object, @Nullable ApiObject previous, boolean deletion) {}

  final ReentrantLock lock = new ReentrantLock();
  final Condition changed = lock.newCondition();

  private final TreeMap<ObjectKey, ApiObject> objects = new TreeMap<>();
  private final List<Event> history = new ArrayList<>();
  private final Set<FakeWatch> watches = new HashSet<>();

  /** What those watched whose watches were cut, and who are not back yet. */
  private final List<ResourceScope> away = new ArrayList<>();

  private long revision = 1;
  private long compacted;
  private long generation;

  long revision() {
    return revision;
  }

  /** Waits until the revision is above this one; answers whether it became so in that time. */
  boolean awaitChange(long since, Duration patience) throws InterruptedException {
    long left = patience.toNanos();
    while (revision <= since && left > 0) {
      left = changed.awaitNanos(left);
    }
    return revision > since;
  }

  void opened(FakeWatch watch) {
    watches.add(watch);
    away.remove(watch.scope());
  }

  void closed(FakeWatch watch) {
    watches.remove(watch);
  }

  /** Whether everybody who watches has taken in all there is, and waits for more. */
  boolean isTakenIn() {
    return away.isEmpty() && watches.stream().allMatch(FakeWatch::isWaiting);
  }

  /** Counts those no more that somebody has left lying, or does not come back to. */
  void forgetUnread() {
    watches.removeIf(watch -> !watch.isWaiting());
    away.clear();
  }

  /** Grows when all watches are cut; a watch ends when it is not the one it began with. */
  long connection() {
    return generation;
  }

  void cutWatches() {
    generation++;
    watches.forEach(watch -> away.add(watch.scope()));
    watches.clear();
    changed.signalAll();
  }

  void compact() {
    compacted = revision;
    history.clear();
  }

  boolean isCompacted(long at) {
    return at < compacted;
  }

  @Nullable ApiObject get(ObjectKey key) {
    return objects.get(key);
  }

  ApiObject put(ObjectKey key, ObjectNode tree) {
    ObjectNode stored = tree.deepCopy();
    ((ObjectNode) stored.get("metadata")).remove("resourceVersion");
    ApiObject object = ApiObject.ofStored(key, ++revision, Json.canonical(stored));
    ApiObject previous = objects.put(key, object);
    add(new Event(object, previous, false));
    return object;
  }

  ApiObject remove(ObjectKey key) {
    ApiObject last = objects.remove(key);
    if (last == null) {
      throw new IllegalStateException("no " + key);
    }
    ObjectNode stored = last.tree();
    ((ObjectNode) stored.get("metadata")).remove("resourceVersion");
    ApiObject gone = ApiObject.ofStored(key, ++revision, Json.canonical(stored));
    add(new Event(gone, last, true));
    return gone;
  }

  private void add(Event event) {
    history.add(event);
    changed.signalAll();
  }

  List<ApiObject> list(ResourceScope scope) {
    return objects.values().stream().filter(o -> covers(scope, o.key())).toList();
  }

  /** Events of the scope after that revision, in order. */
  List<Event> eventsAfter(long after, ResourceScope scope) {
    int low = 0;
    int high = history.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (history.get(middle).object().revision() <= after) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return history.subList(low, history.size()).stream()
        .filter(e -> covers(scope, e.object().key()))
        .toList();
  }

  private static boolean covers(ResourceScope scope, ObjectKey key) {
    return key.resource().equals(scope.resource())
        && (scope.cluster().isEmpty() || scope.cluster().equals(key.cluster()))
        && (scope.namespace().isEmpty() || scope.namespace().equals(key.namespace()));
  }
}
