/**
 * What operators see of encryption at rest and may ask of it: below {@code /encryption}, in the
 * platform's cluster only, for those who may use such paths there. No state; each answer is made on
 * its request's thread.
 */
@NullMarked
package dev.argosy.server.encryption;

import org.jspecify.annotations.NullMarked;
