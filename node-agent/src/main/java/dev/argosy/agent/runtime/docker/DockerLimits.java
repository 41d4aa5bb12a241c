package dev.argosy.agent.runtime.docker;

import com.github.dockerjava.api.command.UpdateContainerCmd;
import com.github.dockerjava.api.model.HostConfig;
import dev.argosy.agent.runtime.spi.ContainerSpec.Limits;
import org.jspecify.annotations.Nullable;

/** Limits in Docker's words: for a new container, for one that runs, and read back. */
final class DockerLimits {

  private static final long CPU_PERIOD_MICROS = 100_000;

  /** Docker takes 0 for "as before"; only this lifts a quota. */
  private static final long NO_QUOTA = -1;

  /** Docker lifts no memory limit of a container that runs; this one is never reached. */
  private static final long NO_MEMORY_LIMIT = 1L << 60;

  private static final int DEFAULT_SHARES = 1024;

  private DockerLimits() {}

  static void set(HostConfig host, Limits limits) {
    if (limits.cpuShares() > 0) {
      host.withCpuShares(limits.cpuShares());
    }
    if (limits.cpuQuotaMicros() > 0) {
      host.withCpuPeriod(CPU_PERIOD_MICROS).withCpuQuota(limits.cpuQuotaMicros());
    }
    if (limits.memoryBytes() > 0) {
      host.withMemory(limits.memoryBytes()).withMemorySwap(limits.memoryBytes());
    }
    if (limits.oomScoreAdjust() != 0) {
      host.withOomScoreAdj(limits.oomScoreAdjust());
    }
  }

  static UpdateContainerCmd update(UpdateContainerCmd update, Limits limits) {
    long memory = limits.memoryBytes() > 0 ? limits.memoryBytes() : NO_MEMORY_LIMIT;
    return update
        .withCpuShares(limits.cpuShares() > 0 ? limits.cpuShares() : DEFAULT_SHARES)
        .withCpuPeriod(CPU_PERIOD_MICROS)
        .withCpuQuota(limits.cpuQuotaMicros() > 0 ? limits.cpuQuotaMicros() : NO_QUOTA)
        .withMemory(memory)
        .withMemorySwap(memory);
  }

  static Limits of(@Nullable HostConfig host) {
    if (host == null) {
      return Limits.NONE;
    }
    return new Limits(
        Math.toIntExact(positive(host.getCpuShares())),
        positive(host.getCpuQuota()),
        positive(host.getMemory()) >= NO_MEMORY_LIMIT ? 0 : positive(host.getMemory()),
        host.getOomScoreAdj() == null ? 0 : host.getOomScoreAdj());
  }

  private static long positive(@Nullable Number number) {
    return number == null ? 0 : Math.max(0, number.longValue());
  }
}
