package dev.argosy.model.kind;

import java.util.Comparator;

/**
 * A resource without its version.
 *
 * @param group the API group; empty for the core group
 * @param resource the plural name, lower case
 */
public record GroupResource(String group, String resource) implements Comparable<GroupResource> {

  private static final Comparator<GroupResource> ORDER =
      Comparator.comparing(GroupResource::group).thenComparing(GroupResource::resource);

  @Override
  public int compareTo(GroupResource other) {
    return ORDER.compare(this, other);
  }

  /** As Kubernetes prints it: {@code deployments.apps}, {@code pods}. */
  @Override
  public String toString() {
    return group.isEmpty() ? resource : resource + "." + group;
  }
}
