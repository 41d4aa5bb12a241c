package dev.argosy.scheduler.queue;

import dev.argosy.model.object.ObjectKey;
import dev.argosy.scheduler.pod.PodView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Pods that wait for nothing but their tenant, which is suspended. One thread. */
public final class SuspendedPods {

  private final Map<ObjectKey, PodView> pods = new HashMap<>();

  /** Why such a pod waits. */
  public static String message(PodView pod) {
    return "tenant " + pod.key().cluster() + " is suspended";
  }

  /** Keeps a pod; answers whether somebody must be told why. */
  public boolean put(PodView pod) {
    PodView before = pods.put(pod.key(), pod);
    boolean known = before != null && before.uid().equals(pod.uid());
    return !known || !pod.told().equals(message(pod));
  }

  public void remove(ObjectKey key) {
    pods.remove(key);
  }

  /** Lets those go whose tenant is no longer suspended. */
  public List<PodView> release(Predicate<String> suspended) {
    List<PodView> released = new ArrayList<>();
    for (PodView pod : pods.values()) {
      if (!suspended.test(pod.key().cluster())) {
        released.add(pod);
      }
    }
    released.forEach(pod -> pods.remove(pod.key()));
    return released;
  }
}
