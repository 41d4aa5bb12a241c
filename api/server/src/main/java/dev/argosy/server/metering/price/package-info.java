/**
 * What usage costs: price lists from a file, with the day from which each counts, and how the cost
 * of what nobody was allocated and of what the platform itself is allocated is divided. Pure, but
 * for {@code PriceFile}; requests' threads enter.
 */
@NullMarked
package dev.argosy.server.metering.price;

import org.jspecify.annotations.NullMarked;
