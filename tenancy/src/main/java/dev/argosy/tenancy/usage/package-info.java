/**
 * The ledger of what tenants are allocated and use over time, in PostgreSQL (migrations V15, V26
 * and V32). {@code UsageLedger} writes what is allocated, one server at a time, from turns that may
 * come more than once; {@code UsedLedger} what is used, from nodes' reports, likewise; {@code
 * UsageReader} sums it up. {@code QuotaSamples} keeps what was used of quotas, hour by hour. No
 * state but the database's; any thread may call.
 */
@NullMarked
package dev.argosy.tenancy.usage;

import org.jspecify.annotations.NullMarked;
