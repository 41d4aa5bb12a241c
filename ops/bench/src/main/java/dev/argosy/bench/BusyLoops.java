package dev.argosy.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Processes that do nothing but keep every processor busy: what anything else that runs costs. */
final class BusyLoops implements AutoCloseable {

  /** Begins a command that gets what processor time nobody else wants. */
  static final List<String> YIELDING = List.of("chrt", "--idle", "0");

  private final List<Process> loops = new ArrayList<>();

  BusyLoops(boolean yields) throws IOException {
    List<String> command = new ArrayList<>(yields ? YIELDING : List.of());
    command.addAll(List.of("timeout", "300", "sh", "-c", "while :; do :; done"));
    for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
      loops.add(new ProcessBuilder(command).inheritIO().start());
    }
  }

  @Override
  public void close() {
    for (Process loop : loops) {
      loop.descendants().forEach(ProcessHandle::destroy);
      loop.destroy();
      loop.onExit().join();
    }
  }
}
