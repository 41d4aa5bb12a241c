package dev.argosy.server.metering;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import dev.argosy.server.answer.Answers;
import dev.argosy.server.connect.DocumentPath;
import dev.argosy.server.connect.PathMount;
import dev.argosy.server.metering.price.PriceBook;
import dev.argosy.server.metering.price.PriceFile;
import dev.argosy.server.metering.price.PricedSum;
import dev.argosy.server.metering.price.Pricing;
import dev.argosy.server.request.QueryParams;
import dev.argosy.server.request.RequestInfo;
import dev.argosy.tenancy.usage.UsageQuery;
import dev.argosy.tenancy.usage.UsageReader;
import dev.argosy.tenancy.usage.UsageSum;
import jakarta.persistence.PersistenceException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers {@code /usage?from=…&to=…&by=…&step=…&resource=…&cost=…&format=json|csv}. A tenant's
 * cluster shows that tenant's usage, the platform's own all; who may get the path is the
 * authorizer's to say.
 */
final class UsagePages implements DocumentPath {

  private static final Logger LOG = LoggerFactory.getLogger(UsagePages.class);
  private static final int MOST = 50_000;

  /** Of sums that cost is made of. */
  private static final int MOST_PARTS = 200_000;

  private static final String CANCELED = "57014";

  private final UsageReader reader;
  private final UsageAsked asked;
  private final Optional<PriceFile> prices;
  private final Clock clock;

  UsagePages(UsageReader reader, UsageAsked asked, Optional<PriceFile> prices, Clock clock) {
    this.reader = reader;
    this.asked = asked;
    this.prices = prices;
    this.clock = clock;
  }

  PathMount mount() {
    return new PathMount("/usage", false, this);
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
    QueryParams params = QueryParams.parse(raw == null ? "" : raw);
    Document document = document(cluster, params);
    Answers.bytes(response, 200, document.mediaType(), document.body());
  }

  @Override
  public Document document(String cluster, QueryParams params) {
    UsageFormat format = UsageFormat.of(params.text("format"));
    Instant now = clock.instant();
    UsageQuery query = asked.parse(cluster, params, now);
    UsageReport report =
        switch (CostAsked.of(params)) {
          case NONE -> amounts(query, now);
          case ALSO -> costs(query, now, true);
          case IF_PRICED -> prices.isEmpty() ? amounts(query, now) : costs(query, now, true);
          case ONLY -> costs(query, now, false);
        };
    return new Document(format.mediaType(), format.bytes(report));
  }

  private UsageReport amounts(UsageQuery query, Instant now) {
    return new UsageReport(
        query,
        now,
        new UsageReport.Telling(asked.labels(), prices.isPresent(), Optional.empty(), true),
        UsageReport.unpriced(sums(query, now, MOST)));
  }

  private UsageReport costs(UsageQuery query, Instant now, boolean amounts) {
    PriceBook book = book();
    List<PricedSum> sums = new Pricing(part -> sums(part, now, MOST_PARTS)).of(query, book);
    return new UsageReport(
        query,
        now,
        new UsageReport.Telling(asked.labels(), true, Optional.of(book.currency()), amounts),
        amounts ? sums : Pricing.together(sums));
  }

  private PriceBook book() {
    PriceFile file =
        prices.orElseThrow(() ->
            Status.badRequest("there are no prices here: argosy.metering.prices is not set")
                .asException());
    try {
      return file.read();
    } catch (IllegalArgumentException e) {
      LOG.error("there are no prices", e);
      throw Status.of(Reason.SERVICE_UNAVAILABLE, "the price lists cannot be read now")
          .asException();
    }
  }

  private List<UsageSum> sums(UsageQuery query, Instant now, int most) {
    List<UsageSum> sums;
    try {
      sums = reader.sums(query, now, most + 1);
    } catch (PersistenceException e) {
      throw failed(e);
    }
    if (sums.size() > most) {
      throw Status.badRequest(
              "these are more than "
                  + most
                  + " sums; ask for a shorter time, a longer step or fewer groups")
          .asException();
    }
    return sums;
  }

  private static RuntimeException failed(PersistenceException e) {
    if (e.getCause() instanceof SQLException cause && CANCELED.equals(cause.getSQLState())) {
      return Status.of(
              Reason.TIMEOUT, "summing up took too long; ask for a shorter time or a longer step")
          .asException();
    }
    LOG.warn("usage cannot be read", e);
    return Status.of(Reason.SERVICE_UNAVAILABLE, "usage cannot be read now")
        .withRetryAfter(1)
        .asException();
  }
}
