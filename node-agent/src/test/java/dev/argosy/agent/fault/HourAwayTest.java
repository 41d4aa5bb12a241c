package dev.argosy.agent.fault;

import static dev.argosy.agent.pod.sync.TestNode.condition;
import static dev.argosy.agent.pod.sync.TestNode.pod;
import static dev.argosy.agent.pod.sync.TestNode.spec;
import static dev.argosy.agent.pod.sync.TestNode.status;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.agent.Eventually;
import dev.argosy.agent.fault.AgentOnFake.World;
import dev.argosy.agent.runtime.fake.FakeRuntime;
import dev.argosy.agent.runtime.spi.Container;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.agent.volume.mount.Mounter;
import dev.argosy.model.client.Patch;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.client.fake.FakeApi;
import dev.argosy.model.client.fake.Fault;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The server is away for an hour, in which tokens end. Pods go on; when it is back, it hears of
 * what is news and of nothing else.
 */
@Timeout(60)
final class HourAwayTest {

  private static final String CLUSTER = "acme";
  private static final String IMAGE = "busybox:1";
  private static final int PODS = 20;
  private static final GroupResource ACCOUNTS = new GroupResource("", "serviceaccounts");

  @TempDir Path folder;
  private final FakeRuntime runtime = new FakeRuntime(Clock.systemUTC());
  private final FakeApi api = new FakeApi(Clock.systemUTC(), "root", CLUSTER);
  private final AtomicInteger tokens = new AtomicInteger();
  private final Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();

  @AfterEach
  void unmount() throws IOException {
    new Mounter().unmountBelow(folder);
  }

  /** A token that is good for an hour. */
  private static String token(Instant now) {
    String claims =
        "{\"iat\":%d,\"exp\":%d}"
            .formatted(now.getEpochSecond(), now.plus(Duration.ofHours(1)).getEpochSecond());
    return "e30."
        + Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(UTF_8))
        + ".sig";
  }

  private ObjectKey run(int number) {
    ObjectNode pod = pod("web-" + number, IMAGE, "wait");
    spec(pod).put("nodeName", AgentOnFake.NODE);
    ObjectNode volume = spec(pod).putArray("volumes").addObject().put("name", "token");
    ObjectNode source = volume.putObject("projected").putArray("sources").addObject();
    source.putObject("serviceAccountToken").put("path", "token").put("expirationSeconds", 3600);
    ResourceScope pods = ResourceScope.namespace(new GroupResource("", "pods"), CLUSTER, "default");
    return api.client().create(pods, pod).orThrow().key();
  }

  private JsonNode tree(ObjectKey key) {
    return api.client().get(key).orThrow().tree();
  }

  private void awaitReady(ObjectKey key, int restarts) {
    assertThat(
            api.await(() ->
                condition(tree(key), "Ready").equals("True")
                    && status(tree(key)).path("restartCount").asInt(-1) == restarts))
        .as("%s", tree(key).path("status"))
        .isTrue();
  }

  private Set<String> running() throws RuntimeFailure {
    return runtime.containers(Map.of()).stream()
        .filter(c -> c.state() instanceof Container.Running)
        .map(Container::id)
        .collect(Collectors.toSet());
  }

  /** As when the server tells something new of a pod: its worker looks. */
  private void touch(ObjectKey key, int time) {
    ObjectNode label = Json.object();
    label.putObject("metadata").putObject("labels").put("touched", "t" + time);
    api.client().patch(key, "", Patch.merge(label)).orThrow();
  }

  private int patched(ObjectKey key) {
    return asked.getOrDefault("patch pods " + key.name(), new AtomicInteger()).get();
  }

  @Test
  void podsGoOnAndOnlyNewsIsTold() throws Exception {
    runtime.images().add(IMAGE);
    Path groups = folder.resolve("groups");
    Files.createDirectories(groups.resolve("cpu"));
    World world =
        new World(runtime, api.client(), new KeptNetwork(), folder.resolve("data"), groups);
    try (SetTimers timers = new SetTimers()) {
      api.setAnswer(
          ACCOUNTS,
          "token",
          (request, body) -> {
            tokens.incrementAndGet();
            ObjectNode answer = Json.object();
            answer.putObject("status").put("token", token(timers.now()));
            return answer;
          });
      try (AgentOnFake _ = new AgentOnFake(world, timers)) {
        List<ObjectKey> keys = IntStream.range(0, PODS).mapToObj(this::run).toList();
        keys.forEach(key -> awaitReady(key, 0));
        assertThat(tokens).hasValue(PODS);
        Set<String> before = running();
        String ended = container(keys.getFirst());

        api.setFault(
            (verb, resource, name) -> Optional.of(Status.of(Reason.SERVICE_UNAVAILABLE, "away")));
        api.cutWatches();
        timers.pass(Duration.ofHours(1));
        runtime.end(ended, 3);
        Eventually.holds(() -> running().size() == PODS && !running().contains(ended));
        Set<String> others = new HashSet<>(before);
        others.remove(ended);
        assertThat(running()).containsAll(others);

        api.setFault(counting());
        awaitReady(keys.getFirst(), 1);
        timers.pass(Duration.ofMinutes(1)); // whoever tried while it was away does so again
        keys.forEach(key -> touch(key, 1));
        Eventually.holds(() -> tokens.get() >= 2 * PODS);
        keys.forEach(key -> touch(key, 2));
        api.awaitRest();
        assertThat(tokens).hasValue(2 * PODS);
        keys.stream()
            .skip(1)
            .forEach(key -> {
              assertThat(patched(key))
                  .as("patches of %s, besides the test's", key)
                  .isLessThanOrEqualTo(2);
              awaitReady(key, 0);
            });
        assertThat(running()).containsAll(others);
      }
    }
  }

  private String container(ObjectKey key) {
    return status(tree(key)).path("containerID").asString("").replaceFirst("^.*//", "");
  }

  private Fault counting() {
    return (verb, resource, name) -> {
      String what = verb + " " + resource.resource() + " " + name;
      asked.computeIfAbsent(what, w -> new AtomicInteger()).incrementAndGet();
      return Optional.empty();
    };
  }
}
