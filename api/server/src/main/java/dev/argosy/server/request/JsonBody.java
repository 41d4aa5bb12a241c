package dev.argosy.server.request;

import dev.argosy.model.object.Json;
import dev.argosy.model.status.Status;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads JSON: exact UTF-8, one value, nested at most as deep as the parser allows (500). Of a
 * member that stands twice the last counts and its path is reported.
 */
public final class JsonBody implements BodyDecoder {

  @Override
  public DecodedBody decode(byte[] body) {
    requireUtf8(body);
    List<String> duplicates = new ArrayList<>();
    try (JsonParser parser = Json.mapper().createParser(body)) {
      if (parser.nextToken() == null) {
        throw bad("the body is empty");
      }
      JsonNode tree = value(parser, "", duplicates);
      if (parser.nextToken() != null) {
        throw bad("there is something behind the first value");
      }
      return new DecodedBody(tree, duplicates);
    } catch (JacksonException e) {
      throw bad(firstLine(e.getOriginalMessage()));
    }
  }

  private static void requireUtf8(byte[] body) {
    if (ascii(body)) {
      return;
    }
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
    } catch (CharacterCodingException e) {
      throw bad("the body is not valid UTF-8");
    }
  }

  private static boolean ascii(byte[] body) {
    int bits = 0;
    for (byte b : body) {
      bits |= b;
    }
    return bits >= 0;
  }

  private static RuntimeException bad(String why) {
    return Status.badRequest("json parse error: " + why).asException();
  }

  private static String firstLine(String message) {
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }

  private static JsonNode value(JsonParser parser, String path, List<String> duplicates) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser, path, duplicates);
      case START_ARRAY -> array(parser, path, duplicates);
      case VALUE_STRING -> nodes.stringNode(parser.getString());
      case VALUE_NUMBER_INT -> integer(parser, nodes);
      case VALUE_NUMBER_FLOAT -> nodes.numberNode(parser.getDecimalValue());
      case VALUE_TRUE -> nodes.booleanNode(true);
      case VALUE_FALSE -> nodes.booleanNode(false);
      default -> nodes.nullNode();
    };
  }

  private static JsonNode integer(JsonParser parser, JsonNodeFactory nodes) {
    return switch (parser.getNumberType()) {
      case INT -> nodes.numberNode(parser.getIntValue());
      case LONG -> nodes.numberNode(parser.getLongValue());
      default -> nodes.numberNode(parser.getBigIntegerValue());
    };
  }

  private static ObjectNode object(JsonParser parser, String path, List<String> duplicates) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      String at = path.isEmpty() ? name : path + "." + name;
      parser.nextToken();
      if (object.has(name)) {
        duplicates.add(at);
      }
      object.set(name, value(parser, at, duplicates));
    }
    return object;
  }

  private static ArrayNode array(JsonParser parser, String path, List<String> duplicates) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      array.add(value(parser, path + "[" + array.size() + "]", duplicates));
    }
    return array;
  }
}
