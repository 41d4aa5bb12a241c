package dev.argosy.wiring;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was started, to be stopped in the opposite order. Used by one thread at a time. */
final class Parts implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Parts.class);

  private record Part(String name, AutoCloseable stop) {}

  private final Deque<Part> started = new ArrayDeque<>();

  <T extends AutoCloseable> T add(String name, T part) {
    started.push(new Part(name, part));
    LOG.info("{} is ready", name);
    return part;
  }

  /** Stops all; a part that fails to stop keeps no other from stopping. */
  @Override
  public void close() {
    while (!started.isEmpty()) {
      Part part = started.pop();
      try {
        part.stop().close();
        LOG.info("{} stopped", part.name());
      } catch (Exception e) {
        LOG.warn("{} did not stop cleanly", part.name(), e);
      }
    }
  }
}
