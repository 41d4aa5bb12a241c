package dev.argosy.controllers.csi.room;

import dev.argosy.controllers.csi.CsiDrivers;
import dev.argosy.controllers.csi.DriverController;
import dev.argosy.controllers.csi.Sites;
import dev.argosy.controllers.runtime.ControllerContext;
import dev.argosy.controllers.runtime.ControllerLoop;
import dev.argosy.controllers.runtime.KeyQueue;
import dev.argosy.model.informer.Informer;

/** The two loops. */
public final class Rooms {

  private final ControllerLoop asking;
  private final ControllerLoop telling;

  public Rooms(ControllerContext context, DriverController port) {
    Informer<RoomClass> classes = context.informer(RoomClass.EVERYWHERE);
    CsiDrivers drivers = new CsiDrivers(context);
    Reach reach = new Reach(context);
    Answers answers = new Answers();
    KeyQueue ask = context.queue();
    KeyQueue tell = context.queue();
    new RoomWakes(drivers, classes, reach, ask, tell).on(context);
    this.asking =
        new ControllerLoop(
            "csi-room",
            ask,
            new RoomAsker(
                new RoomAsker.Means(
                    drivers, new Sites(context, port), reach, answers, context.timers()),
                ask,
                question ->
                    classes.find(RoomClass.BY_DRIVER, question.driver()).stream()
                        .filter(c -> c.parameters().equals(question.parameters()))
                        .forEach(c -> tell.add(c.key()))),
            4);
    this.telling =
        new ControllerLoop(
            "csi-storage-capacity",
            tell,
            new RoomTeller(
                context.client("csi-provisioner"),
                new RoomTeller.Images(
                    classes, context.informer(RoomObject.EVERYWHERE), drivers, reach, answers)),
            2);
  }

  /** Asks drivers. */
  public ControllerLoop asking() {
    return asking;
  }

  /** Writes down what they said. */
  public ControllerLoop telling() {
    return telling;
  }
}
