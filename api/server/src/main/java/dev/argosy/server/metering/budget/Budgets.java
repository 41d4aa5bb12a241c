package dev.argosy.server.metering.budget;

import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.event.EventRecorder;
import dev.argosy.model.event.Subject;
import dev.argosy.model.object.ApiObject;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.server.metering.price.PriceBook;
import dev.argosy.server.metering.price.PriceFile;
import dev.argosy.server.metering.price.PricedSum;
import dev.argosy.server.metering.price.Pricing;
import dev.argosy.store.cache.CacheSnapshot;
import dev.argosy.store.cache.ResourceCaches;
import dev.argosy.tenancy.usage.TenantBudget;
import dev.argosy.tenancy.usage.UsageQuery;
import dev.argosy.tenancy.usage.UsageReader;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Looks at what tenants with budgets have cost this month (UTC), and tells. Where there are no
 * budgets it asks nothing of the database. One thread.
 */
public final class Budgets implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Budgets.class);

  /** Rows of one sum over all tenants: theirs by resource. */
  private static final int MOST = 500_000;

  private final ResourceCaches caches;
  private final UsageReader reader;
  private final PriceFile prices;
  private final ApiClient client;
  private final EventRecorder events;
  private final Duration every;
  private Instant next = Instant.MIN;

  /**
   * Who tells whom.
   *
   * @param client writes into the status of budgets
   * @param events tells the platform's people and the tenant's
   * @param every how often it looks at most
   */
  public record Telling(ApiClient client, EventRecorder events, Duration every) {}

  public Budgets(ResourceCaches caches, UsageReader reader, PriceFile prices, Telling telling) {
    this.caches = caches;
    this.reader = reader;
    this.prices = prices;
    this.client = telling.client();
    this.events = telling.events();
    this.every = telling.every();
  }

  /** Looks, if it is time to. */
  public void look(Instant now) {
    CacheSnapshot all = caches.of(TenantBudget.RESOURCE).snapshot();
    if (now.isBefore(next) || all.count(ClusterDirectory.ROOT, "") == 0) {
      return;
    }
    next = now.plus(every);
    YearMonth month = YearMonth.from(now.atOffset(ZoneOffset.UTC));
    PriceBook book = prices.read();
    Map<String, BigDecimal> costs = costs(month, now, book);
    for (ApiObject object : all.list(ClusterDirectory.ROOT, "")) {
      TenantBudget budget = TenantBudget.of(object.tree());
      BigDecimal spent = costs.getOrDefault(budget.tenant(), BigDecimal.ZERO);
      tell(object, new Spending(budget, month, spent, book.currency()), now);
    }
  }

  private Map<String, BigDecimal> costs(YearMonth month, Instant now, PriceBook book) {
    Instant from = month.atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
    Instant until = now.truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.HOURS);
    UsageQuery query =
        new UsageQuery(
            from,
            until,
            Optional.empty(),
            UsageQuery.Step.TOTAL,
            List.of(new UsageQuery.ByTenant()));
    Map<String, BigDecimal> costs = new HashMap<>();
    for (PricedSum sum : new Pricing(part -> reader.sums(part, now, MOST)).of(query, book)) {
      costs.merge(sum.sum().groups().getFirst(), sum.cost().total(), BigDecimal::add);
    }
    return costs;
  }

  private void tell(ApiObject object, Spending spending, Instant now) {
    JsonNode before = object.tree();
    if (!spending.news(before)) {
      return;
    }
    if (client.updateStatus(object.key(), spending.tell(before, now))
        instanceof ApiResult.Refused<ApiObject>(var status)) {
      LOG.debug("{}: {}", object.key(), status.message());
      return; // it has changed, and is looked at again
    }
    JsonNode told = before.path("status");
    boolean sameMonth = told.path("month").asString("").equals(spending.month().toString());
    if (spending.reached() > (sameMonth ? told.path("reached").asInt(0) : 0)) {
      warn(
          object,
          spending,
          "BudgetAlert",
          spending.sentence() + "; alert at " + spending.reached() + "%");
    }
    if (spending.refusing() && !(sameMonth && told.path("refusing").asBoolean(false))) {
      warn(object, spending, "BudgetSpent", spending.sentence() + "; new workloads are refused");
    }
  }

  /** The platform's people hear of it in root, the tenant's in their own cluster. */
  private void warn(ApiObject object, Spending spending, String reason, String message) {
    events.warning(Subject.of("tenancy.argosy.dev/v1", "TenantBudget", object), reason, message);
    events.warning(
        new Subject(spending.budget().tenant(), "v1", "Namespace", "", "default", "", "", ""),
        reason,
        message);
  }

  @Override
  public void close() {
    events.close();
  }
}
