package dev.argosy.server.admission;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.kind.ResourceType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * One write on its way to the store. Belongs to one request; not shared between threads.
 *
 * <p>{@link #object()} may be changed by mutating steps; {@link #old()} by nobody.
 */
public final class AdmissionRequest {

  private final Target target;
  private final Operation operation;
  private final UserInfo user;
  private final @Nullable ObjectNode object;
  private final @Nullable ObjectNode old;
  private final List<String> warnings = new ArrayList<>();

  public AdmissionRequest(
      Target target,
      Operation operation,
      UserInfo user,
      @Nullable ObjectNode object,
      @Nullable ObjectNode old) {
    this.target = target;
    this.operation = operation;
    this.user = user;
    this.object = object;
    this.old = old;
  }

  /**
   * What is written.
   *
   * @param name empty while a name is still to be generated
   * @param subresource empty for the object itself
   * @param dryRun whether nothing will be kept, so nothing outside may be changed either
   */
  public record Target(
      ResourceType type,
      String cluster,
      String namespace,
      String name,
      String subresource,
      boolean dryRun) {}

  public Target target() {
    return target;
  }

  public Operation operation() {
    return operation;
  }

  public UserInfo user() {
    return user;
  }

  /** The object as it shall become; null for deletions. */
  public @Nullable ObjectNode object() {
    return object;
  }

  /** The object as it is; null for creations. */
  public @Nullable ObjectNode old() {
    return old;
  }

  /** Tells the client something in a {@code Warning} header. */
  public void warn(String text) {
    warnings.add(text);
  }

  public List<String> warnings() {
    return List.copyOf(warnings);
  }

  /** Whether it is a write of this resource itself (no subresource). */
  public boolean concerns(String group, String resource) {
    return target.type().group().equals(group)
        && target.type().resource().equals(resource)
        && target.subresource().isEmpty();
  }
}
