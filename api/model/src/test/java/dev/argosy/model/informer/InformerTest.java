package dev.argosy.model.informer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.client.Patch;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.client.fake.FakeApi;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class InformerTest {

  private static final GroupResource CONFIG_MAPS = new GroupResource("", "configmaps");
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private record Entry(ObjectKey key, String value) {
    static Entry of(ApiObject object) {
      return new Entry(object.key(), object.tree().path("data").path("v").asString(""));
    }
  }

  private static final InformerSpec<Entry> SPEC =
      InformerSpec.of(
          ResourceScope.everywhere(CONFIG_MAPS),
          Entry::of,
          new Index<>("value", e -> List.of(e.value())));

  private final FakeApi api = new FakeApi(Clock.systemUTC(), "acme", "globex");
  private final ApiClient client = api.client();
  private final Informers informers = new Informers(client);
  private final List<String> told = new CopyOnWriteArrayList<>();

  private final InformerHandler<Entry> handler =
      new InformerHandler<>() {
        @Override
        public void added(Entry value) {
          told.add("+" + value.key().name() + "=" + value.value());
        }

        @Override
        public void updated(Entry old, Entry value) {
          told.add("~" + value.key().name() + "=" + old.value() + ">" + value.value());
        }

        @Override
        public void deleted(Entry last) {
          told.add("-" + last.key().name());
        }
      };

  @AfterEach
  void close() {
    informers.close();
  }

  @Test
  void tells_state_and_changes_over_all_clusters_in_order() throws InterruptedException {
    create("acme", "a", "1");
    Informer<Entry> informer = informers.of(SPEC);
    informer.addHandler(handler);
    assertThat(informer.awaitSynced(PATIENCE)).isTrue();

    create("globex", "b", "1");
    set("acme", "a", "2");
    long last = client.delete(key("globex", "b"), DeleteOptions.DEFAULT).orThrow().revision();

    assertThat(informer.awaitRevision(last, PATIENCE)).isTrue();
    assertThat(told).containsExactly("+a=1", "+b=1", "~a=1>2", "-b");
    assertThat(informer.find("value", "1")).isEmpty();
    assertThat(informer.find("value", "2")).extracting(e -> e.key().name()).containsExactly("a");
    assertThat(informer.get(key("acme", "a"))).isPresent();
    assertThat(informers.of(SPEC)).isSameAs(informer);
  }

  @Test
  void a_late_handler_is_told_of_what_is_there() throws InterruptedException {
    create("acme", "a", "1");
    Informer<Entry> informer = informers.of(SPEC);
    assertThat(informer.awaitSynced(PATIENCE)).isTrue();
    informer.addHandler(handler);
    assertThat(told).containsExactly("+a=1");
  }

  @Test
  void goes_on_after_a_broken_watch_without_telling_twice() throws InterruptedException {
    create("acme", "a", "1");
    Informer<Entry> informer = informers.of(SPEC);
    informer.addHandler(handler);
    assertThat(informer.awaitSynced(PATIENCE)).isTrue();
    api.cutWatches();
    long last = create("acme", "b", "1");
    assertThat(informer.awaitRevision(last, PATIENCE)).isTrue();
    assertThat(told).containsExactly("+a=1", "+b=1");
  }

  @Test
  void starts_over_when_its_revision_is_too_old() throws InterruptedException {
    create("acme", "a", "1");
    create("acme", "b", "1");
    Informer<Entry> informer = informers.of(SPEC);
    informer.addHandler(handler);
    assertThat(informer.awaitSynced(PATIENCE)).isTrue();
    api.setFault((verb, r, n) -> verb.equals("watch") ? down() : Optional.empty());
    api.cutWatches();
    client.delete(key("acme", "a"), DeleteOptions.DEFAULT).orThrow();
    set("acme", "b", "2");
    long last = create("acme", "c", "1");
    api.compact();
    api.setFault((verb, r, n) -> Optional.empty());

    assertThat(informer.awaitRevision(last, PATIENCE)).isTrue();
    assertThat(told).containsExactlyInAnyOrder("+a=1", "+b=1", "-a", "~b=1>2", "+c=1");
  }

  @Test
  void lists_and_watches_where_the_server_cannot_stream_the_state() throws InterruptedException {
    AtomicInteger watches = new AtomicInteger();
    api.setFault((verb, r, n) ->
        verb.equals("watch") && watches.getAndIncrement() == 0
            ? Optional.of(Status.of(Reason.INVALID, "sendInitialEvents is forbidden"))
            : Optional.empty());
    create("acme", "a", "1");
    Informer<Entry> informer = informers.of(SPEC);
    informer.addHandler(handler);
    assertThat(informer.awaitSynced(PATIENCE)).isTrue();
    long last = create("acme", "b", "1");
    assertThat(informer.awaitRevision(last, PATIENCE)).isTrue();
    assertThat(told).containsExactly("+a=1", "+b=1");
  }

  @Test
  void what_leaves_the_selector_is_gone() throws InterruptedException {
    create("acme", "a", "1");
    create("acme", "b", "1");
    Informer<Entry> informer = informers.of(SPEC.withFieldSelector("data.v=1"));
    informer.addHandler(handler);
    assertThat(informer.awaitSynced(PATIENCE)).isTrue();
    long last = set("acme", "a", "2");
    assertThat(informer.awaitRevision(last, PATIENCE)).isTrue();
    assertThat(told).containsExactlyInAnyOrder("+a=1", "+b=1", "-a").endsWith("-a");
    assertThat(informer.all()).hasSize(1);
  }

  @Test
  void waiting_ends_when_the_informer_is_closed() throws InterruptedException {
    Informer<Entry> informer = informers.of(SPEC);
    assertThat(informer.awaitSynced(PATIENCE)).isTrue();
    Thread.startVirtualThread(informer::close);
    assertThat(informer.awaitRevision(Long.MAX_VALUE, Duration.ofSeconds(60))).isFalse();
  }

  private static Optional<Status> down() {
    return Optional.of(Status.of(Reason.SERVICE_UNAVAILABLE, "down"));
  }

  private long create(String cluster, String name, String value) {
    ObjectNode map = Json.object();
    map.put("apiVersion", "v1").put("kind", "ConfigMap").putObject("metadata").put("name", name);
    map.putObject("data").put("v", value);
    return client
        .create(ResourceScope.namespace(CONFIG_MAPS, cluster, "default"), map)
        .orThrow()
        .revision();
  }

  private long set(String cluster, String name, String value) {
    ObjectNode patch = Json.object();
    patch.putObject("data").put("v", value);
    return client.patch(key(cluster, name), "", Patch.merge(patch)).orThrow().revision();
  }

  private static ObjectKey key(String cluster, String name) {
    return new ObjectKey(CONFIG_MAPS, cluster, "default", name);
  }
}
