/**
 * Budgets of tenants: {@code Budgets} compares what tenants have cost this month with their
 * TenantBudget objects and tells (status, events); {@code BudgetStops} refuses what is new where a
 * budget is spent and says so. State is in the objects alone. The metering thread and requests'
 * threads enter.
 */
@NullMarked
package dev.argosy.server.metering.budget;

import org.jspecify.annotations.NullMarked;
