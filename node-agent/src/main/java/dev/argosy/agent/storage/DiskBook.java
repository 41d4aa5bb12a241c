package dev.argosy.agent.storage;

import dev.argosy.agent.disk.FolderSizes;
import dev.argosy.agent.disk.FolderSizes.Size;
import dev.argosy.agent.pod.config.PodFolder;
import dev.argosy.agent.pod.running.PodLabels;
import dev.argosy.agent.pod.view.ContainerView;
import dev.argosy.agent.pod.view.PodView;
import dev.argosy.agent.runtime.spi.Container;
import dev.argosy.agent.runtime.spi.ContainerRuntime;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Counts what pods keep on the disk. Stateless; any thread, which waits for it. */
public final class DiskBook {

  private final ContainerRuntime runtime;
  private final Path data;

  /**
   * @param data the agent's data folder
   */
  public DiskBook(ContainerRuntime runtime, Path data) {
    this.runtime = runtime;
    this.data = data;
  }

  /** By the pod's uid. Of each container its newest attempt counts, as in Kubernetes. */
  public Map<String, PodDisk> of(List<PodView> pods) throws RuntimeFailure {
    Map<String, Container> newest = newest(pods);
    Map<String, Size> containers =
        runtime.diskUse(newest.values().stream().map(Container::id).toList());
    Map<Path, Size> volumes =
        FolderSizes.of(pods.stream().flatMap(p -> scratch(p).values().stream()).toList());
    Map<String, PodDisk> disks = new HashMap<>();
    for (PodView pod : pods) {
      disks.put(pod.uid(), disk(pod, newest, containers, volumes));
    }
    return disks;
  }

  private PodDisk disk(
      PodView pod,
      Map<String, Container> newest,
      Map<String, Size> ofContainers,
      Map<Path, Size> ofVolumes) {
    Size all = Size.NOTHING;
    Map<String, Long> containers = new HashMap<>();
    List<ContainerView> views = new ArrayList<>(pod.all());
    views.addAll(pod.ephemeralContainers());
    for (ContainerView view : views) {
      Container container = newest.get(key(pod.uid(), view.name()));
      Size size = container == null ? null : ofContainers.get(container.id());
      if (size != null) {
        containers.put(view.name(), size.bytes());
        all = all.plus(size);
      }
    }
    Map<String, Long> volumes = new HashMap<>();
    for (Map.Entry<String, Path> volume : scratch(pod).entrySet()) {
      Size size = ofVolumes.getOrDefault(volume.getValue(), Size.NOTHING);
      volumes.put(volume.getKey(), size.bytes());
      all = all.plus(size);
    }
    return new PodDisk(containers, volumes, all.inodes());
  }

  private Map<String, Container> newest(List<PodView> pods) throws RuntimeFailure {
    Set<String> wanted = new HashSet<>();
    pods.forEach(pod -> wanted.add(pod.uid()));
    Map<String, Container> newest = new HashMap<>();
    for (Container one : runtime.containers(Map.of())) {
      String uid = PodLabels.uid(one.labels()).orElse("");
      if (wanted.contains(uid)) {
        newest.merge(
            key(uid, one.labels().getOrDefault(PodLabels.CONTAINER, "")),
            one,
            (a, b) -> attempt(a) >= attempt(b) ? a : b);
      }
    }
    return newest;
  }

  private static int attempt(Container container) {
    return PodLabels.attempt(container.labels());
  }

  private static String key(String uid, String container) {
    return uid + "/" + container;
  }

  /** The folders of volumes that lie on the node's disk and end with the pod. */
  private Map<String, Path> scratch(PodView pod) {
    PodFolder folder = PodFolder.of(data, pod.uid());
    Map<String, Path> folders = new HashMap<>();
    for (JsonNode volume : pod.spec().path("volumes")) {
      if (PodFolder.scratch(volume)) {
        String name = volume.path("name").asString("");
        folders.put(name, folder.volume(name).toAbsolutePath());
      }
    }
    return folders;
  }
}
