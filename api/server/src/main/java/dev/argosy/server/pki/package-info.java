/**
 * Certificates: the platform's authority and keys as files, and the signing of the requests that
 * joining nodes make. Keys are read once at the start and never logged; immutable afterwards, any
 * thread may use them.
 */
@NullMarked
package dev.argosy.server.pki;

import org.jspecify.annotations.NullMarked;
