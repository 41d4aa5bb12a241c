package dev.argosy.scheduler.volume;

import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.informer.InformerSpec;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;

/**
 * A storage driver as the scheduler sees it.
 *
 * @param tellsRoom whether there are CSIStorageCapacities that count
 */
public record DriverView(boolean tellsRoom) {

  private static final GroupResource DRIVERS = new GroupResource("storage.k8s.io", "csidrivers");
  private static final String HOME = "root";

  /** Those of all clusters. */
  public static final InformerSpec<DriverView> EVERYWHERE =
      InformerSpec.of(ResourceScope.everywhere(DRIVERS), DriverView::of);

  static ObjectKey key(String cluster, String driver) {
    return new ObjectKey(DRIVERS, cluster, "", driver);
  }

  /** What counts before what a cluster says itself: nodes and agents go by it, too. */
  static ObjectKey key(String driver) {
    return key(HOME, driver);
  }

  static DriverView of(ApiObject driver) {
    return new DriverView(driver.content().at("/spec/storageCapacity").asBoolean(false));
  }
}
