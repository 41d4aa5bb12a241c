package dev.argosy.agent.volume;

import dev.argosy.agent.pod.view.ContainerView;
import dev.argosy.agent.pod.view.PodView;
import dev.argosy.agent.pod.view.Quantities;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which huge pages an emptyDir is of: {@code HugePages} means those of the one size that the pod
 * asks for, {@code HugePages-2Mi} names one of several.
 *
 * @see <a href="https://kubernetes.io/docs/tasks/manage-hugepages/scheduling-hugepages/">Huge
 *     pages</a>
 */
final class HugeMedium {

  private static final String RESOURCE = "hugepages-";
  private static final String MEDIUM = "HugePages";

  private HugeMedium() {}

  /**
   * The bytes of a page.
   *
   * @throws IOException if the pod asks for no such pages, or for several sizes and the medium does
   *     not say which
   */
  static long page(String medium, PodView pod) throws IOException {
    Set<String> asked = asked(pod);
    if (medium.equals(MEDIUM)) {
      if (asked.size() != 1) {
        throw new IOException(
            asked.isEmpty()
                ? "medium HugePages: no container of the pod asks for huge pages"
                : "medium HugePages: the pod asks for "
                    + String.join(" and ", asked)
                    + ": say which, such as "
                    + MEDIUM
                    + "-"
                    + asked.iterator().next().substring(RESOURCE.length()));
      }
      return Quantities.whole(asked.iterator().next().substring(RESOURCE.length()));
    }
    String size = medium.substring(Math.min(medium.length(), MEDIUM.length() + 1));
    if (!asked.contains(RESOURCE + size)) {
      throw new IOException(
          "medium " + medium + ": no container of the pod asks for " + RESOURCE + size);
    }
    return Quantities.whole(size);
  }

  private static Set<String> asked(PodView pod) {
    Set<String> asked = new TreeSet<>();
    for (ContainerView container : pod.all()) {
      container
          .resources()
          .path("limits")
          .propertyNames()
          .forEach(name -> {
            if (name.startsWith(RESOURCE)) {
              asked.add(name);
            }
          });
    }
    return asked;
  }
}
