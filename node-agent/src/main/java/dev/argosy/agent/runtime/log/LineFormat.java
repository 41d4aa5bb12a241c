package dev.argosy.agent.runtime.log;

import java.util.Optional;

/** How a runtime writes lines. */
@FunctionalInterface
public interface LineFormat {

  /**
   * What a line says; empty if it is none, as after a full disk.
   *
   * @param line without its line feed; not changed any more
   */
  Optional<LogLine> parse(byte[] line);
}
