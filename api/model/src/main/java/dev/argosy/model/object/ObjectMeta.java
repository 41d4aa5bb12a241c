package dev.argosy.model.object;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The part of {@code metadata} that the system itself reads. Times have seconds precision.
 *
 * @param generation 0 when the object has none
 */
public record ObjectMeta(
    String name,
    String namespace,
    String uid,
    long generation,
    Map<String, String> labels,
    Map<String, String> annotations,
    List<OwnerReference> ownerReferences,
    List<String> finalizers,
    @Nullable Instant creationTimestamp,
    @Nullable Instant deletionTimestamp) {

  public ObjectMeta {
    labels = Map.copyOf(labels);
    annotations = Map.copyOf(annotations);
    ownerReferences = List.copyOf(ownerReferences);
    finalizers = List.copyOf(finalizers);
  }

  /** Whether deletion has been asked for and waits for grace or finalizers. */
  public boolean deleting() {
    return deletionTimestamp != null;
  }

  /** The owner that manages this object, if any. */
  public Optional<OwnerReference> controller() {
    return ownerReferences.stream().filter(OwnerReference::controller).findFirst();
  }
}
