package dev.argosy.controllers.csi.room;

import dev.argosy.controllers.csi.CsiDrivers;
import dev.argosy.controllers.csi.CsiNode;
import dev.argosy.controllers.csi.CsiVolume;
import dev.argosy.controllers.node.NodeView;
import dev.argosy.controllers.runtime.ControllerContext;
import dev.argosy.controllers.runtime.KeyQueue;
import dev.argosy.model.informer.Informer;
import dev.argosy.model.informer.InformerHandler;
import dev.argosy.model.node.PoolGrants;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** When something is to be asked, or written down. */
record RoomWakes(
    CsiDrivers drivers, Informer<RoomClass> classes, Reach reach, KeyQueue ask, KeyQueue tell) {

  void on(ControllerContext context) {
    Informer<CsiNode> csiNodes = context.informer(CsiNode.ALL);
    classes.onChange(this::classChanged);
    drivers.onRootChange(this::driverChanged);
    csiNodes.addHandler(
        new On<>(
            (old, now) -> !old.equals(now), node -> node.drivers().keySet().forEach(this::of)));
    context
        .informer(NodeView.ALL)
        .addHandler(
            new On<>(
                (old, now) -> !labels(old).equals(labels(now)),
                node ->
                    csiNodes
                        .get(CsiNode.key(node.name()))
                        .ifPresent(there -> there.drivers().keySet().forEach(this::of))));
    context
        .informer(PoolGrants.SPEC)
        .addHandler(
            new On<>(
                (old, now) -> !old.pools().equals(now.pools()),
                grant ->
                    classes.find(RoomClass.BY_CLUSTER, grant.tenant()).stream()
                        .map(RoomClass::driver)
                        .distinct()
                        .forEach(this::of)));
    context
        .informer(CsiVolume.EVERYWHERE)
        .addHandler(
            new On<>((old, now) -> !capacity(old).equals(capacity(now)), this::volumeChanged));
    context.informer(RoomObject.EVERYWHERE).onChange(room -> tell.add(room.storageClass()));
  }

  private static Map<String, String> labels(NodeView node) {
    return node.object().meta().labels();
  }

  private static String capacity(CsiVolume volume) {
    return volume.object().content().at("/spec/capacity/storage").asString("");
  }

  private void of(String driver) {
    if (drivers.room(driver)) {
      driverChanged(driver);
    }
  }

  private void driverChanged(String driver) {
    List<RoomClass> all = classes.find(RoomClass.BY_DRIVER, driver);
    if (!all.isEmpty()) {
      reach.changed(driver);
      ask.add(RoomAsker.key(driver));
      all.forEach(c -> tell.add(c.key()));
    }
  }

  /** Others beside it may have their turn now. */
  private void classChanged(RoomClass changed) {
    tell.add(changed.key());
    if (drivers.room(changed.driver())) {
      reach.changed(changed.driver());
      ask.add(RoomAsker.key(changed.driver()));
      reach.atTheBound(changed).forEach(c -> tell.add(c.key()));
    }
  }

  private void volumeChanged(CsiVolume volume) {
    if (volume.csi() && drivers.room(volume.driver())) {
      ask.add(
          place(volume)
              .map(place -> RoomAsker.key(volume.driver(), place))
              .orElse(RoomAsker.key(volume.driver())));
    }
  }

  /** From where it is reached, if that is one place. */
  private static Optional<Map<String, String>> place(CsiVolume volume) {
    JsonNode terms = volume.object().content().at("/spec/nodeAffinity/required/nodeSelectorTerms");
    if (terms.size() != 1) {
      return Optional.empty();
    }
    Map<String, String> place = new HashMap<>();
    for (JsonNode label : terms.path(0).path("matchExpressions")) {
      if (label.path("values").size() != 1 || !label.path("operator").asString("").equals("In")) {
        return Optional.empty();
      }
      place.put(label.path("key").asString(""), label.at("/values/0").asString(""));
    }
    return Optional.of(place);
  }

  /** Acts on what comes and goes, and on certain changes, with what was and what is. */
  private record On<T>(BiPredicate<T, T> differ, Consumer<T> action) implements InformerHandler<T> {

    @Override
    public void added(T value) {
      action.accept(value);
    }

    @Override
    public void updated(T old, T value) {
      if (differ.test(old, value)) {
        action.accept(old);
        action.accept(value);
      }
    }

    @Override
    public void deleted(T last) {
      action.accept(last);
    }
  }
}
