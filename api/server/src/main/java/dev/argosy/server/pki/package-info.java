/**
 * Certificates: the platform's authority and keys as files, and the signing of requests: of joining
 * nodes, and of what is approved in any logical cluster. Keys are read once at the start and never
 * logged; immutable afterwards, any thread may use them.
 */
@NullMarked
package dev.argosy.server.pki;

import org.jspecify.annotations.NullMarked;
