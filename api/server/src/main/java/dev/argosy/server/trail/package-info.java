/**
 * What clients see of the audit trail: {@code audit.argosy.dev/v1}. Records are searched ({@code
 * AuditRecords}), a chain is verified ({@code TrailReviews}); a cluster sees its own trail, the
 * platform's own cluster all of them. Requests' threads enter; there is no state here.
 */
@NullMarked
package dev.argosy.server.trail;

import org.jspecify.annotations.NullMarked;
