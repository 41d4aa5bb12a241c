/**
 * Where a pod may run: an ordered list of filters, each of which answers fits, or rejected because.
 * They keep nothing between two attempts.
 */
@NullMarked
package dev.argosy.scheduler.filter;

import org.jspecify.annotations.NullMarked;
