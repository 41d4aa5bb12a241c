/** The trail of who changed, or tried to change, what. Append only; any thread may call. */
@NullMarked
package dev.argosy.tenancy.audit;

import org.jspecify.annotations.NullMarked;
