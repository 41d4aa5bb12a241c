package dev.argosy.controllers.csi;

import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.informer.InformerSpec;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;

/**
 * A CSIDriver.
 *
 * @param attachRequired whether its volumes are attached to a node before they are mounted
 * @param platform whether the platform is to do its controller's work; counts in root only
 * @param room whether pods that wait for volumes shall go where it says that it has room
 */
public record DriverView(ObjectKey key, boolean attachRequired, boolean platform, boolean room) {

  /** With the value {@code platform} on a CSIDriver of root: the platform's loops are for it. */
  public static final String CONTROLLER = "argosy.dev/controller";

  public static final InformerSpec<DriverView> EVERYWHERE =
      InformerSpec.of(ResourceScope.everywhere(Kinds.CSI_DRIVERS), DriverView::of);

  static DriverView of(ApiObject object) {
    return new DriverView(
        object.key(),
        object.content().at("/spec/attachRequired").asBoolean(true),
        object.cluster().equals(Kinds.ROOT)
            && "platform".equals(object.meta().annotations().get(CONTROLLER)),
        object.content().at("/spec/storageCapacity").asBoolean(false));
  }
}
