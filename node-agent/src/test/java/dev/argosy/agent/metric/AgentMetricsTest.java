package dev.argosy.agent.metric;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.argosy.agent.runtime.fake.FakeRuntime;
import dev.argosy.agent.runtime.pause.PauseImage;
import dev.argosy.agent.runtime.spi.ContainerRuntime;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.agent.runtime.spi.SandboxSpec;
import dev.argosy.model.metric.Metrics;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What is measured is shown as Prometheus reads it. */
final class AgentMetricsTest {

  private final AgentMetrics metrics = new AgentMetrics();

  private String page() {
    MetricText text = new MetricText();
    metrics.writeTo(text);
    return new String(text.bytes(), UTF_8);
  }

  @Test
  void familiesAreShownInTheOrderOfNames() {
    metrics.gauge("b", "Second.", "who").with("a \"b\"\\\n").set(0.5);
    metrics.counter("a_total", "First.").with().add(3);
    metrics.gauge("c", "Asked.", List.of("x"), () -> List.of(new Metrics.Reading(7, List.of("y"))));
    assertThat(page())
        .isEqualTo(
            """
            # HELP a_total First.
            # TYPE a_total counter
            a_total 3
            # HELP b Second.
            # TYPE b gauge
            b{who="a \\"b\\"\\\\\\n"} 0.5
            # HELP c Asked.
            # TYPE c gauge
            c{x="y"} 7
            """);
  }

  @Test
  void bucketsCountWhatIsBelowThem() {
    Metrics.Histogram histogram =
        metrics.histogram("took", "Time.", new double[] {0.1, 1}, "op").with("x");
    List.of(0.05, 0.1, 0.5, 9.0).forEach(histogram::observe);
    assertThat(page())
        .contains(
            """
            took_bucket{op="x",le="0.1"} 2
            took_bucket{op="x",le="1"} 3
            took_bucket{op="x",le="+Inf"} 4
            took_sum{op="x"} 9.65
            took_count{op="x"} 4
            """);
  }

  @Test
  void aKnownNameIsTheSameOrAnError() {
    metrics.counter("a_total", "One.", "l").with("v").increment();
    metrics.counter("a_total", "One.", "l").with("v").increment();
    assertThat(page()).contains("a_total{l=\"v\"} 2");
    assertThat(
            catchThrowableOfType(
                IllegalArgumentException.class, () -> metrics.gauge("a_total", "One.", "l")))
        .hasMessageContaining("a_total is a counter");
  }

  @Test
  void callsToTheEngineAreCountedAndHandedOn() throws RuntimeFailure {
    FakeRuntime engine = new FakeRuntime(Clock.systemUTC());
    engine.images().add(PauseImage.NAME);
    AtomicLong nanos = new AtomicLong();
    ContainerRuntime measured =
        new MeasuredCalls(metrics, () -> nanos.getAndAdd(2_000_000_000L)).of(engine);
    SandboxSpec spec =
        new SandboxSpec(
            "s",
            Map.of(),
            PauseImage.NAME,
            List.of("/pause"),
            "",
            false,
            false,
            false,
            Map.of(),
            "");
    measured.startSandbox(spec);
    RuntimeFailure failure =
        catchThrowableOfType(RuntimeFailure.class, () -> measured.startSandbox(spec));
    assertThat(failure.kind()).isEqualTo(RuntimeFailure.Kind.CONFLICT);
    assertThat(measured.images().find(PauseImage.NAME)).isPresent();
    assertThat(measured.sandboxes(Map.of())).hasSize(1);
    assertThat(page())
        .contains("kubelet_runtime_operations_total{operation_type=\"run_podsandbox\"} 2\n")
        .contains("kubelet_runtime_operations_errors_total{operation_type=\"run_podsandbox\"} 1\n")
        .contains("kubelet_runtime_operations_total{operation_type=\"image_status\"} 1\n")
        .contains(
            "kubelet_runtime_operations_duration_seconds_sum{operation_type=\"run_podsandbox\"} 4\n")
        .contains("kubelet_started_pods_total 1\n")
        .contains("kubelet_started_pods_errors_total 1\n");
  }

  @Test
  void theProcessShowsItself() {
    MetricText text = new MetricText();
    new ProcessFigures(Path.of("/proc")).writeTo(text);
    assertThat(new String(text.bytes(), UTF_8))
        .containsPattern("process_cpu_seconds_total [0-9.]+\n")
        .containsPattern("process_resident_memory_bytes [1-9][0-9]{6,}\n")
        .containsPattern("process_open_fds [1-9][0-9]*\n")
        .containsPattern("process_start_time_seconds 1\\.[0-9]+E9");
  }
}
