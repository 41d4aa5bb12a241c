package dev.argosy.server.admission;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.kind.ResourceType;
import dev.argosy.server.audit.AuditNotes;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
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
  private final Manner manner;
  private final AuditNotes notes;
  private final List<String> warnings = new ArrayList<>();
  private final Map<AdmissionStep, Object> memories = new IdentityHashMap<>();
  private boolean patched;
  private boolean repeated;

  public AdmissionRequest(
      Target target,
      Operation operation,
      UserInfo user,
      @Nullable ObjectNode object,
      @Nullable ObjectNode old) {
    this(target, operation, user, object, old, Manner.plain(target.type()));
  }

  /** A request whose bodies are of a kind of their own, or that says more about itself. */
  public AdmissionRequest(
      Target target,
      Operation operation,
      UserInfo user,
      @Nullable ObjectNode object,
      @Nullable ObjectNode old,
      Manner manner) {
    this(target, operation, user, object, old, manner, AuditNotes.NONE);
  }

  /** A request whose audit is told what the steps note. */
  public AdmissionRequest(
      Target target,
      Operation operation,
      UserInfo user,
      @Nullable ObjectNode object,
      @Nullable ObjectNode old,
      Manner manner,
      AuditNotes notes) {
    this.notes = notes;
    this.target = target;
    this.operation = operation;
    this.user = user;
    this.object = object;
    this.old = old;
    this.manner = manner;
  }

  /**
   * How it was asked for.
   *
   * @param kind of {@link #object()} and {@link #old()}; a subresource may have one of its own
   * @param options {@code CreateOptions}, {@code UpdateOptions} or {@code DeleteOptions} as a whole
   *     object; nothing for connections
   */
  public record Manner(BodyKind kind, Supplier<@Nullable ObjectNode> options) {

    static Manner plain(ResourceType type) {
      return new Manner(new BodyKind(type.group(), type.version(), type.kind()), () -> null);
    }
  }

  /** The type of a body. */
  public record BodyKind(String group, String version, String kind) {}

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

  /** Where the audit is told what happened. */
  public AuditNotes notes() {
    return notes;
  }

  /** The type of {@link #object()} and {@link #old()}. */
  public BodyKind kind() {
    return manner.kind();
  }

  /** How the client wants it done; made when asked for. Null for connections. */
  public @Nullable ObjectNode options() {
    return manner.options().get();
  }

  /**
   * A tenant's own rule (a webhook, a policy) wants the object to be like this. All mutating steps
   * then run a second time, so that the built-in ones see what came out. The object and its
   * metadata stay the same trees, since others hold on to them.
   */
  public void become(ObjectNode wanted) {
    ObjectNode target = Objects.requireNonNull(object);
    JsonNode metadata = target.get("metadata");
    JsonNode wantedMetadata = wanted.get("metadata");
    target.removeAll();
    target.setAll(wanted);
    if (metadata instanceof ObjectNode own && wantedMetadata instanceof ObjectNode now) {
      own.removeAll();
      own.setAll(now);
      target.set("metadata", own);
    }
    patched = true;
  }

  public boolean patched() {
    return patched;
  }

  /** Whether this is the second time; see {@link #become}. */
  public boolean repeated() {
    return repeated;
  }

  /** Begins the second time. For whoever leads the request through the steps. */
  public void repeat() {
    repeated = true;
  }

  /** What a step knows from the first time. */
  public <T> T memory(AdmissionStep step, Class<T> type, Supplier<T> first) {
    return type.cast(memories.computeIfAbsent(step, key -> first.get()));
  }

  /** Whether it is a write of this resource itself (no subresource). */
  public boolean concerns(String group, String resource) {
    return target.type().group().equals(group)
        && target.type().resource().equals(resource)
        && target.subresource().isEmpty();
  }
}
