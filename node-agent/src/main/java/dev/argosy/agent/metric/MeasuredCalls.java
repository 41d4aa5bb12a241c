package dev.argosy.agent.metric;

import dev.argosy.agent.runtime.spi.ContainerRuntime;
import dev.argosy.agent.runtime.spi.ContainerStreams;
import dev.argosy.agent.runtime.spi.ImageStore;
import dev.argosy.model.metric.Metrics;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts calls to the engine under kubelet's names of operations, and hands on whatever it does not
 * know: so a runtime may grow without being measured, but never loses anything.
 */
public final class MeasuredCalls {

  private static final double[] BOUNDS = {
    .005,
    .0125,
    .03125,
    .078125,
    .1953125,
    .48828125,
    1.220703125,
    3.0517578125,
    7.62939453125,
    19.073486328125,
    47.6837158203125,
    119.20928955078125,
    298.0232238769531,
    745.0580596923828
  };

  private static final Map<String, String> IMAGES =
      Map.of(
          "find",
          "image_status",
          "pull",
          "pull_image",
          "list",
          "list_images",
          "remove",
          "remove_image");
  private static final Map<String, String> STREAMS = Map.of("exec", "exec", "attach", "attach");

  private static final Map<String, String> RUNTIME =
      Map.ofEntries(
          Map.entry("info", "version"),
          Map.entry("startSandbox", "run_podsandbox"),
          Map.entry("sandboxes", "list_podsandbox"),
          Map.entry("stopSandbox", "stop_podsandbox"),
          Map.entry("removeSandbox", "remove_podsandbox"),
          Map.entry("createContainer", "create_container"),
          Map.entry("startContainer", "start_container"),
          Map.entry("stopContainer", "stop_container"),
          Map.entry("removeContainer", "remove_container"),
          Map.entry("containers", "list_containers"),
          Map.entry("container", "container_status"),
          Map.entry("limitContainer", "update_container"),
          Map.entry("pinContainer", "update_container"),
          Map.entry("checkpointContainer", "checkpoint_container"));

  private final Metrics.Family<Metrics.Counter> calls;
  private final Metrics.Family<Metrics.Counter> errors;
  private final Metrics.Family<Metrics.Histogram> durations;
  private final Map<String, Metrics.Counter> started;
  private final Map<String, Metrics.Counter> failed;
  private final LongSupplier nanos;

  /**
   * @param nanos a clock that only goes on
   */
  public MeasuredCalls(Metrics metrics, LongSupplier nanos) {
    this.nanos = nanos;
    this.calls =
        metrics.counter(
            "kubelet_runtime_operations_total",
            "Calls to the container engine by operation.",
            "operation_type");
    this.errors =
        metrics.counter(
            "kubelet_runtime_operations_errors_total",
            "Calls to the container engine that failed, by operation.",
            "operation_type");
    this.durations =
        metrics.histogram(
            "kubelet_runtime_operations_duration_seconds",
            "How long calls to the container engine took, by operation.",
            BOUNDS,
            "operation_type");
    this.started =
        Map.of(
            "startSandbox",
            metrics.counter("kubelet_started_pods_total", "Pods begun, by their sandboxes.").with(),
            "startContainer",
            metrics.counter("kubelet_started_containers_total", "Containers started.").with());
    this.failed =
        Map.of(
            "startSandbox",
            metrics
                .counter("kubelet_started_pods_errors_total", "Pods that could not be begun.")
                .with(),
            "startContainer",
            metrics
                .counter(
                    "kubelet_started_containers_errors_total", "Containers that did not start.")
                .with());
  }

  /** The same runtime, measured. */
  public ContainerRuntime of(ContainerRuntime runtime) {
    ImageStore images = proxy(ImageStore.class, runtime.images(), IMAGES);
    ContainerStreams streams = proxy(ContainerStreams.class, runtime.streams(), STREAMS);
    InvocationHandler calls = handler(runtime, RUNTIME);
    return make(
        ContainerRuntime.class,
        (proxy, method, arguments) ->
            switch (method.getName()) {
              case "images" -> images;
              case "streams" -> streams;
              default -> calls.invoke(proxy, method, arguments);
            });
  }

  private <T> T proxy(Class<T> type, T target, Map<String, String> operations) {
    return make(type, handler(target, operations));
  }

  private static <T> T make(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private InvocationHandler handler(Object target, Map<String, String> operations) {
    return (proxy, method, arguments) -> {
      String operation = operations.get(method.getName());
      return operation == null
          ? call(target, method, arguments)
          : measured(target, method, arguments, operation);
    };
  }

  private @Nullable Object measured(
      Object target, Method method, Object @Nullable [] arguments, String operation)
      throws Throwable {
    long began = nanos.getAsLong();
    boolean well = false;
    try {
      Object answer = call(target, method, arguments);
      well = true;
      return answer;
    } finally {
      calls.with(operation).increment();
      durations.with(operation).observe((nanos.getAsLong() - began) / 1e9);
      if (!well) {
        errors.with(operation).increment();
      }
      Metrics.Counter outcome = (well ? started : failed).get(method.getName());
      if (outcome != null) {
        outcome.increment();
      }
    }
  }

  private static @Nullable Object call(Object target, Method method, Object @Nullable [] arguments)
      throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }
}
