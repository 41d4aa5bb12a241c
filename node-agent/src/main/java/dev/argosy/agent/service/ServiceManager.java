package dev.argosy.agent.service;

import dev.argosy.agent.command.Commands;
import dev.argosy.agent.command.Commands.Outcome;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * systemd, if it started the agent as a service of type {@code notify} (sd_notify(3)). It is told
 * by its own program: Java has no datagrams on Unix sockets.
 */
public final class ServiceManager {

  private static final Logger LOG = LoggerFactory.getLogger(ServiceManager.class);
  private static final String SOCKET = "NOTIFY_SOCKET";

  private final Map<String, String> environment;
  private final List<String> program;

  /** The one that this process was started by, if any. */
  public static ServiceManager of(Map<String, String> environment) {
    return new ServiceManager(environment, List.of("systemd-notify"));
  }

  /**
   * One that is told by another program.
   *
   * @param program with its first arguments; gets the environment of this process
   */
  ServiceManager(Map<String, String> environment, List<String> program) {
    this.environment = Map.copyOf(environment);
    this.program = List.copyOf(program);
  }

  /** Tells that the agent runs. Does nothing if nobody waits for it; never fails. */
  public void ready(String node) {
    if (environment.getOrDefault(SOCKET, "").isEmpty()) {
      return;
    }
    List<String> command = new java.util.ArrayList<>(program);
    command.addAll(List.of("--ready", "--status=node " + node + " runs"));
    Outcome told = Commands.run(command);
    if (!told.ok()) {
      LOG.warn("systemd was not told that the agent runs: {}", told.output());
    }
  }
}
