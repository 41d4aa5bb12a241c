package dev.argosy.server.registry;

import dev.argosy.model.object.ApiObject;
import dev.argosy.model.schema.KindSchema;
import dev.argosy.model.schema.Strategy.Generation;
import dev.argosy.model.status.Cause;
import dev.argosy.model.status.Status;
import dev.argosy.server.admission.Operation;
import dev.argosy.server.quota.Room;
import dev.argosy.server.registry.Charging.Bill;
import dev.argosy.store.spi.Change;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** Makes a new object. */
final class Creation {

  private static final int ATTEMPTS = 8;

  private final Charging charging;
  private final Objects objects;
  private final Admitting admitting;
  private final RulesByKind rules;
  private final Clock clock;
  private final Ownership ownership;
  private final GeneratedNames names;

  Creation(
      Charging charging,
      Admitting admitting,
      RulesByKind rules,
      Clock clock,
      GeneratedNames names) {
    this.charging = charging;
    this.objects = charging.objects();
    this.admitting = admitting;
    this.rules = rules;
    this.clock = clock;
    this.ownership = new Ownership(clock);
    this.names = names;
  }

  /**
   * Creates the object; {@code object} is consumed.
   *
   * @throws dev.argosy.model.status.StatusException AlreadyExists, Invalid…
   */
  ApiObject create(Write write, ObjectNode object) {
    return create(write, object, false);
  }

  /** As {@link #create(Write, ObjectNode)}; of an applied object the owners are known. */
  ApiObject create(Write write, ObjectNode object, boolean applied) {
    Metadata metadata = Metadata.of(object);
    requirePlace(write, metadata);
    if (!metadata.takeResourceVersion().isEmpty()) {
      throw Status.badRequest("resourceVersion should not be set on objects to be created")
          .asException();
    }
    reset(write.kind(), object, metadata);
    write.kind().applyDefaults(object);
    if (!applied) {
      ownership.created(write, object);
    }
    admitting.mutate(write.named(metadata.text("name")), Operation.CREATE, object, null);
    write.kind().applyDefaults(object);
    boolean generated = metadata.text("name").isEmpty() && !metadata.text("generateName").isEmpty();
    for (int attempt = 1; ; attempt++) {
      Optional<ApiObject> made = attempt(write, object.deepCopy(), generated);
      if (made.isPresent()) {
        return made.get();
      }
      if (attempt == ATTEMPTS) {
        throw Status.alreadyExists(write.resource(), metadata.text("generateName")).asException();
      }
    }
  }

  /** The created object, or nothing if another try with other generated values may succeed. */
  private Optional<ApiObject> attempt(Write asked, ObjectNode object, boolean generated) {
    Metadata metadata = Metadata.of(object);
    if (generated) {
      metadata.set("name", names.of(metadata.text("generateName")));
    }
    metadata.set("uid", UUID.randomUUID().toString());
    metadata.set("creationTimestamp", Metadata.timestamp(clock.instant()));
    Write write = asked.named(metadata.text("name"));
    Claims claims = new Claims(objects);
    rules.of(write).beforeCreate(write, claims, object);
    requireName(write, metadata);
    List<Cause> problems = new ArrayList<>(write.kind().validate(object));
    problems.addAll(rules.of(write).problems(write, object, null));
    refuse(write, problems);
    write.warnings().addAll(write.kind().warnings(object, null));
    admitting.validate(write, Operation.CREATE, object, null);
    if (!generated && objects.preset(write.key())) {
      throw Status.alreadyExists(write.resource(), write.name()).asException();
    }
    ObjectNode once = rules.of(write).shownOnce(write, object);
    byte[] stored = Ownership.stored(write, object);
    Bill bill = new Bill(write, object, null, new Room(0, Room.of(write.key(), stored), false));
    if (write.options().dryRun()) {
      ApiObject shown = dryRun(write, stored, generated);
      charging.check(bill);
      return Optional.of(shown);
    }
    Optional<Long> revision =
        charging.commit(bill, claims.with(new Change.Create(write.key(), stored)));
    if (revision.isEmpty() && !generated && (claims.isEmpty() || objects.exists(write.key()))) {
      throw Status.alreadyExists(write.resource(), write.name()).asException();
    }
    revision.ifPresent(r -> rules.of(write).done(write, r));
    byte[] shown = once.isEmpty() ? stored : with(write, object, once);
    return revision.map(r -> ApiObject.ofStored(write.key(), r, shown));
  }

  /** The object with what only this answer shows in its status. */
  private static byte[] with(Write write, ObjectNode object, ObjectNode once) {
    ObjectNode shown = object.deepCopy();
    shown.withObject("status").setAll(once);
    return Ownership.stored(write, shown);
  }

  private ApiObject dryRun(Write write, byte[] stored, boolean generated) {
    if (!generated && objects.exists(write.key())) {
      throw Status.alreadyExists(write.resource(), write.name()).asException();
    }
    return ApiObject.ofWire(write.key(), 0, stored);
  }

  static void requirePlace(Write write, Metadata metadata) {
    String namespace = metadata.text("namespace");
    if (!write.kind().type().namespaced()) {
      return;
    }
    if (!namespace.isEmpty() && !namespace.equals(write.namespace())) {
      throw wrongNamespace().asException();
    }
    metadata.set("namespace", write.namespace());
  }

  static Status wrongNamespace() {
    return Status.badRequest(
        "the namespace of the provided object does not match the namespace sent on the request");
  }

  /**
   * The name becomes part of a key, so it must be there and fit, whatever the kind thinks of it.
   */
  private static void requireName(Write write, Metadata metadata) {
    if (metadata.text("name").isEmpty()) {
      refuse(
          write,
          List.of(
              new Cause(
                  "FieldValueRequired",
                  "Required value: name or generateName is required",
                  "metadata.name")));
    }
  }

  /** Clears what only the system says. */
  static void reset(KindSchema kind, ObjectNode object, Metadata metadata) {
    metadata.remove("uid", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds");
    metadata.remove("generation");
    if (kind.strategy().generation() != Generation.NONE) {
      metadata.setGeneration(1);
    }
    if (kind.type().subresources().contains("status") && !kind.strategy().keepsStatus()) {
      object.remove("status");
    }
  }

  static void refuse(Write write, List<Cause> causes) {
    if (!causes.isEmpty()) {
      throw Status.invalid(
              write.resource().group(), write.kind().type().kind(), write.name(), causes)
          .asException();
    }
  }
}
