package dev.argosy.server.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.argosy.model.object.Json;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * The document of version 2 in pieces, so that a cluster with a few kinds more than others does not
 * have the whole of it made again: paths and definitions, each as members of a JSON object and as
 * entries of a protobuf message.
 *
 * @param names of all definitions
 */
record Version2(List<Piece> pieces, Set<String> names) {

  static final String PROTOBUF = "application/com.github.proto-openapi.spec.v2.v1.0+protobuf";

  /** Arrays belong to the piece and are not changed. */
  record Piece(byte[] paths, byte[] definitions, byte[] wirePaths, byte[] wireDefinitions) {}

  static Version2 of(ObjectNode paths, ObjectNode definitions) {
    return new Version2(
        List.of(
            new Piece(
                members(paths),
                members(definitions),
                GnosticDocument.paths(paths).toBytes(),
                GnosticSchema.named(definitions).toBytes())),
        Set.copyOf(definitions.propertyNames()));
  }

  /** This and more. */
  Version2 with(Version2 more) {
    List<Piece> all = new ArrayList<>(pieces);
    all.addAll(more.pieces);
    Set<String> both = new HashSet<>(names);
    both.addAll(more.names);
    return new Version2(List.copyOf(all), Set.copyOf(both));
  }

  /** An object without its braces. */
  private static byte[] members(ObjectNode object) {
    byte[] json = Json.mapper().writeValueAsBytes(object);
    return java.util.Arrays.copyOfRange(json, 1, json.length - 1);
  }

  byte[] json() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    String head = "{\"swagger\":\"2.0\",\"info\":" + Documents.information();
    out.writeBytes((head + ",\"paths\":{").getBytes(UTF_8));
    join(out, pieces.stream().map(Piece::paths).toList());
    out.writeBytes("},\"definitions\":{".getBytes(UTF_8));
    join(out, pieces.stream().map(Piece::definitions).toList());
    out.writeBytes("}}".getBytes(UTF_8));
    return out.toByteArray();
  }

  private static void join(ByteArrayOutputStream out, List<byte[]> members) {
    boolean first = true;
    for (byte[] some : members) {
      if (some.length > 0) {
        if (!first) {
          out.write(',');
        }
        first = false;
        out.writeBytes(some);
      }
    }
  }

  byte[] protobuf() {
    return GnosticDocument.encode(
        Documents.information(),
        concat(pieces.stream().map(Piece::wirePaths).toList()),
        concat(pieces.stream().map(Piece::wireDefinitions).toList()));
  }

  private static byte[] concat(List<byte[]> parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    parts.forEach(out::writeBytes);
    return out.toByteArray();
  }
}
