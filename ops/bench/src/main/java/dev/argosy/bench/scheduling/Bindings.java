package dev.argosy.bench.scheduling;

import dev.argosy.bench.plane.Plane;
import dev.argosy.model.client.ListOptions;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.client.WatchEvent;
import dev.argosy.model.client.WatchOptions;
import dev.argosy.model.client.WatchStream;
import dev.argosy.model.object.ApiObject;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/** Sees bindings of measured pods as everybody else does, by a watch, and when. */
final class Bindings implements AutoCloseable {

  private final Map<String, Long> seen = new ConcurrentHashMap<>();
  private final WatchStream watch;
  private final Thread thread;

  /** Begins to watch now. */
  Bindings(Plane plane) {
    ResourceScope pods = ResourceScope.cluster(Plane.PODS, Plane.TENANT);
    ListOptions one = new ListOptions("", "", 1, "", "", "");
    long now = plane.client().list(pods, one).orThrow().revision();
    WatchOptions bound = new WatchOptions("", "spec.nodeName!=", Long.toString(now), false, false);
    this.watch = plane.client().watch(pods, bound).orThrow();
    this.thread = Thread.ofVirtual().name("bindings").start(this::read);
  }

  private void read() {
    try {
      for (List<WatchEvent> events = watch.next(); !events.isEmpty(); events = watch.next()) {
        long now = System.nanoTime();
        for (WatchEvent event : events) {
          if (event instanceof WatchEvent.Added(ApiObject pod)
              && pod.name().startsWith(Trial.MEASURED)) {
            seen.put(pod.name(), now);
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  int count() {
    return seen.size();
  }

  /** When a pod's binding was seen. */
  OptionalLong at(String pod) {
    Long when = seen.get(pod);
    return when == null ? OptionalLong.empty() : OptionalLong.of(when);
  }

  /** Nanoseconds from the first to the last. */
  long span() {
    long first = seen.values().stream().mapToLong(Long::longValue).min().orElse(0);
    long last = seen.values().stream().mapToLong(Long::longValue).max().orElse(0);
    return last - first;
  }

  @Override
  public void close() {
    watch.close();
    thread.interrupt();
  }
}
