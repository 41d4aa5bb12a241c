package dev.argosy.agent.runtime.cri;

import dev.argosy.agent.grpc.MessageBuilder;
import dev.argosy.agent.runtime.spi.ContainerSpec.Limits;
import tools.jackson.databind.JsonNode;

/** {@code LinuxContainerResources}, and the same read back. */
final class CriLimits {

  private static final long CPU_PERIOD_MICROS = 100_000;
  private static final int DEFAULT_SHARES = 1024;

  /** In an update 0 stands for "as before"; only this lifts a limit. */
  private static final long LIFTED = -1;

  private CriLimits() {}

  static MessageBuilder of(Limits limits, String cpus, String memoryNodes) {
    return new MessageBuilder()
        .number(1, limits.cpuQuotaMicros() > 0 ? CPU_PERIOD_MICROS : 0)
        .number(2, limits.cpuQuotaMicros())
        .number(3, limits.cpuShares())
        .number(4, limits.memoryBytes())
        .number(5, limits.oomScoreAdjust())
        .text(6, cpus)
        .text(7, memoryNodes)
        .number(10, limits.memoryBytes()); // no swap beyond it
  }

  static MessageBuilder update(Limits limits) {
    long memory = limits.memoryBytes() > 0 ? limits.memoryBytes() : LIFTED;
    return new MessageBuilder()
        .number(1, CPU_PERIOD_MICROS)
        .number(2, limits.cpuQuotaMicros() > 0 ? limits.cpuQuotaMicros() : LIFTED)
        .number(3, limits.cpuShares() > 0 ? limits.cpuShares() : DEFAULT_SHARES)
        .number(4, memory)
        .number(10, memory);
  }

  /** Out of the runtime specification of the Open Container Initiative. */
  static Limits of(JsonNode runtimeSpec) {
    JsonNode resources = runtimeSpec.path("linux").path("resources");
    JsonNode cpu = resources.path("cpu");
    return new Limits(
        (int) Math.max(0, cpu.path("shares").asLong(0)),
        Math.max(0, cpu.path("quota").asLong(0)),
        Math.max(0, resources.path("memory").path("limit").asLong(0)),
        runtimeSpec.path("process").path("oomScoreAdj").asInt(0));
  }
}
