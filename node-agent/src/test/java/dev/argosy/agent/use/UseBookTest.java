package dev.argosy.agent.use;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.client.ApiResult;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import dev.argosy.model.use.Counters;
import dev.argosy.model.use.InstanceUse;
import dev.argosy.model.use.PodUse;
import dev.argosy.model.use.UseReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Containers that begin, work and end; an agent that dies at any time; a server that is away, or
 * answers and is not heard: in the end it has the last counters that were seen of each of them.
 */
class UseBookTest {

  @TempDir private Path folder;

  /** Keeps the newest of each instance, as the ledger does. */
  private static final class Server implements UseSink {
    final Map<String, InstanceUse> kept = new HashMap<>();
    final Random random;
    boolean steady;

    Server(long seed) {
      random = new Random(seed);
    }

    @Override
    public ApiResult<Boolean> send(UseReport sent) {
      UseReport report = UseReport.parse(sent.toBytes());
      int mood = steady ? 0 : random.nextInt(4);
      if (mood == 1) {
        return ApiResult.refused(Status.of(Reason.SERVICE_UNAVAILABLE, "away"));
      }
      if (mood == 2) {
        return ApiResult.ok(false); // its database is away
      }
      for (PodUse pod : report.pods()) {
        for (InstanceUse instance : pod.instances()) {
          kept.merge(
              instance.id(),
              instance,
              (one, other) -> one.moment().uptime() >= other.moment().uptime() ? one : other);
        }
      }
      return mood == 3
          ? ApiResult.refused(Status.of(Reason.SERVICE_UNAVAILABLE, "not heard"))
          : ApiResult.ok(true);
    }
  }

  private UseReporter agent(FakeMachine machine, UseSink sink) {
    return new UseReporter(
        new UseReporter.Place("n1", machine.runtime, machine.kernel, folder.resolve("use.json")),
        sink,
        Duration.ofSeconds(15),
        Clock.systemUTC());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void theServerHasTheLastCountersOfEverything(long seed) throws Exception {
    FakeMachine machine = new FakeMachine(folder, FakeMachine.Layout.V2, Clock.systemUTC());
    Server server = new Server(seed);
    Random random = new Random(seed);
    String sandbox = machine.pod("web");
    UseReporter agent = agent(machine, server);
    Map<String, Long> seen = new HashMap<>();
    Map<String, Long> alive = new HashMap<>();
    List<String> ended = new ArrayList<>();
    for (int i = 1; i < 120; i++) {
      machine.uptime(100 + i * 5 + ".00");
      if (alive.isEmpty() || random.nextInt(3) == 0) {
        alive.put(machine.container(sandbox, "web", i), 0L);
      }
      for (String id : List.copyOf(alive.keySet())) {
        long used = alive.getOrDefault(id, 0L) + random.nextInt(1_000_000) * 1000L;
        alive.put(id, used);
        machine.used(id, used, 1000, 0);
      }
      agent.round(random.nextInt(3) == 0);
      seen.putAll(alive);
      String first = alive.keySet().iterator().next();
      if (random.nextInt(4) == 0) {
        machine.runtime.end(first, 0);
        alive.remove(first);
        ended.add(first);
      }
      if (random.nextInt(6) == 0) {
        agent = agent(machine, server); // the other was killed
      }
    }
    server.steady = true;
    agent.round(true);
    Map<String, Long> kept = new HashMap<>();
    server.kept.forEach((id, use) -> {
      if (!use.network()) {
        kept.put(id.substring(0, id.indexOf('@')), use.counters().cpuNanos());
      }
    });
    assertThat(kept).isEqualTo(seen);
    assertThat(ended).isNotEmpty();
    agent.round(false);
    assertThat(instances(agent)).as("what is kept is not said again").hasSize(alive.size() + 1);
  }

  private static List<InstanceUse> instances(UseReporter agent) {
    return agent.report().orElseThrow().pods().stream()
        .flatMap(pod -> pod.instances().stream())
        .toList();
  }

  @Test
  void aRestartedContainerIsAnotherInstance() throws Exception {
    FakeMachine machine = new FakeMachine(folder, FakeMachine.Layout.V1, Clock.systemUTC());
    UseReporter agent = agent(machine, report -> ApiResult.ok(false));
    String sandbox = machine.pod("web");
    String first = machine.container(sandbox, "web", 0);
    machine.used(first, 7000, 10, 0);
    agent.round(true);
    machine.runtime.end(first, 1);
    String second = machine.container(sandbox, "web", 1);
    machine.used(second, 2000, 20, 0);
    machine.uptime("105.50");
    agent.round(true);
    List<InstanceUse> all = instances(agent);
    assertThat(all)
        .filteredOn(use -> !use.network())
        .extracting(InstanceUse::counters)
        .containsExactly(new Counters(7000, 10, 0, 0), new Counters(2000, 20, 0, 0));
    assertThat(all.stream().filter(use -> use.moment().ended())).hasSize(1);
    InstanceUse over = all.stream().filter(use -> use.moment().ended()).findFirst().orElseThrow();
    assertThat(over.moment().seenAgo()).isEqualTo(5500);
    assertThat(over.moment().uptime()).isEqualTo(100_000);
  }

  @Test
  void aBrokenBookIsBegunAnew() throws Exception {
    FakeMachine machine = new FakeMachine(folder, FakeMachine.Layout.V2, Clock.systemUTC());
    for (String text : List.of("", "{", "[]", "{\"known\":[{}]}", "{\"known\":null}")) {
      Files.writeString(folder.resolve("use.json"), text);
      UseReporter agent = agent(machine, report -> ApiResult.ok(true));
      agent.round(true);
      assertThat(agent.report()).isPresent();
    }
  }
}
