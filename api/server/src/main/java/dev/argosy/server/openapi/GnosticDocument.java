package dev.argosy.server.openapi;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A version 2 document in gnostic's protobuf form. Written by hand, since no library on Maven
 * Central has these messages; the numbers are those of {@code OpenAPIv2.proto}.
 */
final class GnosticDocument {

  private static final Map<String, Integer> METHODS =
      Map.of("get", 2, "put", 3, "post", 4, "delete", 5, "patch", 8);

  private GnosticDocument() {}

  /**
   * The document.
   *
   * @param paths the encoded message of all paths
   * @param definitions the encoded message of all definitions
   */
  static byte[] encode(JsonNode info, byte[] paths, byte[] definitions) {
    return new WireMessage()
        .text(1, "2.0")
        .message(2, new WireMessage().text(1, info, "title").text(2, info, "version"))
        .bytes(8, paths)
        .bytes(9, definitions)
        .toBytes();
  }

  /** The message of some paths; messages of more may follow it. */
  static WireMessage paths(JsonNode all) {
    WireMessage paths = new WireMessage();
    all.forEachEntry((name, path) -> paths.message(2, WireMessage.named(name, path(path))));
    return paths;
  }

  private static WireMessage path(JsonNode path) {
    WireMessage item = new WireMessage();
    path.forEachEntry((name, value) -> {
      Integer method = METHODS.get(name);
      if (method != null) {
        item.message(method, operation(value));
      }
    });
    path.path("parameters").forEach(parameter -> item.message(9, parameter(parameter)));
    return item.extensions(10, path);
  }

  private static WireMessage operation(JsonNode operation) {
    WireMessage message =
        new WireMessage()
            .texts(1, operation.path("tags"))
            .text(3, operation, "description")
            .text(5, operation, "operationId")
            .texts(6, operation.path("produces"))
            .texts(7, operation.path("consumes"));
    operation.path("parameters").forEach(parameter -> message.message(8, parameter(parameter)));
    WireMessage responses = new WireMessage();
    operation
        .path("responses")
        .forEachEntry(
            (code, response) -> responses.message(1, WireMessage.named(code, response(response))));
    return message.message(9, responses).extensions(13, operation);
  }

  private static WireMessage response(JsonNode response) {
    WireMessage schema = new WireMessage().message(1, GnosticSchema.of(response.path("schema")));
    WireMessage message = new WireMessage().text(1, response, "description").message(2, schema);
    return new WireMessage().message(1, message);
  }

  private static WireMessage parameter(JsonNode parameter) {
    WireMessage inner = new WireMessage();
    if (parameter.path("in").asString("").equals("body")) {
      inner.message(1, bodyParameter(parameter));
    } else {
      inner.message(2, plainParameter(parameter));
    }
    return new WireMessage().message(1, inner);
  }

  private static WireMessage bodyParameter(JsonNode parameter) {
    return new WireMessage()
        .text(1, parameter, "description")
        .text(2, parameter, "name")
        .text(3, parameter, "in")
        .truth(4, parameter, "required")
        .message(5, GnosticSchema.of(parameter.path("schema")));
  }

  /**
   * A parameter in the query or in the path; their messages differ in the numbers of two fields.
   */
  private static WireMessage plainParameter(JsonNode parameter) {
    boolean query = parameter.path("in").asString("").equals("query");
    WireMessage message =
        new WireMessage()
            .truth(1, parameter, "required")
            .text(2, parameter, "in")
            .text(3, parameter, "description")
            .text(4, parameter, "name")
            .text(query ? 6 : 5, parameter, "type")
            .truth(query ? 20 : 19, parameter, "uniqueItems");
    return new WireMessage().message(query ? 3 : 4, message);
  }
}
