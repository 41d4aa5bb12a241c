/** What a tenant may use at most. Kept where the objects are that are charged to it. */
@NullMarked
package dev.argosy.tenancy.quota;

import org.jspecify.annotations.NullMarked;
