/** How objects, lists, watch events and refusals look in JSON to whoever calls an API server. */
@NullMarked
package dev.argosy.model.client.wire;

import org.jspecify.annotations.NullMarked;
