package dev.argosy.store.cache;

import dev.argosy.model.kind.GroupResource;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Stream;

/** Several stores behind one door: some API groups have a store of their own. */
public final class RoutedCaches implements ResourceCaches {

  private final Map<String, ResourceCaches> byGroup;
  private final ResourceCaches others;

  /**
   * @param byGroup API groups that do not live with the others
   */
  public RoutedCaches(Map<String, ResourceCaches> byGroup, ResourceCaches others) {
    this.byGroup = Map.copyOf(byGroup);
    this.others = others;
  }

  @Override
  public WatchCache of(GroupResource resource) {
    return byGroup.getOrDefault(resource.group(), others).of(resource);
  }

  @Override
  public Collection<WatchCache> open() {
    return Stream.concat(byGroup.values().stream(), Stream.of(others))
        .flatMap(caches -> caches.open().stream())
        .toList();
  }

  @Override
  public void close() {
    byGroup.values().forEach(ResourceCaches::close);
    others.close();
  }
}
