package dev.argosy.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.tunnel.PodRef;
import dev.argosy.model.use.Counters;
import dev.argosy.model.use.InstanceUse;
import dev.argosy.model.use.Moment;
import dev.argosy.model.use.PodUse;
import dev.argosy.model.use.UseReport;
import dev.argosy.server.testing.TestClient.Answer;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Agents report what pods use while the server, a process of its own, is killed again and again:
 * each second and byte is in the ledger once. {@code -Dargosy.use.kills=30} for the whole proof.
 */
@SuppressWarnings("NullAway") // everything is set before the first test
class UseKillTest {

  private static final int KILLS = Integer.getInteger("argosy.use.kills", 1);
  private static final int REPORTS_BETWEEN = 15;
  private static final int NODES = 3;
  private static final long FIRST_CPU = 7_000_000_000L;

  private static ServerScene scene;
  private static volatile PlatformProcess server;

  private final Semaphore kills = new Semaphore(0);
  private final AtomicInteger taken = new AtomicInteger();
  private final AtomicInteger lost = new AtomicInteger();
  private volatile boolean over;
  private volatile boolean ended;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    scene = ServerScene.start(folder);
    server = begun();
    scene.tenant(server, "acme", "ann");
    String account = "/clusters/acme/api/v1/namespaces/default/serviceaccounts/default";
    ServerScene.await("pods can be", () -> scene.admin(server).get(account).code() == 200);
  }

  private static PlatformProcess begun() throws Exception {
    return scene.process(
        "killed", Map.of("argosy.metering.used-interval", "PT0S", "argosy.metering.labels", "app"));
  }

  @AfterAll
  static void stop() throws Exception {
    if (server != null) {
      server.close();
    }
    scene.close();
  }

  @Test
  void whatPodsUseIsCountedOnceWhileServersAreKilled() throws Exception {
    List<Agent> agents = new ArrayList<>();
    for (int i = 0; i < NODES; i++) {
      agents.add(new Agent("n" + i, run("n" + i)));
    }
    for (Agent agent : agents) {
      agent.untilKept(); // what was used before is not known
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (Agent agent : agents) {
        all.add(threads.submit(() -> agent.work(NODES)));
      }
      try {
        for (int i = 0; i < KILLS; i++) {
          kills.acquire();
          server.kill();
          server = begun();
        }
        over = true;
      } catch (Exception e) {
        ended = true;
        throw e;
      }
      for (Future<?> each : all) {
        each.get();
      }
    }
    for (Agent agent : agents) {
      agent.untilKept();
    }
    assertThat(lost.get()).as("reports whose fate nobody knows").isPositive();
    JsonNode usage =
        ServerScene.done(scene.admin(server).get("/usage?tenant=acme&by=label:app")).json();
    for (Agent agent : agents) {
      assertThat(used(usage, agent.node, "cpu"))
          .isEqualByComparingTo(BigDecimal.valueOf(agent.steps).multiply(new BigDecimal("0.01")));
      assertThat(used(usage, agent.node, "network.in")).isEqualByComparingTo("" + 3 * agent.steps);
      assertThat(used(usage, agent.node, "network.out")).isEqualByComparingTo("" + 5 * agent.steps);
    }
    System.out.println(taken + " reports, " + KILLS + " kills, " + lost + " lost");
  }

  private static BigDecimal used(JsonNode usage, String app, String resource) {
    for (JsonNode item : usage.path("items")) {
      if (item.at("/labels/app").asString("").equals(app)
          && item.path("resource").asString("").equals(resource)) {
        return item.path("used").decimalValue();
      }
    }
    return BigDecimal.ONE.negate();
  }

  /** A node and a pod that runs on it, both called so; returns the pod's uid. */
  private static String run(String node) {
    String pods = "/clusters/acme/api/v1/namespaces/default/pods";
    ServerScene.made(
        scene
            .admin(server)
            .post(
                "/clusters/root/api/v1/nodes",
                ServerScene.json(
                    "{'metadata':{'name':'%s','labels':{'argosy.dev/pool':'default'}},'status':{'capacity':{'cpu':'4','memory':'8Gi'}}}"
                        .formatted(node))));
    String pod =
        "{'metadata':{'name':'%1$s','labels':{'app':'%1$s'}},'spec':{'nodeName':'%1$s','automountServiceAccountToken':false,'tolerations':[{'operator':'Exists'}],'containers':[{'name':'c','image':'i'}]}}";
    return ServerScene.made(scene.admin(server).post(pods, ServerScene.json(pod.formatted(node))))
        .at("metadata.uid");
  }

  /** What a node's agent says: counters that only grow, again if nobody has heard. */
  private final class Agent {
    private final String node;
    private final String uid;
    private int steps;

    Agent(String node, String uid) {
      this.node = node;
      this.uid = uid;
    }

    /** Until all kills are done, and a little longer. */
    void work(int agents) {
      int most = REPORTS_BETWEEN * (KILLS + 1);
      for (int i = 0; i < most || !over; i++) {
        steps++;
        assertThat(ended).as("the servers are gone").isFalse();
        while (!heard()) {
          assertThat(ended).as("the servers are gone").isFalse();
          LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
          steps++;
        }
        if (taken.incrementAndGet() % (REPORTS_BETWEEN * agents) == 0) {
          kills.release();
        }
      }
    }

    void untilKept() throws Exception {
      ServerScene.await(
          node + " is heard",
          () -> say().filter(answer -> answer.json().path("kept").asBoolean(false)).isPresent());
    }

    private boolean heard() {
      return say().isPresent();
    }

    /** The answer; empty if the server was killed, and nobody knows what became of the report. */
    private Optional<Answer> say() {
      long uptime = 1_000_000L + steps;
      InstanceUse container =
          new InstanceUse(
              uid + "-c",
              "c",
              new Moment(3_600_000, 0, uptime, false),
              new Counters(FIRST_CPU + steps * 10_000_000L, 1 << 20, 0, 0));
      InstanceUse network =
          new InstanceUse(
              uid + "-net",
              "",
              new Moment(3_600_000, 0, uptime, false),
              new Counters(0, 0, 1_000 + 3L * steps, 2_000 + 5L * steps));
      PodUse pod =
          new PodUse(new PodRef("acme", "default", node, uid), List.of(container, network));
      UseReport report = new UseReport("boot", uptime, Counters.NONE, List.of(pod));
      try {
        return Optional.of(
            ServerScene.done(scene.node(server, node, UseReport.PATH, report.toBytes())));
      } catch (UncheckedIOException e) {
        lost.incrementAndGet();
        return Optional.empty();
      }
    }
  }
}
