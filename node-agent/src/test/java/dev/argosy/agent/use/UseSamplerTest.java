package dev.argosy.agent.use;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.model.use.Counters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** What the kernel's files say is what is seen, however its control groups are laid out. */
class UseSamplerTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-30T10:00:00Z"), ZoneOffset.UTC);

  @TempDir private Path folder;

  private FakeMachine machine(FakeMachine.Layout layout) throws IOException {
    return new FakeMachine(folder, layout, CLOCK);
  }

  private static Sample look(FakeMachine machine) throws Exception {
    return new UseSampler(machine.runtime, machine.kernel, CLOCK).look();
  }

  private static Seen only(Sample sample, String container) {
    return sample.live().stream()
        .filter(seen -> seen.container().equals(container))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @EnumSource(FakeMachine.Layout.class)
  void readsContainersAndNetworks(FakeMachine.Layout layout) throws Exception {
    FakeMachine machine = machine(layout);
    String sandbox = machine.pod("web");
    String container = machine.container(sandbox, "web", 0);
    machine.used(container, 5_000_000_000L, 1000, 300);
    machine.traffic(sandbox, 123, 456);
    Sample sample = look(machine);
    assertThat(only(sample, "main").counters()).isEqualTo(new Counters(5_000_000_000L, 700, 0, 0));
    assertThat(only(sample, "").counters()).isEqualTo(new Counters(0, 0, 123, 456));
    assertThat(only(sample, "main").pod().uid()).isEqualTo("web-uid");
    assertThat(only(sample, "main").pod().cluster()).isEqualTo("acme");
    assertThat(sample.when().uptime()).isEqualTo(100_000);
    assertThat(sample.when().boot()).isEqualTo("boot-1");
    // 100 + 10 + 50 + 5 + 5 + 30 ticks; guests count as user already
    assertThat(sample.machine()).isEqualTo(new Counters(2_000_000_000L, 500 << 10, 0, 0));
  }

  @Test
  void theMachinesOwnNetworkIsNobodys() throws Exception {
    FakeMachine machine = machine(FakeMachine.Layout.V2);
    String sandbox = machine.pod("host-agent");
    machine.container(sandbox, "host-agent", 0);
    machine.traffic(sandbox, 123, 456);
    assertThat(look(machine).live()).extracting(Seen::container).containsExactly("main");
  }

  @Test
  void whatIsGoneOrHasNoGroupOfItsOwnIsNotSeen() throws Exception {
    FakeMachine machine = machine(FakeMachine.Layout.V1);
    String sandbox = machine.pod("web");
    String container = machine.container(sandbox, "web", 0);
    Files.writeString(machine.kernel.ofProcess(1002, "cgroup"), "2:cpuacct:/\n4:memory:/\n0::/\n");
    assertThat(look(machine).live()).extracting(Seen::container).containsExactly("");
    Files.delete(machine.kernel.ofProcess(1002, "cgroup"));
    assertThat(look(machine).live()).extracting(Seen::container).containsExactly("");
    machine.runtime.end(container, 0);
    machine.runtime.stopSandbox(sandbox);
    assertThat(look(machine).live()).isEmpty();
  }

  @Test
  void anEngineThatIsAwayIsNoEndOfAnything() throws Exception {
    FakeMachine machine = machine(FakeMachine.Layout.V2);
    machine.container(machine.pod("web"), "web", 0);
    machine.runtime.setUp(false);
    assertThatThrownBy(() -> look(machine)).isInstanceOf(RuntimeFailure.class);
  }

  @Test
  void theSummaryIsThatOfAKubelet() throws Exception {
    FakeMachine machine = machine(FakeMachine.Layout.V2);
    String sandbox = machine.pod("web");
    String container = machine.container(sandbox, "web", 0);
    machine.used(container, 1_000_000_000L, 1000, 0);
    UseReporter reporter =
        new UseReporter(
            new UseReporter.Place(
                "n1", machine.runtime, machine.kernel, folder.resolve("use.json")),
            report -> dev.argosy.model.client.ApiResult.ok(true),
            Duration.ofSeconds(15),
            CLOCK);
    assertThat(reporter.summary().path("pods")).isEmpty();
    reporter.round(false);
    machine.uptime("110.00");
    machine.used(container, 6_000_000_000L, 2000, 0);
    machine.traffic(sandbox, 10, 20);
    reporter.round(true);
    JsonNode summary = reporter.summary();
    assertThat(summary.at("/node/nodeName").asString("")).isEqualTo("n1");
    assertThat(summary.at("/node/cpu/usageCoreNanoSeconds").asLong(0)).isEqualTo(2_000_000_000L);
    assertThat(summary.at("/pods/0/podRef/name").asString("")).isEqualTo("web");
    assertThat(summary.at("/pods/0/network/rxBytes").asLong(0)).isEqualTo(10);
    assertThat(summary.at("/pods/0/network/txBytes").asLong(0)).isEqualTo(20);
    assertThat(summary.at("/pods/0/containers/0/cpu/usageNanoCores").asLong(0))
        .isEqualTo(500_000_000L);
    assertThat(summary.at("/pods/0/memory/workingSetBytes").asLong(0)).isEqualTo(2000);
  }
}
