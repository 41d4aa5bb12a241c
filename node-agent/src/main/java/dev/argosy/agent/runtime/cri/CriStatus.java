package dev.argosy.agent.runtime.cri;

import dev.argosy.agent.grpc.Message;
import dev.argosy.agent.runtime.spi.Container;
import dev.argosy.agent.runtime.spi.ContainerUser;
import dev.argosy.agent.runtime.spi.Sandbox;
import dev.argosy.model.object.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * What a runtime's full status says. Process ids and the limits in force are no part of the
 * interface, and users of its later versions only; containerd and CRI-O both tell them in the JSON
 * of {@code info}.
 */
final class CriStatus {

  private static final long SANDBOX_READY = 0;
  private static final long CREATED = 0;
  private static final long RUNNING = 1;

  private CriStatus() {}

  /** Of a {@code PodSandboxStatusResponse}. */
  static Sandbox sandbox(Message response) {
    Message status = response.message(1);
    return new Sandbox(
        status.text(1),
        status.message(2).text(1),
        CriMarks.without(status.map(7)),
        CriObservation.time(status.number(4)),
        status.number(3) == SANDBOX_READY ? info(response).path("pid").asInt(0) : 0);
  }

  /** Of a {@code ContainerStatusResponse}. */
  static Container container(Message response) {
    Message status = response.message(1);
    Map<String, String> annotations = status.map(13);
    JsonNode info = info(response);
    return new Container(
        status.text(1),
        status.message(2).text(1),
        CriMarks.without(status.map(12)),
        annotations.getOrDefault(ContainerConfig.IMAGE, status.message(8).text(1)),
        annotations.getOrDefault(ContainerConfig.IMAGE_ID, status.text(9)),
        CriLimits.of(info.path("runtimeSpec")),
        tty(response),
        state(status, info),
        user(info.path("runtimeSpec").path("process").path("user")));
  }

  /** Newer runtimes have a field for it; what it is made of older ones tell, too. */
  private static @Nullable ContainerUser user(JsonNode user) {
    return user.isObject()
        ? new ContainerUser(
            user.path("uid").asLong(0),
            user.path("gid").asLong(0),
            user.path("additionalGids").valueStream().map(gid -> gid.asLong(0)).toList())
        : null;
  }

  static boolean tty(Message response) {
    return Boolean.parseBoolean(response.message(1).map(13).get(ContainerConfig.TTY));
  }

  private static Container.State state(Message status, JsonNode info) {
    Instant created = CriObservation.time(status.number(4));
    long started = status.number(5);
    if (status.number(3) == CREATED) {
      return new Container.Created(created);
    }
    if (status.number(3) == RUNNING) {
      return new Container.Running(CriObservation.time(started), info.path("pid").asInt(0));
    }
    Instant finished = status.number(6) > 0 ? CriObservation.time(status.number(6)) : created;
    Instant begun = started > 0 ? CriObservation.time(started) : finished;
    return new Container.Exited(
        begun,
        finished.isBefore(begun) ? begun : finished,
        (int) status.number(7),
        status.text(10).equals("OOMKilled"),
        status.text(11));
  }

  private static JsonNode info(Message response) {
    String json = response.map(2).getOrDefault("info", "");
    if (json.isEmpty()) {
      return MissingNode.getInstance();
    }
    try {
      return Json.mapper().readTree(json.getBytes(StandardCharsets.UTF_8));
    } catch (JacksonException notJson) {
      return MissingNode.getInstance();
    }
  }
}
