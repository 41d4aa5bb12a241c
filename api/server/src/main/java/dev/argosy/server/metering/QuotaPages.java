package dev.argosy.server.metering;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.object.Json;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.server.access.ClusterDirectory.LogicalCluster;
import dev.argosy.server.answer.Answers;
import dev.argosy.server.connect.DocumentPath;
import dev.argosy.server.connect.PathMount;
import dev.argosy.server.request.QueryParams;
import dev.argosy.server.request.RequestInfo;
import dev.argosy.tenancy.usage.QuotaSample;
import dev.argosy.tenancy.usage.QuotaSamples;
import jakarta.persistence.PersistenceException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers {@code /quota-history?from=…&to=…}: what was used of the quotas of a tenant, hour by
 * hour. A tenant's cluster shows that tenant's, the platform's own that of the tenant it is asked
 * for; who may get the path is the authorizer's to say.
 */
final class QuotaPages implements DocumentPath {

  private static final Logger LOG = LoggerFactory.getLogger(QuotaPages.class);
  private static final int MOST = 20_000;
  private static final Duration MONTH = Duration.ofDays(30);
  private static final Set<String> PARAMETERS = Set.of("from", "to", "tenant", "timeout", "pretty");

  private final QuotaSamples samples;
  private final ClusterDirectory clusters;
  private final Clock clock;

  QuotaPages(QuotaSamples samples, ClusterDirectory clusters, Clock clock) {
    this.samples = samples;
    this.clusters = clusters;
    this.clock = clock;
  }

  PathMount mount() {
    return new PathMount("/quota-history", false, this);
  }

  @Override
  public void handle(
      RequestInfo info,
      String cluster,
      UserInfo user,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    if (!info.verb().equals("get")) {
      throw Status.methodNotAllowed().asException();
    }
    String raw = request.getQueryString();
    Document document = document(cluster, QueryParams.parse(raw == null ? "" : raw));
    Answers.bytes(response, 200, document.mediaType(), document.body());
  }

  @Override
  public Document document(String cluster, QueryParams query) {
    for (String name : query.firsts().keySet()) {
      if (!PARAMETERS.contains(name)) {
        throw Status.badRequest(
                "unknown parameter \"" + name + "\"; known are from, pretty, tenant, timeout, to")
            .asException();
      }
    }
    Instant now = clock.instant();
    Instant from =
        UsageAsked.time("from", query.text("from"), now.minus(MONTH)).truncatedTo(ChronoUnit.DAYS);
    Instant to = UsageAsked.time("to", query.text("to"), now);
    if (!from.isBefore(to)) {
      throw Status.badRequest("from must be before to").asException();
    }
    LogicalCluster tenant = tenant(cluster, query.text("tenant"));
    ObjectNode answer = Json.object();
    answer.put("apiVersion", "metering.argosy.dev/v1").put("kind", "QuotaHistory");
    answer.put("tenant", tenant.name()).put("from", from.toString()).put("to", to.toString());
    ArrayNode items = answer.putArray("items");
    samples(tenant, from, to).forEach(sample -> write(sample, items.addObject()));
    return new Document("application/json", Json.canonical(answer));
  }

  private LogicalCluster tenant(String cluster, String asked) {
    boolean root = cluster.equals(ClusterDirectory.ROOT);
    if (root && asked.isEmpty()) {
      throw Status.badRequest("tenant must be the name of a tenant").asException();
    }
    if (!root && !asked.isEmpty() && !asked.equals(cluster)) {
      throw Status.of(
              Reason.FORBIDDEN,
              "quotas of other tenants are seen in the platform's own cluster only")
          .asException();
    }
    String name = root ? asked : cluster;
    Optional<LogicalCluster> found = clusters.find(name);
    return found.orElseThrow(
        () -> Status.badRequest("there is no tenant \"" + name + "\"").asException());
  }

  private List<QuotaSample> samples(LogicalCluster tenant, Instant from, Instant to) {
    List<QuotaSample> some;
    try {
      some = samples.of(tenant.name(), tenant.uid(), from, to, MOST + 1);
    } catch (PersistenceException e) {
      LOG.warn("the history of quotas cannot be read", e);
      throw Status.of(Reason.SERVICE_UNAVAILABLE, "the history of quotas cannot be read now")
          .withRetryAfter(1)
          .asException();
    }
    if (some.size() > MOST) {
      throw Status.badRequest("these are more than " + MOST + " samples; ask for a shorter time")
          .asException();
    }
    return some;
  }

  private static void write(QuotaSample sample, ObjectNode item) {
    item.put("quota", sample.whose().quota()).put("at", sample.at().toString());
    QuotaSample.write(sample.used(), item.putObject("used"));
    QuotaSample.write(sample.hard(), item.putObject("hard"));
  }
}
