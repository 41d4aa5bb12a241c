/**
 * A tenant's objects as manifests that another cluster can be given: what people wrote, without
 * what the system adds or makes again. No state; each answer is made on its request's thread, out
 * of the watch caches.
 */
@NullMarked
package dev.argosy.server.export;

import org.jspecify.annotations.NullMarked;
