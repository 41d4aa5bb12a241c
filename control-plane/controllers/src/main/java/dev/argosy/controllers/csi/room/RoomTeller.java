package dev.argosy.controllers.csi.room;

import dev.argosy.controllers.csi.CsiDrivers;
import dev.argosy.controllers.runtime.KeyWrites;
import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.controllers.runtime.Outcome;
import dev.argosy.controllers.runtime.OwnWrites;
import dev.argosy.controllers.runtime.Reconciler;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.informer.Informer;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Writes down what room there is for volumes of a class. Keys are StorageClasses. */
final class RoomTeller implements Reconciler {

  private static final Duration AGAIN = Duration.ofSeconds(1);

  /** What is known. */
  record Images(
      Informer<RoomClass> classes,
      Informer<RoomObject> rooms,
      CsiDrivers drivers,
      Reach reach,
      Answers answers) {}

  private final ApiClient client;
  private final Images images;
  private final OwnWrites writes = new OwnWrites();

  RoomTeller(ApiClient client, Images images) {
    this.client = client;
    this.images = images;
  }

  @Override
  public Outcome reconcile(ObjectKey key) throws InterruptedException {
    if (!writes.settled(key)) {
      return Outcome.requeueAfter(AGAIN);
    }
    Map<String, ApiObject> present = new HashMap<>();
    images
        .rooms()
        .find(RoomObject.BY_CLASS, RoomObject.filed(key))
        .forEach(room -> present.put(room.object().name(), room.object()));
    RoomPlan plan =
        images
            .classes()
            .get(key)
            .filter(c -> c.waits() && images.drivers().room(c.driver()))
            .map(c -> RoomPlan.of(c, images.reach().places(c), images.answers()::of))
            .orElse(RoomPlan.NOTHING);
    KeyWrites all = new KeyWrites(key, client, images.rooms(), writes);
    ResourceScope scope =
        ResourceScope.namespace(Kinds.STORAGE_CAPACITIES, key.cluster(), RoomPlan.NAMESPACE);
    plan.objects()
        .forEach((name, wanted) -> {
          ApiObject there = present.get(name);
          if (there == null) {
            all.create(scope, wanted);
          } else if (!RoomPlan.says(there, wanted)) {
            all.update(there.key(), RoomPlan.onto(there, wanted));
          }
        });
    present.forEach((name, there) -> {
      if (!plan.keeps(name)) {
        all.delete(there);
      }
    });
    return all.outcome();
  }
}
