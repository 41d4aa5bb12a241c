package dev.argosy.bench.agent;

import dev.argosy.bench.Unavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Lets an agent join, get ready, run two pods of a played engine and end. The arguments are the
 * command that starts it. Ends with 1 if it could not.
 */
public final class Rehearsal {

  private static final int PODS = 2;
  private static final int USE_REPORT_SECONDS = 6;

  private Rehearsal() {}

  public static void main(String[] command) throws Exception {
    Path folder = Files.createTempDirectory("argosy-rehearsal");
    int code = 1;
    try (AgentPlatform platform = AgentPlatform.start(folder);
        PlayedEngine engine = PlayedEngine.start(folder.resolve("engine.sock"))) {
      code = live(List.of(command), platform, engine, folder);
    } catch (Unavailable e) {
      System.err.println("rehearsal: " + e.getMessage());
    } finally {
      remove(folder);
    }
    System.exit(code);
  }

  private static int live(
      List<String> command, AgentPlatform platform, PlayedEngine engine, Path folder)
      throws Exception {
    try (AgentProcess agent = AgentProcess.start(command, platform, engine.host(), folder)) {
      agent.until("ready", platform::ready);
      for (int i = 0; i < PODS; i++) {
        platform.pod("rehearsal-" + i, "example/image:1", true);
      }
      agent.until("running", () -> platform.running() == PODS);
      TimeUnit.SECONDS.sleep(USE_REPORT_SECONDS);
      int code = agent.stop();
      // ended by the signal, after its hooks
      return code == 143 ? 0 : code;
    }
  }

  static void remove(Path folder) throws IOException {
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path one : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(one);
      }
    }
  }
}
