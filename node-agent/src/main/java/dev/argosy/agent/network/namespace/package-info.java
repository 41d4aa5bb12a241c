/** Entering network namespaces from a thread of this process. Stateless; platform threads only. */
@NullMarked
package dev.argosy.agent.network.namespace;

import org.jspecify.annotations.NullMarked;
