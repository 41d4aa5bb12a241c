package dev.argosy.agent;

import dev.argosy.agent.csi.CsiNodeReport;
import dev.argosy.agent.csi.Drivers;
import dev.argosy.agent.csi.door.ControllerDoor;
import dev.argosy.agent.csi.volume.CsiVolumes;
import dev.argosy.model.client.ApiClient;
import java.time.Clock;

/** What the node has to do with drivers of storage, put together. */
final class StorageDrivers implements AutoCloseable {

  private final Drivers drivers;
  private final CsiNodeReport report;
  private final CsiVolumes volumes;

  StorageDrivers(AgentConfig config, ApiClient api, Clock clock) {
    this.drivers = new Drivers(this::changed);
    this.report = new CsiNodeReport(api, config.node(), drivers::all, clock);
    this.volumes = new CsiVolumes(api, config.node(), config.data(), drivers, clock);
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

  @Override
  public void close() {
    volumes.close();
    report.close();
    drivers.close();
  }
}
