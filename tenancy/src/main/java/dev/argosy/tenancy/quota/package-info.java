/** What a tenant may use at most. Limits only: usage is counted where the objects are. */
@NullMarked
package dev.argosy.tenancy.quota;

import org.jspecify.annotations.NullMarked;
