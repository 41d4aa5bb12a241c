package dev.argosy.server.registry;

import dev.argosy.model.schema.Subresource;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import dev.argosy.server.admission.Operation;
import dev.argosy.server.request.DecodedBody;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Answers POST to subresources: binding and eviction of pods, and what others answer. */
final class Posting {

  private final Updating updating;
  private final Eviction eviction;
  private final Admitting admitting;
  private final Map<String, PostHandler> others;
  private final Clock clock;

  /**
   * @param others by "resource/subresource"
   */
  Posting(
      Updating updating,
      Eviction eviction,
      Admitting admitting,
      Map<String, PostHandler> others,
      Clock clock) {
    this.updating = updating;
    this.eviction = eviction;
    this.admitting = admitting;
    this.others = others;
    this.clock = clock;
  }

  ObjectNode post(Write write, DecodedBody body) {
    Subresource subresource = subresource(write);
    ObjectNode object = BodyCheck.requireObject(body.tree());
    String what = write.resource() + "/" + write.subresource();
    if (what.equals("pods/eviction")) {
      Eviction.acceptVersions(object);
    }
    BodyCheck.requireType(object, apiVersion(subresource), subresource.kind());
    return switch (what) {
      case "pods/binding" -> {
        Binding.check(write, object);
        admit(write, object);
        updating.update(
            write,
            Part.BINDING,
            present -> Binding.apply(write, present.deepCopy(), object, clock));
        yield Registry.success(201);
      }
      case "pods/eviction" -> {
        Eviction.check(write, object);
        admit(write, object);
        eviction.evict(write, object);
        yield Registry.success(201);
      }
      default -> {
        admit(write, object);
        yield handler(what).post(write.subject(), object, write.warnings()::add);
      }
    };
  }

  private void admit(Write write, ObjectNode object) {
    admitting.mutate(write, Operation.CREATE, object, null);
    admitting.validate(write, Operation.CREATE, object, null);
  }

  private static Subresource subresource(Write write) {
    return write.kind().subresources().stream()
        .filter(s -> s.name().equals(write.subresource()))
        .findFirst()
        .orElseThrow(() -> Status.of(Reason.NOT_FOUND, "no such subresource").asException());
  }

  private static String apiVersion(Subresource subresource) {
    return subresource.group().isEmpty()
        ? subresource.version()
        : subresource.group() + "/" + subresource.version();
  }

  private PostHandler handler(String what) {
    @Nullable PostHandler handler = others.get(what);
    if (handler == null) {
      throw Status.methodNotAllowed().asException();
    }
    return handler;
  }
}
