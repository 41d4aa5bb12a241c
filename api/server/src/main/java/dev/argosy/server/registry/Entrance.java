package dev.argosy.server.registry;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.schema.KindSchema;
import dev.argosy.model.status.Status;
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
   * Lets a pod in, if there is room, and forgets its place if it no longer waits.
   *
   * @return what it still waits for; nothing if it does not any more, or is being deleted
   */
  Optional<QuotaFull> let(Waiting place) {
    try {
      change(
          place,
          pod -> {
            Waits.release(pod);
            return true;
          });
      return Optional.empty();
    } catch (QuotaFull full) {
      return Optional.of(full);
    }
  }

  /** Has a pod say what it waits for. */
  void tell(Waiting place, String quota, int number) {
    change(place, pod -> Waits.tell(pod, quota, number));
  }

  /**
   * Changes a waiting pod.
   *
   * @param changer false if it is as it shall be
   * @throws dev.argosy.model.status.StatusException Conflict if it changes all the time
   */
  private void change(Waiting place, Predicate<ObjectNode> changer) {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      Optional<Base> base = objects.live(place.pod());
      if (base.isEmpty() || !waits(base.get())) {
        objects.commit(Waiting.RESOURCE, List.of(place.removal()));
        return;
      }
      if (base.get().object().meta().deleting() || changed(place, base.get(), changer)) {
        return;
      }
    }
    throw Status.stale(place.pod().resource(), place.pod().name()).asException();
  }

  /** One that is over does not, whatever its spec says. */
  private static boolean waits(Base base) {
    ObjectNode pod = base.object().tree();
    String phase = pod.path("status").path("phase").asString("");
    return Waiting.waits(pod) && !phase.equals("Succeeded") && !phase.equals("Failed");
  }

  private boolean changed(Waiting place, Base base, Predicate<ObjectNode> changer) {
    KindSchema kind = kinds.preferred(place.pod().cluster(), place.pod().resource()).orElseThrow();
    ObjectNode present = kind.fromStored(base.object().tree());
    Metadata.of(present).takeResourceVersion();
    ObjectNode pod = present.deepCopy();
    if (!changer.test(pod)) {
      return true;
    }
    Generations.bump(kind, pod, present);
    byte[] stored = Json.canonical(kind.toStored(pod));
    List<Change> changes = new ArrayList<>(List.of(base.replace(stored)));
    if (!Waiting.waits(pod)) {
      changes.add(place.removal());
    }
    Room room = base.room(stored).whetherOrNot();
    return charging
        .commit(new Bill(write(kind, place.pod()), pod, present, room), changes)
        .isPresent();
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
