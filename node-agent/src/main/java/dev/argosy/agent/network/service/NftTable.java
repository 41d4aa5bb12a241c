package dev.argosy.agent.network.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The kernel's table; the one place that changes it. */
final class NftTable {

  private final List<String> command;

  /**
   * @param command how to run nft, for example {@code nft}, or within a namespace
   */
  NftTable(List<String> command) {
    this.command = List.copyOf(command);
  }

  /** Runs a script as one transaction; returns what went wrong. */
  Optional<String> apply(String script) {
    List<String> all = new ArrayList<>(command);
    all.addAll(List.of("-f", "-"));
    try {
      Process process = new ProcessBuilder(all).redirectErrorStream(true).start();
      try (OutputStream in = process.getOutputStream()) {
        in.write(script.getBytes(UTF_8));
      }
      String said = new String(process.getInputStream().readAllBytes(), UTF_8);
      return process.waitFor() == 0 ? Optional.empty() : Optional.of(said.strip());
    } catch (IOException e) {
      return Optional.of("nft cannot be run: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("interrupted");
    }
  }
}
