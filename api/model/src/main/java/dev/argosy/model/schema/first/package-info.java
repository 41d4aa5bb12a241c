/**
 * What every logical cluster has from the beginning, besides namespaces and roles: the priorities
 * of the system, its flow schemas and priority levels, the range of service addresses. Here is what
 * they say; the server shows them without storing them.
 *
 * <p>Immutable; any thread may use it.
 */
@NullMarked
package dev.argosy.model.schema.first;

import org.jspecify.annotations.NullMarked;
