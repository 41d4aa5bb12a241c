package dev.argosy.server.protobuf;

import tools.jackson.databind.JsonNode;

/** Writes one value of one type as a field of a message. */
@FunctionalInterface
interface ValueWriter {

  void write(int field, JsonNode value, BackwardBuffer out);
}
