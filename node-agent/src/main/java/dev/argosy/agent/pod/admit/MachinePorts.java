package dev.argosy.agent.pod.admit;

import dev.argosy.agent.network.hostport.HostPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Ports on which the machine's own programs listen. A pod that got one of them would take over
 * whatever people ask these for, as the platform's own server on a machine that runs both.
 *
 * @param sockets the kernel's tables, {@code /proc/net}; others for tests
 */
public record MachinePorts(Path sockets) {

  public static final MachinePorts OF_MACHINE = new MachinePorts(Path.of("/proc/net"));

  private static final String LISTENING = "0A";
  private static final String UNCONNECTED = "07";
  private static final String WITHIN_IPV6 = "0000000000000000FFFF0000";

  /** Whether a program listens there; if that cannot be told, none does. */
  boolean taken(HostPort wanted) {
    String state = wanted.protocol().equals("tcp") ? LISTENING : UNCONNECTED;
    return listening(wanted.protocol(), state, wanted)
        || listening(wanted.protocol() + "6", state, wanted);
  }

  private boolean listening(String table, String state, HostPort wanted) {
    try (Stream<String> lines = Files.lines(sockets.resolve(table))) {
      return lines
          .skip(1)
          .map(line -> line.strip().split("\\s+"))
          .filter(words -> words.length > 3 && words[3].equals(state))
          .flatMap(words -> port(words[1], wanted.protocol()).stream())
          .anyMatch(wanted::excludes);
    } catch (IOException | java.io.UncheckedIOException none) {
      return false;
    }
  }

  /** An address as the kernel writes it, {@code 0100007F:0016}; empty for those of IPv6 alone. */
  private static Optional<HostPort> port(String text, String protocol) {
    String[] parts = text.split(":");
    int port = Integer.parseInt(parts[1], 16);
    String address = parts[0];
    if (address.startsWith(WITHIN_IPV6)) {
      address = address.substring(WITHIN_IPV6.length());
    }
    if (address.chars().allMatch(c -> c == '0')) {
      return Optional.of(new HostPort("", protocol, port));
    }
    if (address.length() != 8) {
      return Optional.empty();
    }
    long bytes = Long.parseLong(address, 16);
    String dotted =
        "%d.%d.%d.%d"
            .formatted(
                bytes & 0xff, (bytes >> 8) & 0xff, (bytes >> 16) & 0xff, (bytes >> 24) & 0xff);
    return port == 0 ? Optional.empty() : Optional.of(new HostPort(dotted, protocol, port));
  }
}
