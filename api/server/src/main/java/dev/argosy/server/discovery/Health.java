package dev.argosy.server.discovery;

import dev.argosy.model.metric.Metrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /livez}, {@code /readyz}, {@code /healthz}.
 *
 * @see <a href="https://kubernetes.io/docs/reference/using-api/health-checks/">Health endpoints</a>
 */
public final class Health {

  private static final Logger LOG = LoggerFactory.getLogger(Health.class);

  private final List<HealthCheck> checks;
  private final Metrics.Family<Metrics.Gauge> latest;
  private final Metrics.Family<Metrics.Counter> results;

  /**
   * Health by these checks.
   *
   * @param indicators where the results of checks are counted ({@code /metrics/slis})
   */
  public Health(List<HealthCheck> checks, Metrics indicators) {
    this.latest =
        indicators.gauge("kubernetes_healthcheck", "Whether a check passed last.", "name", "type");
    this.results =
        indicators.counter(
            "kubernetes_healthchecks_total", "Results of checks.", "name", "status", "type");
    List<HealthCheck> all = new ArrayList<>();
    all.add(new Ping());
    all.addAll(checks);
    this.checks = List.copyOf(all);
  }

  /** The answer of one endpoint, as text. */
  record Answer(int code, String text) {}

  /**
   * Asks the checks.
   *
   * @param endpoint livez, readyz or healthz
   * @param only the name of one check; empty for all
   */
  Optional<Answer> answer(String endpoint, String only, boolean verbose, List<String> exclude) {
    List<HealthCheck> asked =
        checks.stream()
            .filter(check -> !endpoint.equals("livez") || !check.readinessOnly())
            .filter(check -> only.isEmpty() || check.name().equals(only))
            .toList();
    if (asked.isEmpty()) {
      return Optional.empty();
    }
    StringBuilder lines = new StringBuilder();
    boolean good = true;
    for (HealthCheck check : asked) {
      if (exclude.contains(check.name())) {
        lines.append("[+]").append(check.name()).append(" excluded: ok\n");
        continue;
      }
      Optional<String> problem = check.problem();
      problem.ifPresent(why -> LOG.warn("{} check {} failed: {}", endpoint, check.name(), why));
      good &= problem.isEmpty();
      count(endpoint, check.name(), problem.isEmpty());
      lines
          .append(problem.isEmpty() ? "[+]" : "[-]")
          .append(check.name())
          .append(problem.isEmpty() ? " ok\n" : " failed: reason withheld\n");
    }
    warnOfUnknown(endpoint, exclude, lines);
    lines.append(endpoint).append(good ? " check passed\n" : " check failed\n");
    String text = good && !verbose ? "ok" : lines.toString();
    return Optional.of(new Answer(good ? 200 : 500, text));
  }

  private void count(String endpoint, String check, boolean good) {
    latest.with(check, endpoint).set(good ? 1 : 0);
    results.with(check, good ? "success" : "error", endpoint).increment();
  }

  private void warnOfUnknown(String endpoint, List<String> exclude, StringBuilder lines) {
    List<String> unknown =
        exclude.stream()
            .filter(name -> checks.stream().noneMatch(check -> check.name().equals(name)))
            .toList();
    if (!unknown.isEmpty()) {
      lines
          .append("warn: some health checks cannot be excluded: no matches for ")
          .append(unknown.stream().map(name -> '"' + name + '"').collect(Collectors.joining(",")))
          .append('\n');
      LOG.warn("{}: there is no check to exclude named {}", endpoint, unknown);
    }
  }

  private static final class Ping implements HealthCheck {
    @Override
    public String name() {
      return "ping";
    }

    @Override
    public boolean readinessOnly() {
      return false;
    }

    @Override
    public Optional<String> problem() {
      return Optional.empty();
    }
  }
}
