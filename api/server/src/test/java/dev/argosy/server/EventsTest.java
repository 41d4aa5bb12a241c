package dev.argosy.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.server.testing.TestClient;
import dev.argosy.server.testing.TestServer;
import dev.argosy.server.testing.TestStream;
import dev.argosy.store.etcd.EtcdServer;
import dev.argosy.store.etcd.EtcdStore;
import dev.argosy.store.memory.MemoryStore;
import dev.argosy.store.spi.ResourceStore;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Events of both groups are the same objects, and end by themselves. */
class EventsTest {

  private static final String CORE = "/clusters/acme/api/v1/namespaces/default/events";
  private static final String NEWER =
      "/clusters/acme/apis/events.k8s.io/v1/namespaces/default/events";
  private static final String OLD_EVENT =
      """
      {"metadata":{"name":"old"},"involvedObject":{"kind":"Pod","name":"p","namespace":"default"},
      "reason":"Started","message":"it did","type":"Normal","count":3,"source":{"component":"kubelet","host":"n1"},
      "firstTimestamp":"2026-01-01T00:00:00Z","lastTimestamp":"2026-01-01T00:00:05Z"}
      """;
  private static final String NEW_EVENT =
      """
      {"metadata":{"name":"new"},"regarding":{"kind":"Pod","name":"p","namespace":"default"},
      "reason":"Killing","note":"it is","type":"Normal","action":"Kill","eventTime":"2026-01-01T00:00:00.000000Z",
      "reportingController":"example.com/c","reportingInstance":"c-1",
      "series":{"count":2,"lastObservedTime":"2026-01-01T00:00:01.000000Z"}}
      """;

  @Test
  void bothGroupsShowTheSameEvents() {
    try (TestServer server = TestServer.start()) {
      TestClient client = server.client();
      var old = client.post(CORE, OLD_EVENT);
      assertThat(old.code()).as(old.text()).isEqualTo(201);
      var newer = client.post(NEWER, NEW_EVENT);
      assertThat(newer.code()).as(newer.text()).isEqualTo(201);

      var shownNew = client.get(NEWER + "/old");
      assertThat(shownNew.at("apiVersion")).isEqualTo("events.k8s.io/v1");
      assertThat(shownNew.at("regarding.name")).isEqualTo("p");
      assertThat(shownNew.at("note")).isEqualTo("it did");
      assertThat(shownNew.at("deprecatedCount")).isEqualTo("3");
      assertThat(shownNew.at("deprecatedSource.component")).isEqualTo("kubelet");
      assertThat(shownNew.at("deprecatedFirstTimestamp")).isEqualTo("2026-01-01T00:00:00Z");
      var shownOld = client.get(CORE + "/new");
      assertThat(shownOld.at("apiVersion")).isEqualTo("v1");
      assertThat(shownOld.at("involvedObject.name")).isEqualTo("p");
      assertThat(shownOld.at("message")).isEqualTo("it is");
      assertThat(shownOld.at("reportingComponent")).isEqualTo("example.com/c");
      assertThat(shownOld.at("series.count")).isEqualTo("2");

      assertThat(client.get(CORE + "?fieldSelector=reason%3DKilling").json().path("items").size())
          .isEqualTo(1);
      assertThat(client.get(NEWER + "?fieldSelector=reason%3DStarted").json().path("items").size())
          .isEqualTo(1);
      assertThat(
              client
                  .get(NEWER + "?fieldSelector=regarding.name%3Dp%2Csource%3Dkubelet")
                  .json()
                  .path("items")
                  .size())
          .isEqualTo(1);
      assertThat(client.get(CORE + "?fieldSelector=source%3Dkubelet").json().path("items").size())
          .isEqualTo(1);
      assertThat(
              client
                  .get(CORE + "?fieldSelector=reportingComponent%3Dexample.com%2Fc")
                  .json()
                  .path("items")
                  .size())
          .isEqualTo(1);
      assertThat(client.delete(NEWER, "").code()).isEqualTo(200);
      assertThat(client.get(CORE).json().path("items")).isEmpty();
    }
  }

  @Test
  void eventsEndInMemory() {
    end(new MemoryStore());
  }

  @Test
  void eventsEndInEtcd() {
    try (EtcdServer etcd = EtcdServer.start()) {
      end(new EtcdStore(etcd.config()));
    }
  }

  /** Watches and lists are told, though nobody asked for a deletion. */
  private static void end(ResourceStore store) {
    try (TestServer server =
            TestServer.on(store, Map.of("argosy.api.event-ttl", "PT1S"), parts -> {});
        TestStream watch = server.client().stream(NEWER + "?watch=true")) {
      TestClient client = server.client();
      client.post(CORE, OLD_EVENT);
      client.post(CORE.replace("events", "configmaps"), "{\"metadata\":{\"name\":\"stays\"}}");
      assertThat(watch.nextShort()).isEqualTo("ADDED old");
      assertThat(watch.nextShort()).isEqualTo("DELETED old");
      assertThat(client.get(CORE).json().path("items")).isEmpty();
      assertThat(client.get(CORE.replace("events", "configmaps") + "/stays").code()).isEqualTo(200);
    }
  }
}
