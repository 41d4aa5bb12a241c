package dev.argosy.agent.device;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Devices of one resource.
 *
 * @param session the plug-in that offers them now; null while there is none
 * @param devices the last that were heard of
 * @param gone since when there is no plug-in; null while there is one
 */
record DeviceSource(@Nullable PluginSession session, List<Device> devices, @Nullable Instant gone) {

  /** For how long devices without a plug-in count towards what the node has. */
  static final Duration GRACE = Duration.ofMinutes(5);

  DeviceSource {
    devices = List.copyOf(devices);
  }

  /** One that is known by its name alone. */
  static DeviceSource remembered(Instant now) {
    return new DeviceSource(null, List.of(), now);
  }

  DeviceSource with(PluginSession next) {
    return new DeviceSource(next, devices, null);
  }

  DeviceSource with(List<Device> now) {
    return new DeviceSource(session, now, gone);
  }

  DeviceSource without(Instant now) {
    return new DeviceSource(null, devices, now);
  }

  int capacity(Instant now) {
    return gone != null && now.isAfter(gone.plus(GRACE)) ? 0 : devices.size();
  }

  /** Those that can be given away. */
  Set<String> healthy() {
    return session == null
        ? Set.of()
        : devices.stream().filter(Device::healthy).map(Device::id).collect(Collectors.toSet());
  }

  /** Those that are near to one of these. */
  Set<String> near(Set<Integer> numaNodes) {
    Set<String> near = new HashSet<>();
    for (Device one : devices) {
      if (one.numaNodes().stream().anyMatch(numaNodes::contains)) {
        near.add(one.id());
      }
    }
    return near;
  }
}
