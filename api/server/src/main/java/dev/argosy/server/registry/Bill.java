package dev.argosy.server.registry;

import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Status;
import dev.argosy.model.status.StatusException;
import dev.argosy.server.quota.Demand;
import dev.argosy.server.quota.Quota;
import dev.argosy.server.quota.Room;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What is charged.
 *
 * @param object as it becomes; null if it goes
 * @param old as it was; null if it is new
 * @param room what it takes up in the store
 * @param others what is written in the same transaction and paid for by the same tenant, in the
 *     same namespace, or in none that there was before
 */
record Bill(
    Write write, @Nullable JsonNode object, @Nullable JsonNode old, Room room, List<Bill> others)
    implements QuotaCharges.Payer {

  Bill(Write write, @Nullable JsonNode object, @Nullable JsonNode old, Room room) {
    this(write, object, old, room, List.of());
  }

  /** The same, and others with it. */
  Bill with(List<Bill> more) {
    return new Bill(write, object, old, room, List.copyOf(more));
  }

  @Override
  public String cluster() {
    return write.cluster();
  }

  @Override
  public ObjectKey key() {
    return write.key();
  }

  @Override
  public Demand demand(Quota quota) {
    Demand own =
        Demand.of(quota, key().resource(), object, old, quota.ofTenant() ? room : Room.NONE);
    return others.stream().map(other -> other.demand(quota)).reduce(own, Demand::plus);
  }

  @Override
  public boolean due() {
    return Overdraft.due(this);
  }

  @Override
  public StatusException refusal(String why) {
    return Status.forbidden(write.resource(), write.name(), why).asException();
  }

  @Override
  public OptionalInt newcomer() {
    return old == null ? Waits.newcomer(key(), object) : OptionalInt.empty();
  }

  @Override
  public boolean together() {
    return newcomer().isPresent() && object != null && !GangsInLine.name(object).isEmpty();
  }

  @Override
  public boolean waited() {
    return Waits.leaves(object, old);
  }

  /** What becomes of the object. */
  String operation() {
    return object == null ? "delete" : old == null ? "create" : "update";
  }
}
