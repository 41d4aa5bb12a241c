package dev.argosy.agent.pod.sync;

import dev.argosy.agent.device.PodDevices;
import dev.argosy.agent.group.PodGroups;
import dev.argosy.agent.network.pod.PodNetwork;
import dev.argosy.agent.pod.admit.PodAdmission;
import dev.argosy.agent.pod.event.PodEvents;
import dev.argosy.agent.pod.measure.PodMeasures;
import dev.argosy.agent.pod.pull.ImagePulls;
import dev.argosy.agent.runtime.spi.ContainerRuntime;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.time.Timers;
import java.nio.file.Path;
import java.time.Clock;

/**
 * What pods share on this node.
 *
 * @param data the agent's data folder
 * @param engine name of the engine, as in container ids
 * @param admission which pods this node takes
 */
public record PodNode(
    String name,
    String ip,
    String engine,
    Path data,
    ApiClient api,
    ContainerRuntime runtime,
    PodNetwork network,
    PodEvents events,
    NodeSize size,
    PodGroups groups,
    PodDevices devices,
    PodAdmission admission,
    ImagePulls pulls,
    Timers timers,
    PodMeasures measures) {

  public Clock clock() {
    return timers.clock();
  }

  /** For lengths of time: see {@link Timers#steady}. */
  public Clock steady() {
    return timers.steady();
  }

  /** What the node can give to pods. */
  public record NodeSize(long cpuThousandths, long memoryBytes) {}
}
