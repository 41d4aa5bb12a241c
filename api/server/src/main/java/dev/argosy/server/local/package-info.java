/**
 * The API for callers within the process: control loops, scheduler, console. The same access rules,
 * admission and registry as over HTTP, without bytes in between; reads hand out the cached objects
 * themselves.
 *
 * <p>No state; any thread enters.
 */
@NullMarked
package dev.argosy.server.local;

import org.jspecify.annotations.NullMarked;
