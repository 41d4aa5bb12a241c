package dev.argosy.server.metering;

import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import dev.argosy.model.status.StatusException;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.server.access.ClusterDirectory.LogicalCluster;
import dev.argosy.server.request.QueryParams;
import dev.argosy.tenancy.usage.UsageQuery;
import dev.argosy.tenancy.usage.UsageQuery.ByLabel;
import dev.argosy.tenancy.usage.UsageQuery.ByNamespace;
import dev.argosy.tenancy.usage.UsageQuery.ByPlatform;
import dev.argosy.tenancy.usage.UsageQuery.ByTenant;
import dev.argosy.tenancy.usage.UsageQuery.Grouping;
import dev.argosy.tenancy.usage.UsageQuery.Step;
import dev.argosy.tenancy.usage.UsageQuery.Tenant;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads what somebody wants to know of usage. */
final class UsageAsked {

  private static final String LABEL = "label:";
  private static final Set<String> PARAMETERS =
      Set.of(
          "from", "to", "by", "step", "resource", "tenant", "format", "cost", "timeout", "pretty");

  private final ClusterDirectory clusters;
  private final Set<String> labels;

  /**
   * @param labels by which usage is told apart
   */
  UsageAsked(ClusterDirectory clusters, Set<String> labels) {
    this.clusters = clusters;
    this.labels = Collections.unmodifiableSortedSet(new TreeSet<>(labels));
  }

  /**
   * The query of a URL.
   *
   * @param cluster whose usage alone may be seen; the platform's own sees all
   * @throws dev.argosy.model.status.StatusException BadRequest; Forbidden
   */
  UsageQuery parse(String cluster, QueryParams query, Instant now) {
    for (String name : query.firsts().keySet()) {
      if (!PARAMETERS.contains(name)) {
        throw bad("unknown parameter \"" + name + "\"; known are " + String.join(", ", sorted()));
      }
    }
    Instant month =
        now.atOffset(ZoneOffset.UTC).withDayOfMonth(1).truncatedTo(ChronoUnit.DAYS).toInstant();
    Instant from = time("from", query.text("from"), month).truncatedTo(ChronoUnit.HOURS);
    Instant to = roundedUp(time("to", query.text("to"), now));
    if (!from.isBefore(to)) {
      throw bad("from must be before to");
    }
    return new UsageQuery(
        from,
        to,
        tenant(cluster, query.text("tenant")),
        step(query.text("step")),
        by(query),
        resources(query.text("resource")));
  }

  /** By which labels somebody can ask. */
  Set<String> labels() {
    return labels;
  }

  private static Set<String> resources(String text) {
    Set<String> resources = new TreeSet<>();
    for (String name : text.split(",")) {
      if (!name.isBlank()) {
        resources.add(name.strip());
      }
    }
    if (!resources.stream().allMatch(name -> name.matches("[A-Za-z0-9._/-]{1,317}"))) {
      throw bad("resource must be names of resources such as cpu,memory, not \"" + text + "\"");
    }
    return resources;
  }

  private static List<String> sorted() {
    return List.copyOf(new TreeSet<>(PARAMETERS));
  }

  private Optional<Tenant> tenant(String cluster, String asked) {
    if (!cluster.equals(ClusterDirectory.ROOT)) {
      if (!asked.isEmpty() && !asked.equals(cluster)) {
        throw Status.of(
                Reason.FORBIDDEN,
                "usage of other tenants is seen in the platform's own cluster only")
            .asException();
      }
      String uid = clusters.find(cluster).map(LogicalCluster::uid).orElse("");
      return Optional.of(new Tenant(cluster, Optional.of(uid)));
    }
    if (asked.isEmpty()) {
      return Optional.empty();
    }
    if (!asked.matches("[a-z0-9.-]{1,253}")) {
      throw bad("tenant must be the name of a tenant");
    }
    return Optional.of(new Tenant(asked, Optional.empty()));
  }

  private static Step step(String text) {
    for (Step step : Step.values()) {
      if (step.name().toLowerCase(Locale.ROOT).equals(text)) {
        return step;
      }
    }
    if (text.isEmpty()) {
      return Step.TOTAL;
    }
    throw bad("step must be hour, day, month or total, not \"" + text + "\"");
  }

  private List<Grouping> by(QueryParams query) {
    List<Grouping> by = new ArrayList<>();
    for (String text : query.text("by").split(",")) {
      if (!text.isBlank()) {
        by.add(grouping(text.strip()));
      }
    }
    if (by.stream().distinct().count() < by.size()) {
      throw bad("by names something twice");
    }
    return by;
  }

  private Grouping grouping(String text) {
    return switch (text) {
      case "tenant" -> new ByTenant();
      case "namespace" -> new ByNamespace();
      default -> {
        String label = text.startsWith(LABEL) ? text.substring(LABEL.length()) : "";
        if (!labels.contains(label)) {
          throw bad(
              "by must be tenant, namespace or label:KEY with a label by which usage is told apart ("
                  + String.join(", ", labels)
                  + "), not \""
                  + text
                  + "\"");
        }
        yield new ByLabel(label);
      }
    };
  }

  static String name(Grouping by) {
    return switch (by) {
      case ByTenant() -> "tenant";
      case ByNamespace() -> "namespace";
      case ByPlatform() -> "platform";
      case ByLabel(String key) -> LABEL + key;
    };
  }

  private static Instant roundedUp(Instant time) {
    Instant hour = time.truncatedTo(ChronoUnit.HOURS);
    return hour.equals(time) ? hour : hour.plus(1, ChronoUnit.HOURS);
  }

  static Instant time(String name, String text, Instant otherwise) {
    if (text.isEmpty()) {
      return otherwise;
    }
    try {
      Instant time = OffsetDateTime.parse(text).toInstant();
      if (time.isBefore(Instant.EPOCH) || time.getEpochSecond() > 4_102_444_800L) {
        throw new DateTimeException("out of range");
      }
      return time;
    } catch (DateTimeException e) {
      throw bad(name + " must be a time such as 2026-01-31T00:00:00Z, not \"" + text + "\"");
    }
  }

  private static StatusException bad(String why) {
    return Status.badRequest(why).asException();
  }
}
