package dev.argosy.agent.runtime.cri;

import dev.argosy.agent.grpc.MessageBuilder;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.agent.runtime.spi.RuntimeFailure.Kind;
import dev.argosy.model.object.Json;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Who makes control groups. Newer runtimes tell; containerd before 2.0 shows its settings. */
final class CriGroups {

  private static final long SYSTEMD = 0;

  private CriGroups() {}

  static boolean bySystemd(CriCalls calls) throws RuntimeFailure {
    try {
      return calls
          .runtime("RuntimeConfig", new MessageBuilder())
          .present(1)
          .map(linux -> linux.number(1) == SYSTEMD)
          .orElse(false);
    } catch (RuntimeFailure e) {
      if (e.kind() != Kind.REFUSED) {
        throw e;
      }
    }
    return inSettings(
        calls
            .runtime("Status", new MessageBuilder().flag(1, true))
            .map(2)
            .getOrDefault("config", ""));
  }

  private static boolean inSettings(String config) {
    if (config.isEmpty()) {
      return false;
    }
    try {
      JsonNode containerd =
          Json.mapper().readTree(config.getBytes(StandardCharsets.UTF_8)).path("containerd");
      JsonNode options =
          containerd
              .path("runtimes")
              .path(containerd.path("defaultRuntimeName").asString("runc"))
              .path("options");
      return options.path("SystemdCgroup").asBoolean(false);
    } catch (JacksonException notJson) {
      return false;
    }
  }
}
