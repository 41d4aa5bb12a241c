package dev.argosy.agent.device;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Which devices a container gets. */
final class DeviceChoice {

  private DeviceChoice() {}

  /**
   * As many as are wanted: first those that an init container of the pod has left, then those the
   * plug-in prefers, then those that are near, then any.
   *
   * @param free that nobody has, healthy ones alone
   * @param reusable left by init containers of the same pod, healthy ones alone
   * @return empty if there are not enough
   */
  static Optional<Set<String>> of(
      int wanted,
      Set<String> free,
      Set<String> reusable,
      Collection<String> preferred,
      Set<String> near) {
    Set<String> chosen = new LinkedHashSet<>();
    take(chosen, wanted, near(reusable, near));
    take(chosen, wanted, new TreeSet<>(reusable));
    take(chosen, wanted, preferred.stream().filter(free::contains).toList());
    take(chosen, wanted, near(free, near));
    take(chosen, wanted, new TreeSet<>(free));
    return chosen.size() == wanted ? Optional.of(chosen) : Optional.empty();
  }

  private static Set<String> near(Set<String> devices, Set<String> near) {
    Set<String> both = new TreeSet<>(devices);
    both.retainAll(near);
    return both;
  }

  private static void take(Set<String> chosen, int wanted, Collection<String> from) {
    for (String one : from) {
      if (chosen.size() < wanted) {
        chosen.add(one);
      }
    }
  }
}
