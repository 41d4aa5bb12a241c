/**
 * What the server is doing, for those who run the platform: below {@code /debug}, in the platform's
 * cluster only, for those who may read such paths there. No state; each answer is made on its
 * request's thread.
 */
@NullMarked
package dev.argosy.server.debug;

import org.jspecify.annotations.NullMarked;
