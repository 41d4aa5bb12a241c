/**
 * The protobuf form ({@code application/vnd.kubernetes.protobuf}), which typed Go clients prefer:
 * request bodies are turned into the JSON trees that everything else works with, answers are made
 * of such trees. Both are led by the field table, whose numbers are those of the messages'
 * descriptors.
 *
 * <p>No state but the tables made at start; any thread may call. Protobuf is named here and in
 * OpenAPI only.
 */
@NullMarked
package dev.argosy.server.protobuf;

import org.jspecify.annotations.NullMarked;
