package dev.argosy.model.event;

import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.Patch;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes Event objects in the background. An event that says the same of the same object as an
 * earlier one raises that one's count. Of one object at most {@value #BURST} events get through at
 * once, then one in five minutes. Events are lost rather than waited for, those of the logical
 * cluster with most of them first.
 */
public final class EventRecorder implements AutoCloseable {

  private static final int OTHER_NAMES = 5;

  static final int BURST = 25;

  private static final Logger LOG = LoggerFactory.getLogger(EventRecorder.class);
  private static final GroupResource EVENTS = new GroupResource("", "events");
  private static final int REMEMBERED = 4096;
  private static final int WAITING = 2000;
  private static final long REFILL_SECONDS = 300;
  private static final int TOLD = 1000;

  private record Occurrence(Subject about, String type, String reason, String message, Instant at) {
    Occurrence alike() {
      Subject s = about;
      Subject same =
          new Subject(
              s.cluster(),
              s.apiVersion(),
              s.kind(),
              s.namespace(),
              s.name(),
              s.uid(),
              "",
              s.fieldPath());
      return new Occurrence(same, type, reason, message, Instant.EPOCH);
    }
  }

  private record Written(ObjectKey key, int count) {}

  private record Allowance(double left, Instant at) {}

  private final ApiClient client;
  private final String component;
  private final String host;
  private final Clock clock;
  private final Turns<Occurrence> waiting = new Turns<>(WAITING);
  private final Map<Occurrence, Written> known = new Remembered<>();
  private final Map<Subject, Allowance> allowances = new Remembered<>();
  private final AtomicLong lost = new AtomicLong();
  private final Thread thread;
  private long last;

  /**
   * @param component shown as the source, for example {@code replicaset-controller}
   * @param host the node that it runs on; empty if it is not of a node
   */
  public EventRecorder(ApiClient client, String component, String host, Clock clock) {
    this.client = client;
    this.component = component;
    this.host = host;
    this.clock = clock;
    this.thread = Thread.ofVirtual().name("events-" + component).start(this::run);
  }

  public void normal(Subject about, String reason, String message) {
    record(about, "Normal", reason, message);
  }

  public void warning(Subject about, String reason, String message) {
    record(about, "Warning", reason, message);
  }

  private void record(Subject about, String type, String reason, String message) {
    waiting
        .put(about.cluster(), new Occurrence(about, type, reason, message, clock.instant()))
        .ifPresent(lost -> lost(lost, "too many wait"));
  }

  /** Tells of the first, and then of every thousandth: a flood must not become one of the log. */
  private void lost(Occurrence event, String why) {
    long number = lost.incrementAndGet();
    if (number % TOLD == 1) {
      LOG.warn(
          "event lost, number {} of {}: {} {}: {}",
          number,
          component,
          event.about().name(),
          event.reason(),
          why);
    }
  }

  private void run() {
    try {
      while (true) {
        Occurrence next = waiting.take();
        try {
          write(next);
        } catch (RuntimeException e) {
          lost(next, e.toString());
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("events of {} end", component);
    }
  }

  private void write(Occurrence event) {
    Occurrence kind = event.alike();
    if (!allowed(kind.about(), event.at())) {
      return;
    }
    Written before = known.get(kind);
    if (before != null && repeated(before, event)) {
      known.put(kind, new Written(before.key(), before.count() + 1));
      return;
    }
    ResourceScope scope =
        ResourceScope.namespace(EVENTS, event.about().cluster(), namespace(event.about()));
    ApiResult<ApiObject> result = client.create(scope, body(event));
    for (int i = 0; i < OTHER_NAMES && result.refusedFor(Reason.ALREADY_EXISTS); i++) {
      result = client.create(scope, body(event)); // another told of it at the same moment
    }
    switch (result) {
      case ApiResult.Ok<ApiObject>(ApiObject made) -> known.put(kind, new Written(made.key(), 1));
      case ApiResult.Refused<ApiObject>(Status status) ->
          LOG.debug("event refused: {}", status.message());
    }
  }

  private boolean repeated(Written before, Occurrence event) {
    ObjectNode patch = Json.object();
    patch.put("count", before.count() + 1).put("lastTimestamp", seconds(event.at()));
    return client.patch(before.key(), "", Patch.merge(patch)) instanceof ApiResult.Ok;
  }

  private boolean allowed(Subject about, Instant now) {
    Allowance had = allowances.getOrDefault(about, new Allowance(BURST, now));
    double refill = ChronoUnit.MILLIS.between(had.at(), now) / 1000.0 / REFILL_SECONDS;
    double left = Math.min(BURST, had.left() + refill);
    allowances.put(about, new Allowance(left >= 1 ? left - 1 : left, now));
    return left >= 1;
  }

  private ObjectNode body(Occurrence event) {
    Subject about = event.about();
    ObjectNode body = Json.object();
    body.put("apiVersion", "v1").put("kind", "Event");
    last = Math.max(last + 1, event.at().getEpochSecond() * 1_000_000_000 + event.at().getNano());
    body.putObject("metadata")
        .put("name", about.name() + "." + Long.toHexString(last))
        .put("namespace", namespace(about));
    ObjectNode involved = body.putObject("involvedObject");
    putIfSet(involved, "apiVersion", about.apiVersion());
    putIfSet(involved, "kind", about.kind());
    putIfSet(involved, "namespace", about.namespace());
    putIfSet(involved, "name", about.name());
    putIfSet(involved, "uid", about.uid());
    putIfSet(involved, "resourceVersion", about.resourceVersion());
    putIfSet(involved, "fieldPath", about.fieldPath());
    body.put("reason", event.reason()).put("message", event.message()).put("type", event.type());
    ObjectNode source = body.putObject("source").put("component", component);
    putIfSet(source, "host", host);
    body.put("firstTimestamp", seconds(event.at())).put("lastTimestamp", seconds(event.at()));
    body.put("count", 1).put("reportingComponent", component).put("reportingInstance", host);
    return body;
  }

  private static String namespace(Subject about) {
    return about.namespace().isEmpty() ? "default" : about.namespace();
  }

  private static String seconds(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static void putIfSet(ObjectNode node, String field, String value) {
    if (!value.isEmpty()) {
      node.put(field, value);
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  /** Forgets what was used least recently. */
  private static final class Remembered<K, V> extends LinkedHashMap<K, V> {
    private static final long serialVersionUID = 1L;

    Remembered() {
      super(64, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
      return size() > REMEMBERED;
    }
  }
}
