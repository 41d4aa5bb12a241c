package dev.argosy.agent.network.pod;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which pod has which address: one file a pod, named by its uid. */
final class AddressPool {

  private static final Logger LOG = LoggerFactory.getLogger(AddressPool.class);

  private final Path folder;
  private final Subnet subnet;
  private final Map<String, String> addresses = new HashMap<>();
  private int last;

  AddressPool(Path folder, Subnet subnet) {
    this.folder = folder;
    this.subnet = subnet;
    try {
      Files.createDirectories(folder);
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          recover(file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A file that holds no address of the subnet, or that of another pod, is dropped: the pod gets a
   * new one when it is connected again.
   */
  private void recover(Path file) throws IOException {
    String pod = file.getFileName().toString();
    String address = new String(Files.readAllBytes(file), StandardCharsets.UTF_8).strip();
    if (inSubnet(address) && !addresses.containsValue(address)) {
      addresses.put(pod, address);
    } else {
      LOG.warn("the address of pod {} is dropped: {} holds none of this node's", pod, file);
      Files.delete(file);
    }
  }

  private boolean inSubnet(String text) {
    try {
      return subnet.contains(text);
    } catch (IllegalArgumentException noAddress) {
      return false;
    }
  }

  /** All that have an address. */
  synchronized Set<String> pods() {
    return Set.copyOf(addresses.keySet());
  }

  synchronized Optional<String> address(String podUid) {
    return Optional.ofNullable(addresses.get(podUid));
  }

  /** The pod's address; a free one if it has none. Freed ones are used again as late as can be. */
  synchronized String take(String podUid) throws NetworkFailure {
    String present = addresses.get(podUid);
    if (present != null) {
      return present;
    }
    Set<String> used = Set.copyOf(addresses.values());
    int usable = subnet.size() - 3;
    for (int i = 0; i < usable; i++) {
      int index = 2 + (last + i) % usable;
      String candidate = subnet.address(index);
      if (!used.contains(candidate)) {
        last = index - 1;
        keep(podUid, candidate);
        return candidate;
      }
    }
    throw new NetworkFailure("no free address in the node's pod subnet");
  }

  private void keep(String podUid, String address) throws NetworkFailure {
    Path file = folder.resolve(podUid);
    try {
      Files.writeString(file, address);
    } catch (IOException e) {
      drop(file);
      throw new NetworkFailure("cannot keep a pod's address: " + e.getMessage());
    }
    addresses.put(podUid, address);
  }

  /** A full disk may have taken the file and not its content. */
  private static void drop(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.debug("{} not removed: {}", file, e.toString());
    }
  }

  synchronized void release(String podUid) {
    addresses.remove(podUid);
    try {
      Files.deleteIfExists(folder.resolve(podUid));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
