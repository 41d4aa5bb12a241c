package dev.argosy.server.registry;

import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.status.Cause;
import dev.argosy.model.status.Status;
import dev.argosy.model.status.StatusException;
import dev.argosy.server.admission.Operation;
import dev.argosy.server.registry.Objects.Base;
import dev.argosy.store.spi.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/**
 * Changes an object, by compare-and-set on the state that the change was made from. The first try
 * trusts the cache; whatever it says no to is tried again on the store's own state.
 */
final class Updating {

  /** Makes the wanted object of the present one. Called once per try. */
  interface Maker {
    /**
     * The object as it shall become, with the resourceVersion that it must have had.
     *
     * @param present complete with resourceVersion; not to be changed, and not to be shared with
     *     what is made of it
     */
    ObjectNode make(ObjectNode present);

    /** Whether what it makes already says who owns its fields. */
    default boolean knowsOwners() {
      return false;
    }
  }

  private final Charging charging;
  private final Objects objects;
  private final Admitting admitting;
  private final RulesByKind rules;
  private final Ownership ownership;

  Updating(Charging charging, Admitting admitting, RulesByKind rules, Ownership ownership) {
    this.charging = charging;
    this.objects = charging.objects();
    this.admitting = admitting;
    this.rules = rules;
    this.ownership = ownership;
  }

  /**
   * Applies the change; answers the new state, the old one if nothing changed, or the last one if
   * the change ended a deletion.
   */
  ApiObject update(Write write, Part part, Maker maker) {
    return objects.settle(write, base -> attempt(write, part, maker, base));
  }

  private Optional<ApiObject> attempt(Write write, Part part, Maker maker, Base base) {
    ObjectNode present = write.kind().fromStored(base.object().tree());
    ObjectNode object = maker.make(present);
    requireSame(write, object, base);
    Metadata.of(present).takeResourceVersion();
    Claims claims = new Claims(objects);
    restrict(write, part, object, present);
    if (!maker.knowsOwners() && part != Part.BINDING) {
      ownership.updated(write, present, object);
    }
    prepare(write, part, claims, object, present);
    Ownership.keepTimes(object, present);
    byte[] stored = Ownership.stored(write, object);
    // what is kept in an older form than it would be today counts as changed
    if (base.object().says(stored)) {
      return objects.current(base) ? Optional.of(base.object()) : Optional.empty();
    }
    if (deletionEnds(write, object)) {
      return remove(new Bill(write, null, present, base.freed()), object, base);
    }
    if (!base.stored()) {
      stored = copyOfPreset(write, object);
    }
    byte[] kept = stored;
    Bill bill = new Bill(write, object, base.stored() ? present : null, base.room(kept));
    if (write.options().dryRun()) {
      charging.check(bill);
      return Optional.of(ApiObject.ofStored(write.key(), base.object().revision(), kept));
    }
    return charging
        .commit(bill, claims.with(base.replace(kept)))
        .map(revision -> ApiObject.ofStored(write.key(), revision, kept));
  }

  /**
   * Of an identity of its own: when it is deleted the preset comes back, and who waits for the
   * deletion must be able to tell the two apart.
   */
  private static byte[] copyOfPreset(Write write, ObjectNode object) {
    Metadata.of(object).set("uid", UUID.randomUUID().toString());
    return Json.canonical(write.kind().toStored(object));
  }

  /** Name, uid and version in the body must be those of the object that is there. */
  private static void requireSame(Write write, ObjectNode object, Base base) {
    Metadata metadata = Metadata.of(object);
    String name = metadata.text("name");
    if (!name.isEmpty() && !name.equals(write.name())) {
      throw wrongName(name, write).asException();
    }
    String namespace = metadata.text("namespace");
    if (!namespace.isEmpty() && !namespace.equals(write.namespace())) {
      throw Creation.wrongNamespace().asException();
    }
    Preconditions.uid(write, metadata.text("uid"), base.object());
    String version = metadata.takeResourceVersion();
    if (version.isEmpty() && !write.kind().strategy().unconditionalUpdate()) {
      throw invalidVersion(write, "Invalid value: 0: must be specified for an update");
    }
    if (!version.isEmpty() && !version.equals("0")) {
      requireVersion(write, version, base);
    }
  }

