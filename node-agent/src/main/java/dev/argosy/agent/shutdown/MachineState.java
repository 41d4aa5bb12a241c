package dev.argosy.agent.shutdown;

import dev.argosy.agent.command.Commands;
import java.util.List;
import java.util.Locale;

/**
 * Whether the machine is going down. The service manager tells: while it stops everything, it says
 * so, and waits for the agent as for any other service; no inhibitor lock is needed.
 *
 * @param when whether pods are ended when the agent is
 */
public record MachineState(When when) {

  /** When the end of the agent means that of its pods. */
  public enum When {
    /** If systemd says that the machine stops. */
    AUTO,
    ALWAYS,
    NEVER;

    public static When of(String text) {
      for (When one : values()) {
        if (one.name().equals(text.toUpperCase(Locale.ROOT))) {
          return one;
        }
      }
      throw new IllegalArgumentException(
          "\"" + text + "\" does not say when pods are ended; it is auto, always or never");
    }
  }

  public boolean goesDown() {
    return switch (when) {
      case AUTO ->
          Commands.run(List.of("systemctl", "is-system-running")).output().equals("stopping");
      case ALWAYS -> true;
      case NEVER -> false;
    };
  }
}
