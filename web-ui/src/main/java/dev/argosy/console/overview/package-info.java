/** The first page of a tenant: is everything healthy? */
@NullMarked
package dev.argosy.console.overview;

import org.jspecify.annotations.NullMarked;
