package dev.argosy.agent.use;

import java.util.OptionalLong;

/** How many processes and threads there are in the control group of a process. */
public final class ProcessCounts {

  private final GroupCounters groups;

  public ProcessCounts(KernelFiles kernel) {
    this.groups = new GroupCounters(kernel);
  }

  /** None if the kernel does not tell. */
  public long of(int pid) {
    OptionalLong count = groups.processes(pid);
    return count.orElse(0);
  }
}
