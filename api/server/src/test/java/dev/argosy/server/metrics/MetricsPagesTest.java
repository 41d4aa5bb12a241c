package dev.argosy.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argosy.model.metric.Metrics;
import dev.argosy.server.testing.Deadline;
import dev.argosy.server.testing.TestClient;
import dev.argosy.server.testing.TestServer;
import dev.argosy.server.testing.TestStream;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetricsPagesTest {

  private static final String PODS = "/clusters/acme/api/v1/namespaces/default/configmaps";

  private final PrometheusMetrics metrics = new PrometheusMetrics();
  private final TestServer server = TestServer.start(Map.of(), parts -> parts.metrics(metrics));
  private final TestClient client = server.client();

  /** A request may be counted a moment after its answer. */
  private String page(String path, String... wanted) {
    Deadline.await(() -> Stream.of(wanted).allMatch(client.get(path).text()::contains));
    return client.get(path).text();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void requestsAreMeasuredInKubernetesWords() {
    client.post(PODS, "{\"metadata\":{\"name\":\"one\"}}");
    client.post(PODS + "?dryRun=All", "{\"metadata\":{\"name\":\"two\"}}");
    client.get(PODS + "/one");
    client.get(PODS);

    assertThat(page("/metrics", "verb=\"POST\"", "verb=\"GET\"", "verb=\"LIST\""))
        .contains(
            "# TYPE apiserver_request_total counter",
            "apiserver_request_total{code=\"201\",component=\"apiserver\",dry_run=\"\",group=\"\","
                + "resource=\"configmaps\",scope=\"namespace\",subresource=\"\",verb=\"POST\","
                + "version=\"v1\"} 1.0",
            "dry_run=\"All\"",
            "apiserver_request_duration_seconds_bucket{component=\"apiserver\",dry_run=\"\","
                + "group=\"\",resource=\"configmaps\",scope=\"resource\",subresource=\"\","
                + "verb=\"GET\",version=\"v1\",le=\"0.005\"}",
            "apiserver_response_sizes_count{component=\"apiserver\",group=\"\","
                + "resource=\"configmaps\",scope=\"namespace\",subresource=\"\",verb=\"LIST\","
                + "version=\"v1\"} 1",
            "apiserver_resource_objects{group=\"\",resource=\"configmaps\"} 1.0",
            "apiserver_storage_objects{resource=\"configmaps\"} 1.0",
            "etcd_request_duration_seconds_count{group=\"\",operation=\"create\","
                + "resource=\"configmaps\"} 1",
            "apiserver_admission_step_admission_duration_seconds_count{operation=\"CREATE\","
                + "rejected=\"false\",type=\"admit\"}",
            "apiserver_admission_controller_admission_duration_seconds_count{"
                + "name=\"PodSecurity\",operation=\"CREATE\",rejected=\"false\","
                + "type=\"validate\"}",
            "apiserver_current_inflight_requests{request_kind=\"readOnly\"} 1.0",
            "argosy_cluster_requests_total{cluster=\"acme\"}");
  }

  @Test
  void openMetricsOnDemand() {
    TestClient.Answer open =
        client.get("/metrics", "Accept", "application/openmetrics-text; version=1.0.0");
    assertThat(open.header("Content-Type")).startsWith("application/openmetrics-text");
    assertThat(open.text()).endsWith("# EOF\n");
    assertThat(client.get("/metrics").header("Content-Type"))
        .isEqualTo("text/plain; version=0.0.4; charset=utf-8");
  }

  @Test
  void aTenantSeesNothingOfOthers() {
    server.clusters.put(
        "globex", dev.argosy.server.access.ClusterDirectory.Phase.ACTIVE, java.util.Set.of());
    client.post(PODS, "{\"metadata\":{\"name\":\"one\"}}");
    client.get("/clusters/globex/api/v1/namespaces/default/secrets");

    page("/metrics", "cluster=\"globex\"");
    String acme = page("/clusters/acme/metrics", "code=\"201\"");
    assertThat(acme)
        .contains(
            "apiserver_request_total{code=\"201\",group=\"\",resource=\"configmaps\",verb=\"POST\"",
            "apiserver_resource_objects{group=\"\",resource=\"namespaces\"} 2.0")
        .doesNotContain("globex", "secrets", "argosy_cluster", "jvm", "duration");
  }

  @Test
  void nonsenseMakesNoSeries() {
    client.get("/clusters/acme/apis/a.example/v1/nonsense");
    client.get("/nowhere");
    assertThat(page("/metrics", "code=\"404\""))
        .contains("code=\"404\"")
        .doesNotContain("nonsense", "nowhere");
  }

  @Test
  void watchesAreLongRunning() {
    try (TestStream watch = server.client().stream(PODS + "?watch=true")) {
      assertThat(watch.code()).isEqualTo(200);
      assertThat(client.get("/metrics").text())
          .contains(
              "apiserver_longrunning_requests{component=\"apiserver\",group=\"\","
                  + "resource=\"configmaps\",scope=\"namespace\",subresource=\"\",verb=\"WATCH\","
                  + "version=\"v1\"} 1.0");
      client.post(PODS, "{\"metadata\":{\"name\":\"one\"}}");
      assertThat(watch.nextShort()).isEqualTo("ADDED one");
      assertThat(page("/metrics", "apiserver_watch_events_total"))
          .contains(
              "apiserver_watch_events_total{group=\"\",resource=\"configmaps\","
                  + "version=\"v1\"} 1.0",
              "apiserver_watch_events_sizes_count{group=\"\",resource=\"configmaps\","
                  + "version=\"v1\"} 1");
    }
  }

  @Test
  void othersMeasureTooAndSharedNamesAreShared() {
    metrics.counter("argosy_things_total", "Things.", "kind").with("a").add(2);
    metrics.counter("argosy_things_total", "Things.", "kind").with("a").increment();
    metrics.gauge("argosy_level", "A level.").with().set(7);
    metrics.histogram("argosy_time_seconds", "A time.", new double[] {1, 2}).with().observe(1.5);
    metrics.gauge(
        "argosy_asked", "Asked.", List.of(), () -> List.of(new Metrics.Reading(3, List.of())));

    assertThat(client.get("/metrics").text())
        .contains(
            "argosy_things_total{kind=\"a\"} 3.0",
            "argosy_level 7.0",
            "argosy_time_seconds_bucket{le=\"2.0\"} 1",
            "argosy_asked 3.0");
    assertThatThrownBy(() -> metrics.gauge("argosy_things_total", "Things."))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aFamilyIsBounded() {
    Metrics.Family<Metrics.Counter> many = metrics.counter("argosy_many_total", "Many.", "name");
    for (int i = 0; i <= BoundedFamily.MOST + 10; i++) {
      many.with("name" + i).increment();
    }
    assertThat(client.get("/metrics").text())
        .contains("argosy_many_total{name=\"other\"} 11.0")
        .doesNotContain("name" + (BoundedFamily.MOST + 5) + "\"");
  }

  @Test
  void healthIsIndicated() {
    client.get("/livez");
    assertThat(client.get("/metrics/slis").text())
        .contains(
            "kubernetes_healthcheck{name=\"ping\",type=\"livez\"} 1.0",
            "kubernetes_healthchecks_total{name=\"ping\",status=\"success\",type=\"livez\"} 1.0");
    assertThat(client.get("/clusters/acme/metrics/slis").code()).isEqualTo(404);
  }

  @Test
  void onlyReading() {
    assertThat(client.post("/metrics", "{}").code()).isEqualTo(405);
    assertThat(client.as("").get("/metrics").code()).isEqualTo(403);
  }
}
