package dev.argosy.server.registry;

import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.status.Status;
import dev.argosy.model.status.StatusException;
import dev.argosy.server.admission.Operation;
import dev.argosy.server.registry.Objects.Base;
import dev.argosy.store.spi.Change;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Deletes: at once if nothing keeps the object, else marks it, for finalizers or grace to end it.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/overview/working-with-objects/finalizers/">
 *     Finalizers</a>
 */
final class Deletion {

  /**
   * What came of it.
   *
   * @param object the last state if it is gone, the marked one if it lingers
   */
  record Deleted(ApiObject object, boolean gone) {}

  /** What else belongs to a deletion. Asked once per try. */
  interface Company {

    /** That of a plain deletion: nothing. */
    Company NONE = (write, object, present) -> List.of();

    /** Refuses if the object is not the one that is meant. */
    default void require(Write write, DeleteOptions options, ApiObject object) {
      Preconditions.of(write, options, object);
    }

    /**
     * What is written in the same transaction.
     *
     * @param object as it shall become; may be completed
     * @param present as it is
     * @throws StatusException if the object may not go
     */
    List<Change> with(Write write, ObjectNode object, ObjectNode present);
  }

  private final Charging charging;
  private final Objects objects;
  private final Admitting admitting;
  private final RulesByKind rules;
  private final Clock clock;

  Deletion(Charging charging, Admitting admitting, RulesByKind rules, Clock clock) {
    this.charging = charging;
    this.objects = charging.objects();
    this.admitting = admitting;
    this.rules = rules;
    this.clock = clock;
  }

  Deleted delete(Write write, DeleteOptions options) {
    return delete(write, options, Company.NONE);
  }

  Deleted delete(Write write, DeleteOptions options, Company company) {
    if (options.propagation() == null) {
      rules.of(write).deletionUnsaid(write.warnings());
    }
    return objects.settle(write, base -> attempt(write, options, company, base));
  }

  private Optional<Deleted> attempt(
      Write write, DeleteOptions options, Company company, Base base) {
    company.require(write, options, base.object());
    if (!base.stored()) {
      throw Status.conflict(
              write.resource(),
              write.name(),
              "every cluster has it from the start; only a changed copy can be deleted")
          .asException();
    }
    ObjectNode present = write.kind().fromStored(base.object().tree());
    Metadata.of(present).takeResourceVersion();
    admitting.mutate(write, Operation.DELETE, null, present, options);
    admitting.validate(write, Operation.DELETE, null, present, options);
    ObjectNode object = present.deepCopy();
    mark(write, options, object);
    List<Change> more = company.with(write, object, present);
    if (mayGo(write, object)) {
      return remove(write, base, object, more);
    }
    if (object.equals(present)) {
      return objects.current(base)
          ? Optional.of(new Deleted(base.object(), false))
          : Optional.empty();
    }
    return keep(write, base, object, present, more);
  }

  /** Notes the wish to delete in the object: finalizers of the policy, time and grace. */
  private void mark(Write write, DeleteOptions options, ObjectNode object) {
    Metadata metadata = Metadata.of(object);
    Propagation.apply(options.propagation(), write.kind().strategy().deletion(), metadata);
    KindRules kindRules = rules.of(write);
    long grace = kindRules.grace(options.gracePeriodSeconds(), object);
    Instant now = clock.instant();
    if (!metadata.deleting()) {
      metadata.markDeleted(now.plusSeconds(grace), grace);
      metadata.bumpGeneration();
      kindRules.deletionBegins(object);
      return;
    }
    kindRules.deletionAgain(write, object);
    long before = metadata.grace().orElse(0L);
    boolean asked = options.gracePeriodSeconds() != null;
    if (asked && grace < before) {
      Instant start = Instant.parse(metadata.text("deletionTimestamp")).minusSeconds(before);
      metadata.markDeleted(start.plusSeconds(grace), grace);
    }
  }

  private boolean mayGo(Write write, ObjectNode object) {
    Metadata metadata = Metadata.of(object);
    return metadata.finalizers().isEmpty()
        && metadata.grace().orElse(0L) == 0
        && !rules.of(write).held(object);
  }

  private Optional<Deleted> remove(Write write, Base base, ObjectNode object, List<Change> more) {
    ApiObject last = base.object();
    if (write.options().dryRun()) {
      return Optional.of(new Deleted(last, true));
    }
    Claims claims = new Claims(objects);
    rules.of(write).beforeRemoval(claims, write.cluster(), object);
    List<Change> changes =
        new ArrayList<>(claims.with(new Change.Delete(write.key(), last.revision())));
    changes.addAll(more);
    return charging
        .commit(new Bill(write, null, object, base.freed()), changes)
        .map(revision -> {
          rules.of(write).done(write, revision);
          return new Deleted(last.withRevision(revision), true);
        });
  }

  private Optional<Deleted> keep(
      Write write, Base base, ObjectNode object, ObjectNode present, List<Change> more) {
    byte[] stored = Json.canonical(write.kind().toStored(object));
    Bill bill = new Bill(write, object, present, base.room(stored).whetherOrNot());
    long revision = base.object().revision();
    if (write.options().dryRun()) {
      return Optional.of(new Deleted(ApiObject.ofStored(write.key(), revision, stored), false));
    }
    List<Change> changes = new ArrayList<>(more);
    changes.add(new Change.Update(write.key(), revision, stored));
    return charging
        .commit(bill, changes)
        .map(r -> new Deleted(ApiObject.ofStored(write.key(), r, stored), false));
  }
}
