/** Who did what, when, and what came of it: the audit trail, searched page by page. */
@NullMarked
package dev.argosy.console.audit;

import org.jspecify.annotations.NullMarked;
