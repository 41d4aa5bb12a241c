/**
 * Recorded sessions in containers (migration V21): kept while they go on, found, and forgotten with
 * the audit trail. What was on the screen is bytes here, sealed or not. No state but the
 * database's; any thread may call.
 */
@NullMarked
package dev.argosy.tenancy.recording;

import org.jspecify.annotations.NullMarked;
