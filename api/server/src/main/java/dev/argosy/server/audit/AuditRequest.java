package dev.argosy.server.audit;

import dev.argosy.server.access.Attributes;
import java.time.Instant;
import java.util.List;

/**
 * What is known of a request once its sender is.
 *
 * @param id its {@code Audit-ID}
 * @param uri as sent, with the query; empty for calls from within the process
 * @param attributes the user is the authenticated one, whomever they may act as
 * @param sources addresses, the farthest first; all but the last are only what the client says
 */
public record AuditRequest(
    String id,
    Instant received,
    String uri,
    Attributes attributes,
    List<String> sources,
    String userAgent) {
  public AuditRequest {
    sources = List.copyOf(sources);
  }
}
