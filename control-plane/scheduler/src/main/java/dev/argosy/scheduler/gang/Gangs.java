package dev.argosy.scheduler.gang;

import dev.argosy.model.object.ObjectKey;
import dev.argosy.scheduler.pod.PodView;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The gangs of all clusters. Pods that name no group cost nothing here. One thread. */
public final class Gangs {

  private final Map<ObjectKey, Gang> all = new HashMap<>();
  private final Map<ObjectKey, ObjectKey> groupOf = new HashMap<>();

  /** The gang of a pod; empty if it names none. */
  public Optional<Gang> of(PodView pod) {
    return PodGroup.named(pod).map(all::get);
  }

  public Optional<Gang> find(ObjectKey group) {
    return Optional.ofNullable(all.get(group));
  }

  /** Takes in what a pod is now; answers its gang, or the one that it has left. */
  public Optional<Gang> see(PodView pod) {
    Optional<ObjectKey> named = PodGroup.named(pod);
    ObjectKey before = groupOf.get(pod.key());
    Optional<Gang> left =
        before == null || Optional.of(before).equals(named) ? Optional.empty() : drop(pod.key());
    if (named.isEmpty()) {
      return left;
    }
    groupOf.put(pod.key(), named.get());
    Gang gang = all.computeIfAbsent(named.get(), Gang::new);
    gang.see(pod);
    return Optional.of(gang);
  }

  /** The pod is gone; answers the gang in which it was. */
  public Optional<Gang> drop(ObjectKey pod) {
    ObjectKey group = groupOf.remove(pod);
    if (group == null) {
      return Optional.empty();
    }
    Optional<Gang> gang = find(group);
    gang.ifPresent(g -> g.remove(pod));
    gang.ifPresent(this::tidy);
    return gang;
  }

  public Gang put(PodGroup group) {
    Gang gang = all.computeIfAbsent(group.key(), Gang::new);
    gang.group(Optional.of(group));
    return gang;
  }

  public void remove(PodGroup group) {
    find(group.key())
        .ifPresent(gang -> {
          gang.group(Optional.empty());
          tidy(gang);
        });
  }

  private void tidy(Gang gang) {
    if (gang.isEmpty()) {
      all.remove(gang.key());
    }
  }
}
