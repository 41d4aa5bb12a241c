package dev.argosy.server.registry;

import dev.argosy.model.kind.ResourceType;
import dev.argosy.model.managed.Application;
import dev.argosy.model.managed.Application.Door;
import dev.argosy.model.status.Status;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One server-side apply on its way: makes the object that an applier wants. */
final class Applying implements Updating.Maker {

  private final Write write;
  private final Part part;
  private final ObjectNode configuration;
  private final Clock clock;

  private Applying(Write write, Part part, ObjectNode configuration, Clock clock) {
    this.write = write;
    this.part = part;
    this.configuration = configuration;
    this.clock = clock;
  }

  /** An apply of a configuration of the object itself, or of a part of it. */
  static Applying of(Write write, JsonNode body, Clock clock) {
    ObjectNode configuration = BodyCheck.requireObject(body);
    requireType(write.kind().type(), configuration);
    Metadata said = Metadata.of(configuration);
    requireName(write, said.text("name"));
    String namespace = said.text("namespace");
    if (!namespace.isEmpty() && !namespace.equals(write.namespace())) {
      throw Creation.wrongNamespace().asException();
    }
    return new Applying(write, Part.of(write.subresource()), configuration, clock);
  }

  /** An apply of a scale, which is one field of the workload. */
  static Applying ofScale(Write write, JsonNode body, Clock clock) {
    ObjectNode scale = BodyCheck.requireObject(body);
    requireName(write, Metadata.of(scale).text("name"));
    return new Applying(write, Part.MAIN, Scale.configuration(write, scale), clock);
  }

  private static void requireType(ResourceType type, ObjectNode configuration) {
    String version = configuration.path("apiVersion").asString("");
    String kind = configuration.path("kind").asString("");
    if (!version.equals(type.apiVersion()) || !kind.equals(type.kind())) {
      String shown = version.contains("/") ? version : "/" + version;
      throw Status.badRequest("invalid object type: " + shown + ", Kind=" + kind).asException();
    }
  }

  /** Who names nothing means the object at the URL. */
  private static void requireName(Write write, String name) {
    if (!name.isEmpty() && !name.equals(write.name())) {
      throw Updating.wrongName(name, write).asException();
    }
  }

  @Override
  public boolean knowsOwners() {
    return true;
  }

  @Override
  public ObjectNode make(ObjectNode present) {
    ObjectNode object = application().onto(present, door(present));
    Metadata said = Metadata.of(configuration);
    Metadata metadata = Metadata.of(object);
    for (String field : new String[] {"uid", "resourceVersion"}) {
      if (!said.text(field).isEmpty()) {
        metadata.set(field, said.text(field));
      }
    }
    return object;
  }

  /**
   * The object to create where there is none. A resourceVersion says nothing then: appliers name
   * one that cannot be, so that they create or are refused, but never change.
   *
   * @throws dev.argosy.model.status.StatusException Conflict if the applier means, by its uid, one
   *     that was there; BadRequest if it gives no name
   */
  ObjectNode fresh() {
    Metadata said = Metadata.of(configuration);
    if (said.text("name").isEmpty()) {
      throw Status.badRequest(
              "the name of the object ("
                  + write.name()
                  + " based on URL) was undeterminable: name must be provided")
          .asException();
    }
    if (!said.text("uid").isEmpty()) {
      throw Status.conflict(
              write.resource(),
              write.name(),
              "uid mismatch: the provided object specified uid "
                  + said.text("uid")
                  + ", and no existing object was found")
          .asException();
    }
    return application().onto(null, door(null));
  }

  private Application application() {
    return new Application(
        write.kind().shape(),
        Ownership.writer(write),
        configuration,
        write.options().force(),
        clock.instant());
  }

  private Door door(@Nullable ObjectNode present) {
    return new Door(
        merged -> {
          write.kind().prune(merged);
          part.restrict(write.kind(), merged, present == null ? BodyCheck.nothing() : present);
          return merged;
        },
        fields -> part.writable(write.kind(), fields));
  }
}
