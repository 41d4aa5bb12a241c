package dev.argosy.server.dispatch;

import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import dev.argosy.server.audit.AuditRequest;
import dev.argosy.server.audit.Auditor;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Begins and ends the audit of requests from outside. */
final class Auditing {

  private static final int MOST_SOURCES = 16;

  private final Auditor auditor;
  private final Clock clock;

  Auditing(Auditor auditor, Clock clock) {
    this.auditor = auditor;
    this.clock = clock;
  }

  /** The sender is known. */
  void begin(Exchange exchange) {
    HttpServletRequest request = exchange.request;
    exchange.audited(
        auditor.begin(
            new AuditRequest(
                exchange.id,
                clock.instant().minusNanos(exchange.age()),
                uri(request),
                RequestPath.attributes(exchange),
                sources(request),
                exchange.header("User-Agent"))));
  }

  /** The answer is complete, whatever it is. */
  void end(Exchange exchange) {
    @Nullable Status refusal = exchange.refusal();
    if (!exchange.isAudited()) {
      if (refusal == null || refusal.reason() != Reason.UNAUTHORIZED) {
        return; // an open path, or nothing that could be understood
      }
      begin(exchange);
    }
    exchange
        .audit()
        .complete(exchange.response.getStatus(), refusal, InFlight.lasts(exchange.info()));
  }

  private static String uri(HttpServletRequest request) {
    String query = request.getQueryString();
    return query == null ? request.getRequestURI() : request.getRequestURI() + "?" + query;
  }

  /** What proxies say, then the other end of the connection. */
  private static List<String> sources(HttpServletRequest request) {
    List<String> sources = new ArrayList<>();
    String forwarded = request.getHeader("X-Forwarded-For");
    if (forwarded != null) {
      for (String source : forwarded.split(",", MOST_SOURCES)) {
        sources.add(source.strip());
      }
    }
    String real = request.getHeader("X-Real-Ip");
    if (real != null && !sources.contains(real)) {
      sources.add(real);
    }
    String address = request.getRemoteAddr();
    if (sources.isEmpty() || !sources.getLast().equals(address)) {
      sources.add(address);
    }
    return sources;
  }
}
