package dev.argosy.controllers.csi;

import dev.argosy.controllers.runtime.ControllerContext;
import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.model.informer.Informer;
import dev.argosy.model.object.ObjectKey;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Consumer;

/** What is known of drivers, and whose a volume is. Any thread. */
public final class CsiDrivers {

  private final Informer<DriverView> drivers;
  private final Informer<CsiVolume> volumes;

  public CsiDrivers(ControllerContext context) {
    this.drivers = context.informer(DriverView.EVERYWHERE);
    this.volumes = context.informer(CsiVolume.EVERYWHERE);
  }

  /** Calls with the name of each driver of which something becomes known. */
  public void onChange(Consumer<String> action) {
    drivers.onChange(driver -> action.accept(driver.key().name()));
  }

  /** The same, only of what the platform itself says. */
  public void onRootChange(Consumer<String> action) {
    drivers.onChange(driver -> {
      if (driver.key().cluster().equals(Kinds.ROOT)) {
        action.accept(driver.key().name());
      }
    });
  }

  /**
   * Whether volumes of a driver are attached before they are mounted; so if nobody says no. What
   * root says counts before what a cluster says: a tenant must not get around being asked whose a
   * volume is.
   */
  public boolean attachRequired(String cluster, String driver) {
    return find(Kinds.ROOT, driver)
        .or(() -> find(cluster, driver))
        .map(DriverView::attachRequired)
        .orElse(true);
  }

  /** Whether the platform does the work of the driver's controller. */
  public boolean platform(String driver) {
    return find(Kinds.ROOT, driver).filter(DriverView::platform).isPresent();
  }

  /** Whether the platform finds out where the driver has room. */
  public boolean room(String driver) {
    return find(Kinds.ROOT, driver).filter(d -> d.platform() && d.room()).isPresent();
  }

  private Optional<DriverView> find(String cluster, String driver) {
    return drivers.get(new ObjectKey(Kinds.CSI_DRIVERS, cluster, "", driver));
  }

  /**
   * Whether a volume that the platform would act on for a cluster is another's: volumes of one
   * driver are told apart by handles, which anybody may write into a volume of their own. The
   * cluster that named it first has it.
   */
  public boolean foreign(CsiVolume volume) {
    return platform(volume.driver())
        && volumes.find(CsiVolume.BY_HANDLE, volume.id()).stream()
            .min(
                Comparator.comparing(CsiDrivers::since).thenComparing(v -> v.object().meta().uid()))
            .filter(first -> !first.cluster().equals(volume.cluster()))
            .isPresent();
  }

  private static long since(CsiVolume volume) {
    var created = volume.object().meta().creationTimestamp();
    return created == null ? Long.MAX_VALUE : created.getEpochSecond();
  }
}
