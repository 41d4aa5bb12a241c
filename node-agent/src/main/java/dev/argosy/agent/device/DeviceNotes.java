package dev.argosy.agent.device;

import dev.argosy.agent.device.DeviceLedger.Held;
import dev.argosy.agent.pod.view.ContainerView;
import dev.argosy.agent.pod.view.PodView;
import dev.argosy.agent.runtime.spi.ContainerRuntime;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Who has which devices now, and which resources plug-ins have offered; kept in a file. */
final class DeviceNotes {

  private final DeviceFile file;
  private final ContainerRuntime runtime;
  private final Set<String> offered = new TreeSet<>();
  private final Set<String> missed = new HashSet<>();
  private DeviceLedger ledger;
  private boolean recovered;

  /** Whether the file says what the ledger says. */
  private boolean kept = true;

  DeviceNotes(Path file, ContainerRuntime runtime) {
    this.file = new DeviceFile(file);
    this.runtime = runtime;
    Optional<DeviceFile.Saved> saved = this.file.load();
    saved.ifPresent(s -> offered.addAll(s.resources()));
    this.ledger = saved.map(DeviceFile.Saved::ledger).orElse(DeviceLedger.EMPTY);
    this.recovered = saved.isPresent();
  }

  /** Resources that plug-ins offer or have offered. */
  synchronized Set<String> resources() {
    Set<String> all = new TreeSet<>(offered);
    all.addAll(ledger.resources());
    return all;
  }

  synchronized void offered(String resource) {
    if (offered.add(resource)) {
      save();
    }
  }

  synchronized Map<String, Held> held(PodView pod, ContainerView container) {
    return ledger.of(pod.uid(), container.name());
  }

  synchronized Set<String> taken(PodView pod, ContainerView container, String resource) {
    return ledger.taken(pod.uid(), container.name(), resource);
  }

  /** What init containers before this one had, and nobody after them has taken. */
  synchronized Set<String> left(PodView pod, ContainerView container, String resource) {
    Set<String> left = new HashSet<>();
    for (ContainerView one : pod.all()) {
      if (one.name().equals(container.name())) {
        return left;
      }
      Set<String> own = taken(pod, one, resource);
      if (one.init() && !one.sidecar()) {
        left.addAll(own);
      } else {
        left.removeAll(own);
      }
    }
    return left;
  }

  /** Those of some devices that nobody has. */
  synchronized Set<String> free(String resource, Set<String> devices) {
    Set<String> free = new TreeSet<>(devices);
    free.removeAll(ledger.taken(resource));
    return free;
  }

  /** Reserves devices; writes it down once it is known what they bring. */
  synchronized void hold(PodView pod, ContainerView container, String resource, Held held) {
    ledger = ledger.with(pod.uid(), container.name(), resource, held);
    if (held.grant().isPresent()) {
      save();
    }
  }

  synchronized void drop(String uid) {
    if (ledger.owned().containsKey(uid)) {
      ledger = ledger.without(uid);
      save();
    }
  }

  /** Drops what pods have that are not here any more, once they were missed twice. */
  synchronized void follow(List<PodView> active) {
    Set<String> lost = ledger.pods();
    active.forEach(pod -> lost.remove(pod.uid()));
    missed.retainAll(lost);
    for (String uid : lost) {
      if (!missed.add(uid)) {
        drop(uid);
      }
    }
    if (!kept) {
      save();
    }
  }

  /** After the file was lost: containers say by a label what they have. */
  synchronized void recover() throws RuntimeFailure {
    if (!recovered) {
      ledger = DeviceLabel.recover(ledger, runtime.containers(Map.of()));
      recovered = true;
      save();
    }
  }

  private void save() {
    kept = file.save(resources(), ledger);
  }
}
