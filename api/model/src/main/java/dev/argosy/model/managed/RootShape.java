package dev.argosy.model.managed;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The shape of a whole object without the fields that nobody owns: those that say which object it
 * is, and those that only the system writes.
 */
record RootShape(TypeShape object) implements SystemFields {

  private static final Set<String> UNOWNED = Set.of("apiVersion", "kind");

  @Override
  public Form form() {
    return Form.OBJECT;
  }

  @Override
  public @Nullable Member member(String name) {
    if (unowned(name)) {
      return null;
    }
    Member member = object.member(name);
    return member != null && name.equals("metadata")
        ? new Member(new MetadataShape(member.shape()), true, true)
        : member;
  }

  @Override
  public boolean unowned(String field) {
    return UNOWNED.contains(field);
  }

  private record MetadataShape(TypeShape metadata) implements SystemFields {

    private static final Set<String> UNOWNED =
        Set.of(
            "name",
            "namespace",
            "creationTimestamp",
            "selfLink",
            "uid",
            "clusterName",
            "generation",
            "managedFields",
            "resourceVersion");

    @Override
    public Form form() {
      return Form.OBJECT;
    }

    @Override
    public @Nullable Member member(String name) {
      return unowned(name) ? null : metadata.member(name);
    }

    @Override
    public boolean unowned(String field) {
      return UNOWNED.contains(field);
    }
  }
}
