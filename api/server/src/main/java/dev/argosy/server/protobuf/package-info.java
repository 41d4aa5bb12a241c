/**
 * Request bodies in protobuf form ({@code application/vnd.kubernetes.protobuf}), which typed Go
 * clients send, turned into the JSON trees that everything else works with. Answers stay JSON.
 *
 * <p>No state but the tables made at start; any thread may call. Protobuf is named here and in
 * OpenAPI only.
 */
@NullMarked
package dev.argosy.server.protobuf;

import org.jspecify.annotations.NullMarked;
