/**
 * Logs of Docker's {@code json-file} driver: its files and their lines. They are read by {@code
 * runtime.log} where the agent sees them. The engine's own way repeats or leaves out lines for who
 * follows while it rotates (20.10), so that is for engines elsewhere only.
 *
 * @see <a href="https://docs.docker.com/engine/logging/drivers/json-file/">JSON File logging
 *     driver</a>
 */
@NullMarked
package dev.argosy.agent.runtime.docker.log;

import org.jspecify.annotations.NullMarked;
