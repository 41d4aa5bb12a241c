/** The grammar of URLs: which logical cluster, resource, subresource and verb a request means. */
@NullMarked
package dev.argosy.server.request;

import org.jspecify.annotations.NullMarked;
