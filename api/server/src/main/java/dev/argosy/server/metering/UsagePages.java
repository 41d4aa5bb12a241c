package dev.argosy.server.metering;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.server.answer.Answers;
import dev.argosy.server.connect.PathHandler;
import dev.argosy.server.connect.PathMount;
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
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers {@code /usage?from=…&to=…&by=…&step=…&format=json|csv}. A tenant's cluster shows that
 * tenant's usage, the platform's own all; who may get the path is the authorizer's to say.
 */
final class UsagePages implements PathHandler {

  private static final Logger LOG = LoggerFactory.getLogger(UsagePages.class);
  private static final int MOST = 50_000;
  private static final String CANCELED = "57014";

  private final UsageReader reader;
  private final UsageAsked asked;
  private final Clock clock;

  UsagePages(UsageReader reader, ClusterDirectory clusters, Set<String> labels, Clock clock) {
    this.reader = reader;
    this.asked = new UsageAsked(clusters, labels);
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
    UsageFormat format = UsageFormat.of(params.text("format"));
    Instant now = clock.instant();
    UsageQuery query = asked.parse(cluster, params, now);
    UsageReport report = new UsageReport(query, now, sums(query, now));
    Answers.bytes(response, 200, format.mediaType(), format.bytes(report));
  }

  private List<UsageSum> sums(UsageQuery query, Instant now) {
    List<UsageSum> sums;
    try {
      sums = reader.sums(query, now, MOST + 1);
    } catch (PersistenceException e) {
      throw failed(e);
    }
    if (sums.size() > MOST) {
      throw Status.badRequest(
              "these are more than "
                  + MOST
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
