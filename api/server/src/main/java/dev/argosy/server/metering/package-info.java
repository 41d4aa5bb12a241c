/**
 * Metering: what tenants are allocated, when it began, changed and ended. {@code TurnRecorder} adds
 * a turn to the transaction of every write that changes it, so that none is lost; {@code
 * MeteringLoop} takes turns out of etcd into the ledger in PostgreSQL ({@code
 * dev.argosy.tenancy.usage}); {@code UsagePages} answers {@code /usage}. {@code QuotaSampler} keeps
 * once an hour what is used of tenants' quotas, {@code QuotaPages} answers {@code /quota-history}.
 * No state but the stores'; one thread per server, requests' threads besides.
 */
@NullMarked
package dev.argosy.server.metering;

import org.jspecify.annotations.NullMarked;
