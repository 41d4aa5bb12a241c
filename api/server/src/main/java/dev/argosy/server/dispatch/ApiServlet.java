package dev.argosy.server.dispatch;

import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import dev.argosy.model.status.StatusException;
import dev.argosy.server.answer.AnswerForms;
import dev.argosy.server.answer.Answers;
import dev.argosy.server.answer.Format;
import dev.argosy.server.deadline.Deadline;
import dev.argosy.server.metrics.RequestMetrics;
import dev.argosy.store.spi.StoreUnavailableException;
import dev.argosy.store.spi.ValueTroubleException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The API as one servlet, for any servlet container. Turns every refusal and every surprise into a
 * {@code Status}, and tells the audit trail what was asked.
 */
public final class ApiServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(ApiServlet.class);

  private final transient RequestPath path;
  private final transient Auditing auditing;
  private final transient ServletParts.Observers observers;
  private final transient AnswerForms forms;
  private final transient Clock clock;

  ApiServlet(
      RequestPath path,
      Auditing auditing,
      ServletParts.Observers observers,
      AnswerForms forms,
      Clock clock) {
    this.path = path;
    this.auditing = auditing;
    this.observers = observers;
    this.forms = forms;
    this.clock = clock;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Exchange exchange = new Exchange(request, response);
    response.setHeader("Audit-Id", exchange.id);
    response.setHeader("Cache-Control", "no-cache, private");
    observers.inFlight().begin(exchange);
    try {
      path.handle(exchange);
    } catch (StatusException e) {
      refuse(exchange, e.status());
    } catch (StoreUnavailableException e) {
      LOG.warn("store unavailable, request {}: {}", exchange.id, e.getMessage());
      refuse(exchange, exchange.deadline().over() ? Deadline.timeout() : unavailable());
    } catch (ValueTroubleException e) {
      LOG.warn("request {}: {}", exchange.id, e.getMessage());
      refuse(exchange, Status.of(Reason.INTERNAL_ERROR, String.valueOf(e.getMessage())));
    } catch (IOException | UncheckedIOException e) {
      LOG.debug("client went away, request {}", exchange.id, e);
    } catch (RuntimeException | StackOverflowError e) {
      LOG.error(
          "request {} failed: {} {}", exchange.id, request.getMethod(), request.getRequestURI(), e);
      Status told = internal(exchange);
      exchange.audit().panicked(told);
      refuse(exchange, told);
    } finally {
      path.ended(exchange);
      observers.inFlight().end(exchange);
      measure(exchange);
      auditing.end(exchange);
    }
  }

  private static Status unavailable() {
    return Status.of(
            Reason.SERVICE_UNAVAILABLE, "the store of the API server cannot be reached; try again")
        .withRetryAfter(1);
  }

  private static Status internal(Exchange exchange) {
    return Status.of(
        Reason.INTERNAL_ERROR, "an internal error occurred; the log has it as " + exchange.id);
  }

  private void refuse(Exchange exchange, Status status) throws IOException {
    exchange.refused(status);
    if (exchange.response.isCommitted()) {
      throw new IOException("the answer had begun when it failed: " + status.message());
    }
    exchange.response.resetBuffer();
    if (!exchange.deadline().over()) {
      drain(exchange);
    }
    Answers.refusal(status, refusalFormat(exchange), forms, exchange.response);
  }

  private void drain(Exchange exchange) throws IOException {
    try {
      exchange
          .deadline()
          .io(() -> {
            UnreadBody.drain(exchange.request, clock);
            return exchange;
          });
    } catch (StatusException e) {
      LOG.debug("request {}: its body did not end in time", exchange.id, e);
    }
  }

  /** Whoever was refused for its Accept header must be able to read it too. */
  private static Format refusalFormat(Exchange exchange) {
    boolean pretty = exchange.pretty();
    return Format.find(exchange.header("Accept"), AnswerForms.ofStatus(), pretty)
        .orElse(new Format(Format.Shape.WHOLE, Format.Encoding.JSON, "v1", pretty));
  }

  private void measure(Exchange exchange) {
    observers
        .metrics()
        .answered(
            new RequestMetrics.Answered(
                exchange.cluster(),
                exchange.info(),
                InFlight.verb(exchange),
                exchange.query().all("dryRun").contains("All"),
                exchange.response.getStatus(),
                exchange.age(),
                exchange.bytes()));
  }
}
