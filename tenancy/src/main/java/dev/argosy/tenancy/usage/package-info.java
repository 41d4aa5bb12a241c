/**
 * The ledger of what tenants are allocated over time, in PostgreSQL (migration V15). {@code
 * UsageLedger} writes it, one server at a time, from turns that may come more than once; {@code
 * UsageReader} sums it up. No state but the database's; any thread may call.
 */
@NullMarked
package dev.argosy.tenancy.usage;

import org.jspecify.annotations.NullMarked;
