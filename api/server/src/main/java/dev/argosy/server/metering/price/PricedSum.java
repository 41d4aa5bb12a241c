package dev.argosy.server.metering.price;

import dev.argosy.tenancy.usage.UsageSum;

/** Usage with what it costs. */
public record PricedSum(UsageSum sum, Cost cost) {}
