/** How much folders hold. Stateless; any thread, which waits for it. */
@NullMarked
package dev.argosy.agent.disk;

import org.jspecify.annotations.NullMarked;
