package dev.argosy.agent;

import dev.argosy.agent.csi.CsiNodeReport;
import dev.argosy.agent.csi.Drivers;
import dev.argosy.agent.csi.door.ControllerDoor;
import dev.argosy.agent.csi.volume.CsiVolumes;
import dev.argosy.agent.csi.volume.VolumeUse;
import dev.argosy.agent.pod.config.PodFolder;
import dev.argosy.agent.stats.VolumeFigures;
import dev.argosy.model.client.ApiClient;
import java.nio.file.Path;
import java.time.Clock;

/** What the node has to do with drivers of storage, put together. */
final class StorageDrivers implements AutoCloseable {

  private final Drivers drivers;
  private final CsiNodeReport report;
  private final CsiVolumes volumes;
  private final Path data;

  StorageDrivers(AgentConfig config, ApiClient api, Clock clock) {
    this.drivers = new Drivers(this::changed);
    this.report = new CsiNodeReport(api, config.node(), drivers::all, clock);
    this.volumes = new CsiVolumes(api, config.node(), config.data(), drivers, clock);
    this.data = config.data();
    report.start();
  }

  private void changed() {
    report.changed();
  }

  Drivers drivers() {
    return drivers;
  }

  ControllerDoor door() {
    return new ControllerDoor(drivers);
  }

  CsiVolumes volumes() {
    return volumes;
  }

  /** How full the volumes of drivers are. */
  VolumeFigures figures() {
    return (pod, volume, path) ->
        volumes
            .use(PodFolder.of(data, pod.uid()).path(), volume.path("name").asString(""))
            .map(StorageDrivers::figures);
  }

  private static VolumeFigures.Figures figures(VolumeUse use) {
    return new VolumeFigures.Figures(
        use.availableBytes(),
        use.capacityBytes(),
        use.usedBytes(),
        use.inodesFree(),
        use.inodes(),
        use.inodesUsed());
  }

  @Override
  public void close() {
    volumes.close();
    report.close();
    drivers.close();
  }
}
