package dev.argosy.server.registry;

import dev.argosy.model.object.ApiObject;
import dev.argosy.model.schema.KindSchema;
import dev.argosy.model.schema.Strategy.Generation;
import dev.argosy.model.status.Cause;
import dev.argosy.model.status.Status;
import dev.argosy.server.admission.Operation;
import dev.argosy.server.quota.Room;
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
        throw generated
            ? Status.alreadyExists(write.resource(), metadata.text("generateName")).asException()
            : Status.conflict(
                    write.resource(),
                    metadata.text("name"),
                    "what it refers to has just changed; please try again")
                .asException();
      }
    }
  }

  /**
   * An object on its way in: checked, and not yet kept.
   *
   * @param once what only the answer to its creation shows
   * @param claims what it takes besides
   */
  private record Checked(
      Write write, ObjectNode object, ObjectNode once, byte[] stored, Claims claims) {

    /** A pod that has to wait, as it was changed for that. */
    Checked waiting(Change place) {
      claims.add(place);
      return new Checked(write, object, once, Ownership.stored(write, object), claims);
    }

    Bill bill() {
      return new Bill(write, object, null, new Room(0, Room.of(write.key(), stored), false));
    }

    List<Change> changes() {
      return claims.with(new Change.Create(write.key(), stored));
    }

    ApiObject at(long revision) {
      byte[] shown = once.isEmpty() ? stored : with(write, object, once);
      return ApiObject.ofStored(write.key(), revision, shown);
    }
  }

  /**
   * The created object, or nothing if another try may succeed: with other generated values, or to
   * hear what is wrong with an object that refers to one which is gone.
   */
  private Optional<ApiObject> attempt(Write asked, ObjectNode object, boolean generated) {
    if (generated) {
      Metadata metadata = Metadata.of(object);
      metadata.set("name", names.of(metadata.text("generateName")));
    }
    Checked checked = check(asked, object);
    Write write = checked.write();
    admitting.validate(write, Operation.CREATE, object, null);
    if (!generated && objects.preset(write.key())) {
      throw Status.alreadyExists(write.resource(), write.name()).asException();
    }
    try {
      return keep(checked, generated);
    } catch (QuotaFull full) {
      Change place = charging.waits().gate(write.key(), object, full);
      return keep(checked.waiting(place), generated);
    }
  }

  private Optional<ApiObject> keep(Checked checked, boolean generated) {
    Write write = checked.write();
    if (write.options().dryRun()) {
      ApiObject shown = dryRun(write, checked.stored(), generated);
      charging.check(checked.bill());
      return Optional.of(shown);
    }
    Optional<Long> revision = charging.commit(checked.bill(), checked.changes());
    if (revision.isEmpty() && !generated && objects.exists(write.key())) {
      throw Status.alreadyExists(write.resource(), write.name()).asException();
    }
    revision.ifPresent(r -> rules.of(write).done(write, r));
    return revision.map(checked::at);
  }

  /** Gives it its identity, and checks it whole. */
  private Checked check(Write asked, ObjectNode object) {
    Metadata metadata = Metadata.of(object);
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
    ObjectNode once = rules.of(write).shownOnce(write, object);
    return new Checked(write, object, once, Ownership.stored(write, object), claims);
  }

  /**
   * Creates a namespace and what comes with it, in one transaction. Only the namespace is admitted:
   * nothing that admits can be in one that is not there.
   *
   * @param births the namespace first; consumed
   * @return false if one of them is there already; then none is made
   */
  boolean together(List<Birth> births) {
    List<Checked> all = new ArrayList<>();
    for (Birth birth : births) {
      Write write = birth.write();
      ObjectNode object = birth.object();
      Metadata metadata = Metadata.of(object);
      requirePlace(write, metadata);
      reset(write.kind(), object, metadata);
      write.kind().applyDefaults(object);
      ownership.created(write, object);
      Write named = write.named(metadata.text("name"));
      if (all.isEmpty()) {
        admitting.mutate(named, Operation.CREATE, object, null);
        admitting.validate(named, Operation.CREATE, object, null);
      }
      all.add(check(named, object));
    }
    List<Change> changes = all.stream().flatMap(each -> each.changes().stream()).toList();
    List<Bill> others = all.stream().skip(1).map(Checked::bill).toList();
    Optional<Long> revision = charging.commit(all.getFirst().bill().with(others), changes);
    revision.ifPresent(
        kept -> all.forEach(each -> rules.of(each.write()).done(each.write(), kept)));
    return revision.isPresent();
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
