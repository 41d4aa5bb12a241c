/** Requests for tenants: asking, following what becomes of them, and deciding. */
@NullMarked
package dev.argosy.console.request;

import org.jspecify.annotations.NullMarked;
