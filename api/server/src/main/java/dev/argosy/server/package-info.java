/**
 * The API server: takes requests (over HTTP or from within the process), finds out who asks and
 * whether they may, admits, keeps, lists and watches. {@link dev.argosy.server.ApiServer} puts the
 * parts together.
 */
@NullMarked
package dev.argosy.server;

import org.jspecify.annotations.NullMarked;
