package dev.argosy.server.admission;

import dev.argosy.model.object.ApiObject;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Which class is meant when an object names none: the newest one that is marked as default. */
final class DefaultClass {

  private static final Comparator<ApiObject> NEWEST_FIRST =
      Comparator.comparing(DefaultClass::made).reversed().thenComparing(ApiObject::name);

  private DefaultClass() {}

  /**
   * The default among classes.
   *
   * @param marks annotations of which one must be {@code "true"}
   */
  static Optional<ApiObject> among(List<ApiObject> classes, List<String> marks) {
    return classes.stream()
        .filter(one ->
            marks.stream().anyMatch(mark -> "true".equals(one.meta().annotations().get(mark))))
        .min(NEWEST_FIRST);
  }

  private static Instant made(ApiObject object) {
    Instant created = object.meta().creationTimestamp();
    return created == null ? Instant.EPOCH : created;
  }
}
