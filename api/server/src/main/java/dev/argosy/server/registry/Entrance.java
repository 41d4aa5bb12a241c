package dev.argosy.server.registry;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.schema.KindSchema;
import dev.argosy.model.status.Status;
import dev.argosy.model.status.StatusException;
import dev.argosy.server.audit.AuditNotes;
import dev.argosy.server.quota.Room;
import dev.argosy.server.quota.Waiting;
import dev.argosy.server.registry.Objects.Base;
import dev.argosy.server.request.WriteQuery;
import dev.argosy.store.spi.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/**
 * Lets waiting pods in: takes their gate away and charges them, in one transaction. So a pod is let
 * in and paid for, or neither, whoever else tries.
 */
final class Entrance {

  private static final int ATTEMPTS = 10;

  /** A transaction has three changes for each, and a few for what is charged. */
  static final int AT_ONCE = 16;

  private static final UserInfo QUEUE = UserInfo.system("quota-queue");

  private final Charging charging;
  private final Objects objects;
  private final KindTables kinds;

  Entrance(Charging charging, KindTables kinds) {
    this.charging = charging;
    this.objects = charging.objects();
    this.kinds = kinds;
  }

  /**
   * Lets pods of one namespace in, if there is room for all, and forgets the places of those that
   * no longer wait. Up to {@link #AT_ONCE} are let in in one transaction; more, in several, once it
   * was seen that there is room for all.
   *
   * @return what they still wait for; nothing if they do not any more, or are being deleted
   */
  Optional<QuotaFull> let(List<Waiting> places) {
    try {
      List<Changed> all = places.size() > AT_ONCE ? entering(places) : List.of();
      if (!all.isEmpty()) {
        charging.check(bill(all));
      }
      for (int from = 0; from < places.size(); from += AT_ONCE) {
        enter(places.subList(from, Math.min(places.size(), from + AT_ONCE)));
      }
      return Optional.empty();
    } catch (QuotaFull full) {
      return Optional.of(full);
    }
  }

  private void enter(List<Waiting> places) {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      List<Changed> all = entering(places);
      List<Change> changes = all.stream().flatMap(one -> one.changes().stream()).toList();
      if (all.isEmpty() || charging.commit(bill(all), changes).isPresent()) {
        return;
      }
    }
    throw stale(places.getFirst());
  }

  private static Bill bill(List<Changed> all) {
    List<Bill> others = all.stream().skip(1).map(Changed::bill).toList();
    return all.getFirst().bill().with(others);
  }

  private List<Changed> entering(List<Waiting> places) {
    return places.stream()
        .flatMap(place ->
            changed(
                place,
                pod -> {
                  Waits.release(pod);
                  return true;
                })
                .stream())
        .toList();
  }

  /** Has a pod say what it waits for. */
  void tell(Waiting place, String quota, int number) {
    change(place, pod -> Waits.tell(pod, quota, number));
  }

  /** The same, in these words. */
  void tell(Waiting place, String text) {
    change(place, pod -> Waits.tell(pod, text));
  }

  private void change(Waiting place, Predicate<ObjectNode> changer) {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      Optional<Changed> changed = changed(place, changer);
      if (changed.isEmpty()
          || charging.commit(changed.get().bill(), changed.get().changes()).isPresent()) {
        return;
      }
    }
    throw stale(place);
  }

  private static StatusException stale(Waiting place) {
    return Status.stale(place.pod().resource(), place.pod().name()).asException();
  }

  /** A pod as it is to be, not written yet. */
  private record Changed(Bill bill, List<Change> changes) {}

  /**
   * Changes a waiting pod, and forgets the place of one that waits no longer.
   *
   * @param changer false if it is as it shall be
   */
  private Optional<Changed> changed(Waiting place, Predicate<ObjectNode> changer) {
    Optional<Base> base = objects.live(place.pod());
    if (base.isEmpty() || !waits(base.get())) {
      objects.commit(Waiting.RESOURCE, List.of(place.removal()));
      return Optional.empty();
    }
    return base.get().object().meta().deleting()
        ? Optional.empty()
        : changed(place, base.get(), changer);
  }

  /** One that is over does not, whatever its spec says. */
  private static boolean waits(Base base) {
    ObjectNode pod = base.object().tree();
    String phase = pod.path("status").path("phase").asString("");
    return Waiting.waits(pod) && !phase.equals("Succeeded") && !phase.equals("Failed");
  }

  private Optional<Changed> changed(Waiting place, Base base, Predicate<ObjectNode> changer) {
    KindSchema kind = kinds.preferred(place.pod().cluster(), place.pod().resource()).orElseThrow();
    ObjectNode present = kind.fromStored(base.object().tree());
    Metadata.of(present).takeResourceVersion();
    ObjectNode pod = present.deepCopy();
    if (!changer.test(pod)) {
      return Optional.empty();
    }
    Generations.bump(kind, pod, present);
    byte[] stored = Json.canonical(kind.toStored(pod));
    List<Change> changes = new ArrayList<>(List.of(base.replace(stored)));
    if (!Waiting.waits(pod)) {
      changes.add(place.removal());
    }
    Room room = base.room(stored).whetherOrNot();
    return Optional.of(
        new Changed(new Bill(write(kind, place.pod()), pod, present, room), changes));
  }

  private static Write write(KindSchema kind, ObjectKey pod) {
    return new Write(
        QUEUE,
        kind,
        pod.cluster(),
        pod.namespace(),
        pod.name(),
        "",
        WriteQuery.DEFAULT,
        new Warnings(),
        AuditNotes.NONE);
  }
}
