/** Who belongs to a tenant, in which role: the value, and its row. */
@NullMarked
package dev.argosy.tenancy.member;

import org.jspecify.annotations.NullMarked;
