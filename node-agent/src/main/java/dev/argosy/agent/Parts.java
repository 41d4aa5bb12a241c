package dev.argosy.agent;

import java.util.ArrayDeque;
import java.util.Deque;

/** What was opened, and is closed in the other order. One thread. */
final class Parts implements AutoCloseable {

  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  <T extends AutoCloseable> T opened(T part) {
    opened.push(part);
    return part;
  }

  /** Closes all; what fails is told, and the others are closed all the same. */
  @Override
  public void close() {
    while (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } catch (Exception e) {
        System.err.println("argosy-agent: while stopping: " + e);
      }
    }
  }
}
