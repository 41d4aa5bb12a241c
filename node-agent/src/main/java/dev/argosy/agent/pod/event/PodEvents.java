package dev.argosy.agent.pod.event;

import dev.argosy.agent.pod.view.PodView;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.Patch;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/** Records events about pods. */
public final class PodEvents implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PodEvents.class);
  private static final GroupResource EVENTS = new GroupResource("", "events");
  private static final int WAITING = 1000;
  private static final int REMEMBERED = 2000;

  private record Occurrence(
      PodView pod, String container, String type, String reason, String message, Instant at) {}

  private record Known(ObjectKey key, int count) {}

  private final ApiClient api;
  private final String node;
  private final Clock clock;
  private final BlockingQueue<Occurrence> queue = new ArrayBlockingQueue<>(WAITING);
  private final AtomicLong serial = new AtomicLong();
  private final Thread writer;
  private final Map<String, Known> known =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
          return size() > REMEMBERED;
        }
      };

  public PodEvents(ApiClient api, String node, Clock clock) {
    this.api = api;
    this.node = node;
    this.clock = clock;
    this.writer = Thread.ofVirtual().name("pod-events").start(this::writeAll);
  }

  public void normal(PodView pod, String container, String reason, String message) {
    offer(new Occurrence(pod, container, "Normal", reason, message, clock.instant()));
  }

  public void warning(PodView pod, String container, String reason, String message) {
    offer(new Occurrence(pod, container, "Warning", reason, message, clock.instant()));
  }

  private void offer(Occurrence occurrence) {
    if (!queue.offer(occurrence)) {
      LOG.warn("too many events; dropped {} of {}", occurrence.reason, occurrence.pod);
    }
  }

  private void writeAll() {
    try {
      while (true) {
        write(queue.take());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void write(Occurrence event) {
    String same =
        String.join("|", event.pod.uid(), event.container, event.type, event.reason, event.message);
    Known before = known.get(same);
    if (before != null && repeat(before, event)) {
      known.put(same, new Known(before.key, before.count + 1));
      return;
    }
    ObjectKey pod = event.pod.key();
    ResourceScope scope = ResourceScope.namespace(EVENTS, pod.cluster(), pod.namespace());
    switch (api.create(scope, tree(event))) {
      case ApiResult.Ok<ApiObject>(ApiObject made) -> known.put(same, new Known(made.key(), 1));
      case ApiResult.Refused<ApiObject>(var status) ->
          LOG.debug("event {} of {} refused: {}", event.reason, event.pod, status.message());
    }
  }

  private boolean repeat(Known before, Occurrence event) {
    ObjectNode patch = Json.object();
    patch.put("count", before.count + 1).put("lastTimestamp", seconds(event.at));
    return api.patch(before.key, "", Patch.merge(patch)) instanceof ApiResult.Ok;
  }

  private ObjectNode tree(Occurrence event) {
    ObjectKey pod = event.pod.key();
    ObjectNode tree = Json.object();
    tree.put("apiVersion", "v1").put("kind", "Event");
    long unique = event.at.toEpochMilli() * 1000 + serial.getAndIncrement() % 1000;
    tree.putObject("metadata")
        .put("name", pod.name() + "." + Long.toHexString(unique))
        .put("namespace", pod.namespace());
    ObjectNode about = tree.putObject("involvedObject");
    about.put("apiVersion", "v1").put("kind", "Pod");
    about.put("name", pod.name()).put("namespace", pod.namespace()).put("uid", event.pod.uid());
    about.put("resourceVersion", Long.toString(event.pod.revision()));
    if (!event.container.isEmpty()) {
      about.put("fieldPath", "spec.containers{" + event.container + "}");
    }
    tree.put("reason", event.reason).put("message", event.message).put("type", event.type);
    tree.put("count", 1);
    tree.put("firstTimestamp", seconds(event.at)).put("lastTimestamp", seconds(event.at));
    tree.putObject("source").put("component", "kubelet").put("host", node);
    tree.put("reportingComponent", "kubelet").put("reportingInstance", node);
    return tree;
  }

  private static String seconds(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  @Override
  public void close() {
    writer.interrupt();
  }
}
