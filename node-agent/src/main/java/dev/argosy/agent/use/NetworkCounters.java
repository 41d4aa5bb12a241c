package dev.argosy.agent.use;

import dev.argosy.model.use.Counters;
import java.util.List;
import java.util.Optional;

/**
 * What came in and went out of the network namespace of a process, but through loopback.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/proc_pid_net.5.html">proc_pid_net(5)</a>
 */
record NetworkCounters(KernelFiles kernel) {

  private static final int RECEIVED = 0;
  private static final int SENT = 8;

  /** Empty if the process is gone, or lives in the machine's own network as the agent does. */
  Optional<Counters> of(int pid) {
    Optional<String> own = kernel.network("self");
    Optional<String> other = kernel.network(Integer.toString(pid));
    if (own.isEmpty() || other.isEmpty() || own.equals(other)) {
      return Optional.empty();
    }
    return KernelFiles.lines(kernel.ofProcess(pid, "net/dev")).map(NetworkCounters::sum);
  }

  private static Counters sum(List<String> lines) {
    Counters sum = Counters.NONE;
    for (String line : lines) {
      int colon = line.indexOf(':');
      if (colon < 0 || line.substring(0, colon).strip().equals("lo")) {
        continue;
      }
      String[] figures = line.substring(colon + 1).strip().split("\\s+");
      if (figures.length > SENT) {
        long received = KernelFiles.parse(figures[RECEIVED]).orElse(0);
        long sent = KernelFiles.parse(figures[SENT]).orElse(0);
        sum = sum.plus(new Counters(0, 0, received, sent));
      }
    }
    return sum;
  }
}
