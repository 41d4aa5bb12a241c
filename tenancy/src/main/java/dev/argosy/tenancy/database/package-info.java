/**
 * The way to PostgreSQL: migrations at the start, then transactions on JPA entities. Owns the
 * entity manager factory; any thread may open transactions, each on a connection of its own.
 */
@NullMarked
package dev.argosy.tenancy.database;

import org.jspecify.annotations.NullMarked;
