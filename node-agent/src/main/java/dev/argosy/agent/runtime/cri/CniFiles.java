package dev.argosy.agent.runtime.cri;

import dev.argosy.agent.grpc.Message;
import dev.argosy.agent.grpc.MessageBuilder;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.agent.runtime.spi.RuntimeFailure.Kind;
import dev.argosy.model.object.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * Has the runtime leave the network of sandboxes to the agent. A runtime gives a sandbox a network
 * namespace only if a CNI plug-in connects it; the one that is written here turns on loopback and
 * no more.
 *
 * @see <a href="https://www.cni.dev/docs/spec/">CNI</a>
 */
final class CniFiles {

  private static final String PLUGIN = "argosy-loopback";

  /** Before any other: runtimes take the first. */
  private static final String CONFIGURATION = "00-argosy.conflist";

  private static final String NETWORK =
      """
      {"cniVersion": "0.3.1", "name": "argosy", "plugins": [{"type": "argosy-loopback"}]}
      """;

  private static final String PROGRAM =
      """
      #!/bin/sh
      # Written by argosy-agent, which connects pods itself: there is nothing to do but loopback.
      case "$CNI_COMMAND" in
      VERSION)
        echo '{"cniVersion":"0.4.0","supportedVersions":["0.3.0","0.3.1","0.4.0"]}' ;;
      ADD)
        nsenter --net="$CNI_NETNS" ip link set lo up >&2 || exit 1
        printf '{"cniVersion":"0.3.1","interfaces":[{"name":"%s","sandbox":"%s"}],' \\
          "$CNI_IFNAME" "$CNI_NETNS"
        echo '"ips":[{"version":"4","interface":0,"address":"127.0.0.1/8"}]}' ;;
      esac
      """;

  private static final int LOOKS = 50;

  private final CriCalls calls;
  private volatile boolean done;

  CniFiles(CriCalls calls) {
    this.calls = calls;
  }

  /** Where files belong, and whether the runtime has taken them. */
  private record Place(Path configurations, Path programs, boolean ready) {}

  /** Writes the files unless they are there, and waits until the runtime has read them. */
  void ensure() throws RuntimeFailure {
    if (done) {
      return;
    }
    try {
      Place place = place();
      write(place.programs.resolve(PLUGIN), PROGRAM, "rwxr-xr-x");
      if (!Files.exists(place.programs.resolve("loopback"))) {
        write(place.programs.resolve("loopback"), PROGRAM, "rwxr-xr-x");
      }
      write(place.configurations.resolve(CONFIGURATION), NETWORK, "rw-r--r--");
      for (int i = 0; i < LOOKS && !place().ready; i++) {
        if (new CountDownLatch(1).await(100, TimeUnit.MILLISECONDS)) {
          return;
        }
      }
      done = true;
    } catch (IOException e) {
      throw new RuntimeFailure(
          Kind.REFUSED,
          "cannot write the container runtime's network configuration (run the agent as root): "
              + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Place place() throws RuntimeFailure {
    Message status = calls.runtime("Status", new MessageBuilder().flag(1, true));
    JsonNode cni = json(status.map(2).get("config")).path("cni");
    JsonNode networks = json(status.map(2).get("cniconfig")).path("Networks");
    boolean networkReady =
        status.message(1).messages(1).stream()
            .anyMatch(c -> c.text(1).equals("NetworkReady") && c.flag(2));
    boolean told = networks.isArray();
    boolean ours =
        networks
            .valueStream()
            .anyMatch(n -> n.path("Config").path("Name").asString("").equals("argosy"));
    return new Place(
        Path.of(text(cni.path("confDir"), "/etc/cni/net.d")),
        Path.of(text(cni.path("binDir"), "/opt/cni/bin")),
        told ? ours : networkReady);
  }

  private static String text(JsonNode node, String otherwise) {
    String text = node.asString("");
    return text.isEmpty() ? otherwise : text;
  }

  private static JsonNode json(@Nullable String json) {
    try {
      return json == null
          ? MissingNode.getInstance()
          : Json.mapper().readTree(json.getBytes(StandardCharsets.UTF_8));
    } catch (JacksonException notJson) {
      return MissingNode.getInstance();
    }
  }

  private static void write(Path file, String text, String permissions) throws IOException {
    if (Files.exists(file) && Files.readString(file).equals(text)) {
      return;
    }
    Path folder = file.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    Path whole = Files.createTempFile(folder, "." + file.getFileName(), "");
    Files.writeString(whole, text);
    Files.setPosixFilePermissions(whole, PosixFilePermissions.fromString(permissions));
    Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
