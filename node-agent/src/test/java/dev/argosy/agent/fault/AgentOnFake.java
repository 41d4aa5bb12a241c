package dev.argosy.agent.fault;

import dev.argosy.agent.csi.volume.CsiVolumes;
import dev.argosy.agent.device.PodDevices;
import dev.argosy.agent.group.GroupSettings;
import dev.argosy.agent.group.NodeGroups;
import dev.argosy.agent.group.PodGroups;
import dev.argosy.agent.network.pod.PodNetwork;
import dev.argosy.agent.pod.admit.MachinePorts;
import dev.argosy.agent.pod.admit.NodeAbilities;
import dev.argosy.agent.pod.admit.PodAdmission;
import dev.argosy.agent.pod.event.PodEvents;
import dev.argosy.agent.pod.measure.PodMeasures;
import dev.argosy.agent.pod.pull.CredentialPlugins;
import dev.argosy.agent.pod.pull.ImagePulls;
import dev.argosy.agent.pod.pull.VerificationPolicy;
import dev.argosy.agent.pod.sync.PodNode;
import dev.argosy.agent.pod.sync.PodWorkers;
import dev.argosy.agent.runtime.spi.ContainerRuntime;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.time.SystemTimers;
import dev.argosy.model.time.Timers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What an agent does with pods, over a world that outlives it. */
final class AgentOnFake implements AutoCloseable {

  static final String NODE = "n1";
  private static final GroupSettings GROUPS =
      new GroupSettings(true, "", 500, 1900, 900L << 20, 1000L << 20);

  private final PodEvents events;
  private final SystemTimers own = new SystemTimers();
  private final PodWorkers workers;

  /**
   * What there is around an agent.
   *
   * @param data its data folder
   * @param groups the control groups, which are folders here
   */
  record World(
      ContainerRuntime runtime, ApiClient api, PodNetwork network, Path data, Path groups) {

    /** The same for an agent that dies. */
    World behind(FaultPoint point) {
      return new World(
          Mortal.of(ContainerRuntime.class, runtime, point),
          Mortal.of(ApiClient.class, api, point),
          Mortal.of(PodNetwork.class, network, point),
          MortalFiles.of(data, point),
          groups);
    }
  }

  /** Starts one whose groups may have fault points. */
  AgentOnFake(World world, FaultPoint point) throws IOException {
    this(world, point, Optional.empty(), Optional.empty());
  }

  /** One that never dies, in a time that a test sets. */
  AgentOnFake(World world, Timers timers) throws IOException {
    this(world, new FaultPoint(Integer.MAX_VALUE), Optional.of(timers), Optional.empty());
  }

  /** One that never dies, on a node with drivers of storage. */
  AgentOnFake(World world, CsiVolumes csi) throws IOException {
    this(world, new FaultPoint(Integer.MAX_VALUE), Optional.empty(), Optional.of(csi));
  }

  private AgentOnFake(
      World world, FaultPoint point, Optional<Timers> given, Optional<CsiVolumes> csi)
      throws IOException {
    Timers timers = given.orElse(own);
    this.events = new PodEvents(world.api(), NODE, timers.clock());
    this.workers =
        new PodWorkers(
            new PodNode(
                NODE,
                "192.0.2.10",
                "fake",
                world.data(),
                world.api(),
                world.runtime(),
                world.network(),
                events,
                new PodNode.NodeSize(2000, 1L << 30),
                Mortal.of(
                    PodGroups.class, new NodeGroups(GROUPS, world.groups(), () -> false, 0), point),
                PodDevices.NONE,
                new PodAdmission(
                    NodeAbilities.LEAST,
                    new MachinePorts(world.data().resolve("no-sockets")),
                    List.of()),
                new ImagePulls(
                    world.runtime().images(),
                    world.api(),
                    new ImagePulls.Settings(
                        ImagePulls.folder(world.data()),
                        VerificationPolicy.DEFAULT,
                        5,
                        CredentialPlugins.none(timers.clock())),
                    timers.clock()),
                timers,
                PodMeasures.none()),
            Optional.empty(),
            csi.orElseGet(() -> CsiVolumes.none(world.api(), world.data(), timers.clock())));
  }

  int size() {
    return workers.size();
  }

  @Override
  public void close() {
    workers.close();
    events.close();
    own.close();
  }
}
