package dev.argosy.scheduler.whatif;

import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.client.Patch;
import dev.argosy.model.informer.Informer;
import dev.argosy.model.informer.InformerHandler;
import dev.argosy.model.informer.Informers;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.time.Timers;
import dev.argosy.scheduler.extender.Heard;
import dev.argosy.scheduler.pod.PodView;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes queries, has them answered and removes them later. Queries of one tenant are answered one
 * after the other, and those of different tenants by {@link Turns}.
 */
public final class QueryDesk implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(QueryDesk.class);
  private static final Duration AGAIN = Duration.ofSeconds(10);

  /** Where stages come from. */
  public interface Stages {

    /** The state as it is when this is called, or later. */
    CompletableFuture<Stage> now();

    /** Whether others than the scheduler have a say in where the pod may go. */
    boolean asksOthers(PodView pod);

    /**
     * What they say. Blocks as long as they may take.
     *
     * @param shown the pod as they are shown it
     * @param nodes those that are in question
     */
    Heard ask(PodView pod, JsonNode shown, List<String> nodes) throws InterruptedException;

    /** Whether nothing of a cluster may run now. */
    boolean suspended(String cluster);
  }

  private final ApiClient client;
  private final Timers timers;
  private final Stages stages;
  private final Informer<Query> queries;
  private final Preparation preparation;
  private final Turns turns;
  private final Map<String, Set<ObjectKey>> open = new HashMap<>();
  private volatile boolean closed;

  public QueryDesk(ApiClient client, Informers informers, Stages stages, Timers timers) {
    this.client = client;
    this.timers = timers;
    this.stages = stages;
    this.preparation = new Preparation(client);
    this.turns = new Turns(stages, timers);
    this.queries = informers.of(Query.EVERYWHERE);
    queries.addHandler(new Seen());
  }

  private final class Seen implements InformerHandler<Query> {
    @Override
    public void added(Query query) {
      if (query.answeredAt().isPresent()) {
        Duration left = Duration.between(timers.now(), query.answeredAt().get().plus(query.kept()));
        timers.after(left, () -> Thread.startVirtualThread(() -> remove(query)));
      } else {
        open(query.key());
      }
    }

    @Override
    public void updated(Query old, Query query) {
      if (!old.equals(query)) {
        added(query);
      }
    }

    @Override
    public void deleted(Query last) {}
  }

  /** Begins to work for a tenant that has not been worked for. */
  private synchronized void open(ObjectKey query) {
    Set<ObjectKey> present = open.get(query.cluster());
    if (present != null) {
      present.add(query);
      return;
    }
    open.put(query.cluster(), new LinkedHashSet<>(Set.of(query)));
    Thread.ofVirtual().name("what-if-" + query.cluster()).start(() -> work(query.cluster()));
  }

  private synchronized Optional<ObjectKey> next(String cluster) {
    Iterator<ObjectKey> left = open.getOrDefault(cluster, Set.of()).iterator();
    if (closed || !left.hasNext()) {
      open.remove(cluster);
      return Optional.empty();
    }
    ObjectKey next = left.next();
    left.remove();
    return Optional.of(next);
  }

  private void work(String cluster) {
    for (Optional<ObjectKey> next = next(cluster); next.isPresent(); next = next(cluster)) {
      ObjectKey key = next.get();
      try {
        answer(key);
      } catch (RuntimeException e) {
        LOG.warn("{} is not answered yet: {}", key, e.toString());
        timers.after(AGAIN, () -> open(key));
      } catch (InterruptedException e) {
        LOG.debug("the desk closes");
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private void answer(ObjectKey key) throws InterruptedException {
    Optional<ApiObject> object = client.get(key).orAbsent();
    if (object.isEmpty() || Query.of(object.get()).answeredAt().isPresent()) {
      return;
    }
    long generation = Query.of(object.get()).generation();
    switch (preparation.of(object.get())) {
      case Preparation.Outcome.Refused(String reason, String message) ->
          write(object.get(), AnswerJson.refused(reason, message, generation, timers.now()));
      case Preparation.Outcome.Ready(Asked asked, String admission) -> {
        Heard heard = hear(asked);
        Optional<Answer> answer = turns.take(stage -> Answering.of(stage, asked, heard));
        if (answer.isPresent()) {
          String refusal =
              stages.suspended(key.cluster())
                  ? "tenant " + key.cluster() + " is suspended"
                  : admission;
          write(object.get(), AnswerJson.answered(answer.get(), refusal, generation, timers.now()));
        }
      }
    }
  }

  /** What others say; meanwhile it is the turn of other questions. */
  private Heard hear(Asked asked) throws InterruptedException {
    PodView pod = asked.view(asked.pod(), 0);
    if (!stages.asksOthers(pod)) {
      return Heard.NOTHING;
    }
    List<String> nodes = turns.take(stage -> Answering.inQuestion(stage, asked)).orElse(List.of());
    return nodes.isEmpty() ? Heard.NOTHING : stages.ask(pod, asked.shown(), nodes);
  }

  /** If the query has changed meanwhile nothing is written: its new state is seen as well. */
  private void write(ApiObject query, ObjectNode status) {
    ObjectNode patch = Json.object();
    patch
        .putObject("metadata")
        .put("uid", query.meta().uid())
        .put("resourceVersion", Long.toString(query.revision()));
    patch.set("status", status);
    if (client.patch(query.key(), "status", Patch.merge(patch))
        instanceof ApiResult.Refused<ApiObject>(var refusal)) {
      if (refusal.code() >= 500) {
        throw refusal.asException();
      }
      LOG.debug("{}: answer refused: {}", query.key(), refusal.message());
    }
  }

  private void remove(Query query) {
    if (closed || !queries.get(query.key()).equals(Optional.of(query))) {
      return;
    }
    try {
      if (client.delete(query.key(), DeleteOptions.ofUid(query.uid()))
          instanceof ApiResult.Refused<ApiObject>(var refusal)) {
        LOG.debug("{} not removed: {}", query.key(), refusal.message());
      }
    } catch (RuntimeException e) {
      LOG.info("{} not removed: {}", query.key(), e.toString());
    }
  }

  @Override
  public void close() {
    closed = true;
    turns.close();
  }
}
