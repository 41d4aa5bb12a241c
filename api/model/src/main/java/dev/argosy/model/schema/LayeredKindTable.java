package dev.argosy.model.schema;

import dev.argosy.model.kind.GroupResource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** A table that many share, and what one cluster has besides. What is in both is the shared one. */
public final class LayeredKindTable implements KindTable {

  private final KindTable base;
  private final IndexedKindTable more;
  private final List<KindSchema> all;

  public LayeredKindTable(KindTable base, Collection<? extends KindSchema> more) {
    this.base = base;
    this.more =
        new IndexedKindTable(
            more.stream()
                .filter(kind -> base.preferred(kind.type().groupResource()).isEmpty())
                .toList());
    List<KindSchema> sorted = new ArrayList<>(base.all());
    sorted.addAll(this.more.all());
    sorted.sort(IndexedKindTable.ORDER);
    this.all = List.copyOf(sorted);
  }

  /** The shared part. */
  public KindTable base() {
    return base;
  }

  /** This cluster's own part. */
  public KindTable more() {
    return more;
  }

  @Override
  public List<KindSchema> all() {
    return all;
  }

  @Override
  public Optional<KindSchema> find(String group, String version, String resource) {
    return base.find(group, version, resource).or(() -> more.find(group, version, resource));
  }

  @Override
  public Optional<KindSchema> ofKind(String apiVersion, String kind) {
    return base.ofKind(apiVersion, kind).or(() -> more.ofKind(apiVersion, kind));
  }

  @Override
  public Optional<KindSchema> preferred(GroupResource resource) {
    return base.preferred(resource).or(() -> more.preferred(resource));
  }
}
