/**
 * Reads logs that a runtime writes to files: all that are kept, and those to come while somebody
 * follows, whoever rotates them ({@code LogFiles} says in which order they are) and whatever their
 * lines look like ({@code LineFormat}). A reader belongs to one thread; anyone may close it.
 * Nothing is done where nobody reads.
 */
@NullMarked
package dev.argosy.agent.runtime.log;

import org.jspecify.annotations.NullMarked;
