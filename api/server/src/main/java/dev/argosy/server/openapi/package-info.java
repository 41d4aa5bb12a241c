/**
 * OpenAPI documents made of the table of kinds: {@code /openapi/v2} as JSON and in the protobuf
 * form that kubectl asks for, {@code /openapi/v3} as an index and one document per group version.
 * Clients take field names, merge keys and explanations from them.
 *
 * <p>Documents are made when first asked for, once per table of kinds, and kept as bytes with an
 * ETag. Any thread may call.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/overview/kubernetes-api/">The Kubernetes
 *     API</a>
 */
@NullMarked
package dev.argosy.server.openapi;

import org.jspecify.annotations.NullMarked;
