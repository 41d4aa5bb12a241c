/**
 * The port that the API is served on: an embedded Jetty, named in this package and nowhere else.
 * TLS 1.2 and 1.3 with optional client certificates, HTTP/1.1 and HTTP/2, a virtual thread per
 * request.
 *
 * @see <a href="https://jetty.org/docs/jetty/12.1/">Jetty 12.1</a>
 */
@NullMarked
package dev.argosy.server.http;

import org.jspecify.annotations.NullMarked;
