/**
 * An operator made with java-operator-sdk, unmodified: it runs in the test's JVM, once for each of
 * two tenants, against a kind of its own.
 */
@NullMarked
package dev.argosy.e2e.operator;

import org.jspecify.annotations.NullMarked;