  static Status wrongName(String name, Write write) {
    return Status.badRequest(
        "the name of the object ("
            + name
            + ") does not match the name on the URL ("
            + write.name()
            + ")");
  }

  private static void requireVersion(Write write, String version, Base base) {
    if (!version.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw invalidVersion(write, "Invalid value: \"" + version + "\": must be a number");
    }
    if (!version.equals(Long.toString(base.object().revision()))) {
      throw Status.stale(write.resource(), write.name()).asException();
    }
  }

  private static StatusException invalidVersion(Write write, String message) {
    Cause cause = new Cause("FieldValueInvalid", message, "metadata.resourceVersion");
    return Status.invalid(
            write.resource().group(), write.kind().type().kind(), write.name(), List.of(cause))
        .asException();
  }

  /** What only the system says, and what this part does not cover, stays as it was. */
  private static void restrict(Write write, Part part, ObjectNode object, ObjectNode present) {
    Metadata.of(object)
        .copyFrom(
            Metadata.of(present),
            "name",
            "namespace",
            "uid",
            "creationTimestamp",
            "deletionTimestamp",
            "deletionGracePeriodSeconds",
            "generation");
    part.restrict(write.kind(), object, present);
    write.kind().applyDefaults(object);
  }

  private void prepare(
      Write write, Part part, Claims claims, ObjectNode object, ObjectNode present) {
    admitting.mutate(write, Operation.UPDATE, object, present);
    write.kind().applyDefaults(object);
    if (part == Part.MAIN) {
      rules.of(write).beforeUpdate(write, claims, object, present);
    } else {
      rules.of(write).beforePartUpdate(object, present);
    }
    if (part != Part.BINDING) {
      Generations.bump(write.kind(), object, present);
    }
    requireNoNewFinalizers(write, Metadata.of(object), Metadata.of(present));
    Creation.refuse(write, problems(write, part, object, present));
    if (part == Part.MAIN) {
      write.warnings().addAll(write.kind().warnings(object, present));
    }
    admitting.validate(write, Operation.UPDATE, object, present);
  }

  private List<Cause> problems(Write write, Part part, ObjectNode object, ObjectNode present) {
    List<Cause> all = new ArrayList<>(ofKind(write, part, object, present));
    all.addAll(rules.of(write).problems(write, object, present));
    return all;
  }

  private static List<Cause> ofKind(Write write, Part part, ObjectNode object, ObjectNode present) {
    return switch (part) {
      case MAIN, FINALIZE -> write.kind().validateUpdate(object, present);
      case EPHEMERAL_CONTAINERS, RESIZE ->
          write.kind().validateUpdateOf(write.subresource(), object, present);
      case STATUS, APPROVAL -> write.kind().validateStatusUpdate(object, present);
      case BINDING -> List.of();
    };
  }

  private static void requireNoNewFinalizers(Write write, Metadata metadata, Metadata old) {
    List<String> added = new ArrayList<>(metadata.finalizers());
    added.removeAll(old.finalizers());
    if (old.deleting() && !added.isEmpty()) {
      Cause cause =
          new Cause(
              "FieldValueForbidden",
              "Forbidden: no new finalizers can be added if the object is being deleted, found new"
                  + " finalizers "
                  + added,
              "metadata.finalizers");
      Creation.refuse(write, List.of(cause));
    }
  }

  private boolean deletionEnds(Write write, ObjectNode object) {
    Metadata metadata = Metadata.of(object);
    return metadata.deleting()
        && metadata.finalizers().isEmpty()
        && metadata.grace().orElse(0L) == 0
        && !rules.of(write).held(object);
  }

  private Optional<ApiObject> remove(Bill bill, ObjectNode object, Base base) {
    Write write = bill.write();
    byte[] last = Json.canonical(write.kind().toStored(object));
    if (write.options().dryRun()) {
      return Optional.of(ApiObject.ofStored(write.key(), base.object().revision(), last));
    }
    Claims claims = new Claims(objects);
    rules.of(write).beforeRemoval(claims, write.cluster(), object);
    return charging
        .commit(bill, claims.with(new Change.Delete(write.key(), base.object().revision())))
        .map(revision -> ApiObject.ofStored(write.key(), revision, last));
  }
}
