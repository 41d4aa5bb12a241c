package dev.argosy.model.kind;

import java.util.List;
import java.util.Set;

/**
 * One served resource in one version: the row of the table of kinds that routing, discovery and
 * storage share.
 *
 * @param group the API group; empty for the core group
 * @param version for example {@code v1}
 * @param resource the plural name in URLs
 * @param singular the singular name that kubectl accepts
 * @param kind the name in bodies
 * @param namespaced whether objects live in namespaces
 * @param shortNames abbreviations that kubectl accepts
 * @param categories for example {@code all}
 * @param verbs the verbs that discovery announces, in alphabetical order
 * @param subresources names of served subresources, for example {@code status}
 */
public record ResourceType(
    String group,
    String version,
    String resource,
    String singular,
    String kind,
    boolean namespaced,
    List<String> shortNames,
    List<String> categories,
    List<String> verbs,
    Set<String> subresources) {

  public ResourceType {
    shortNames = List.copyOf(shortNames);
    categories = List.copyOf(categories);
    verbs = List.copyOf(verbs);
    subresources = Set.copyOf(subresources);
  }

  public GroupResource groupResource() {
    return new GroupResource(group, resource);
  }

  /** {@code v1}, or {@code group/version}. */
  public String apiVersion() {
    return group.isEmpty() ? version : group + "/" + version;
  }

  /** Whether objects of it are kept; false for reviews and the like, which are only answered. */
  public boolean stored() {
    return verbs.contains("get");
  }
}
