package dev.argosy.agent.group;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the agent may do on its machine, which is what the engine beside it may, as a rule. */
public final class Privilege {

  private static final Logger LOG = LoggerFactory.getLogger(Privilege.class);
  private static final int CAP_SYS_RESOURCE = 24;
  private static final int LEAST = -1000;

  private Privilege() {}

  /**
   * The least score that containers can be given. Without CAP_SYS_RESOURCE a process cannot lower
   * its score, and the engine refuses a container that should have less than itself.
   *
   * @param proc {@code /proc}
   */
  public static int leastOomScore(Path proc) {
    try {
      for (String line : Files.readAllLines(proc.resolve("self/status"))) {
        if (line.startsWith("CapEff:")) {
          long capabilities = Long.parseUnsignedLong(line.substring(7).strip(), 16);
          if ((capabilities >> CAP_SYS_RESOURCE & 1) == 1) {
            return LEAST;
          }
        }
      }
      int own = Integer.parseInt(Files.readString(proc.resolve("self/oom_score_adj")).strip());
      LOG.info(
          "this machine does not let the agent protect containers from the kernel's memory killer:"
              + " their oom_score_adj is {} at least",
          Math.max(0, own));
      return Math.max(0, own);
    } catch (IOException | NumberFormatException e) {
      LOG.debug("not read: {}", e.toString());
      return 0;
    }
  }
}
