/**
 * Deletes what nobody owns any more, and lets owners go when their dependents have gone or were set
 * free. State: which owners are known to be absent; entered by its workers.
 */
@NullMarked
package dev.argosy.controllers.garbage;

import org.jspecify.annotations.NullMarked;
