package dev.argosy.server.access;

import dev.argosy.model.access.UserInfo;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one request did.
 *
 * @param id the request's {@code Audit-Id}
 * @param received when it came
 * @param took until its answer was complete
 * @param attributes who asked for what; the user after impersonation
 * @param impersonator who acted as that user; null if nobody did
 * @param code HTTP status of the answer
 * @param source address of the client; empty for calls from within the process
 * @param userAgent empty if unknown
 */
public record AuditRecord(
    String id,
    Instant received,
    Duration took,
    Attributes attributes,
    @Nullable UserInfo impersonator,
    int code,
    String source,
    String userAgent) {}
