package dev.argosy.agent.cpu;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which processors share a core, and which cores a socket.
 *
 * @param places by processor
 */
record CpuTopology(Map<Integer, Place> places) {

  /** Numbers of cores count within a socket. */
  record Place(int core, int socket) {}

  CpuTopology {
    places = Map.copyOf(places);
  }

  /**
   * Of this machine.
   *
   * @param folder {@code /sys/devices/system/cpu}
   */
  static CpuTopology read(Path folder) throws IOException {
    Map<Integer, Place> places = new TreeMap<>();
    for (int cpu : CpuSet.parse(Files.readString(folder.resolve("online"))).numbers()) {
      Path topology = folder.resolve("cpu" + cpu).resolve("topology");
      places.put(
          cpu,
          new Place(
              number(topology.resolve("core_id"), cpu),
              number(topology.resolve("physical_package_id"), 0)));
    }
    return new CpuTopology(places);
  }

  private static int number(Path file, int ifNone) throws IOException {
    return Files.exists(file)
        ? Math.max(0, Integer.parseInt(Files.readString(file).strip()))
        : ifNone;
  }

  CpuSet all() {
    return CpuSet.of(places.keySet());
  }

  CpuSet ofSocket(int socket) {
    return CpuSet.of(
        places.entrySet().stream()
            .filter(e -> e.getValue().socket() == socket)
            .map(Map.Entry::getKey)
            .toList());
  }

  CpuSet ofCore(Place place) {
    return CpuSet.of(
        places.entrySet().stream()
            .filter(e -> e.getValue().equals(place))
            .map(Map.Entry::getKey)
            .toList());
  }
}
