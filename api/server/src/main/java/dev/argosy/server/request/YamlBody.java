package dev.argosy.server.request;

import dev.argosy.model.status.Status;
import dev.argosy.model.yaml.YamlScalars;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads one YAML document as the JSON it stands for. Depth and the number of nodes after aliases
 * are written out are bounded, so a small body cannot become a large tree.
 */
public final class YamlBody implements BodyDecoder {

  private static final int MAX_DEPTH = 100;
  private static final int MAX_NODES = 500_000;

  private final int maxBytes;

  public YamlBody(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  @Override
  public DecodedBody decode(byte[] body) {
    LoadSettings settings =
        LoadSettings.builder()
            .setSchema(new YamlScalars())
            .setCodePointLimit(maxBytes)
            .setAllowDuplicateKeys(true)
            .build();
    try {
      requireShallow(new Parse(settings).parseInputStream(new ByteArrayInputStream(body)));
      Optional<Node> root =
          new Compose(settings).composeInputStream(new ByteArrayInputStream(body));
      Writer writer = new Writer();
      JsonNode tree = writer.node(root.orElseThrow(() -> bad("the body is empty")), "", 0);
      return new DecodedBody(tree, writer.duplicates, writer.repeatedKeys);
    } catch (YamlEngineException | NumberFormatException e) {
      throw bad(String.valueOf(e.getMessage()).lines().findFirst().orElse("malformed"));
    }
  }

  /** The composer recurses; events do not, so depth is judged on them first. */
  private static void requireShallow(Iterable<Event> events) {
    int depth = 0;
    for (Event event : events) {
      if (event instanceof CollectionStartEvent) {
        depth++;
      } else if (event instanceof CollectionEndEvent) {
        depth--;
      }
      if (depth > MAX_DEPTH) {
        throw tooDeep();
      }
    }
  }

  private static RuntimeException tooDeep() {
    return bad("nested deeper than " + MAX_DEPTH);
  }

  private static RuntimeException bad(String why) {
    return Status.badRequest("error converting YAML to JSON: yaml: " + why).asException();
  }

  private static final class Writer {
    private final JsonNodeFactory nodes = JsonNodeFactory.instance;
    private final List<String> duplicates = new ArrayList<>();
    private final List<String> repeatedKeys = new ArrayList<>();
    private int written;

    JsonNode node(Node node, String path, int depth) {
      if (depth > MAX_DEPTH) {
        throw tooDeep();
      }
      if (++written > MAX_NODES) {
        throw bad("too many values, aliases written out");
      }
      return switch (node) {
        case MappingNode mapping -> mapping(mapping, path, depth);
        case SequenceNode sequence -> sequence(sequence, path, depth);
        case ScalarNode scalar -> scalar(scalar);
        default -> throw bad("unknown node " + node.getNodeType());
      };
    }

    private ObjectNode mapping(MappingNode mapping, String path, int depth) {
      ObjectNode object = nodes.objectNode();
      for (NodeTuple tuple : mapping.getValue()) {
        if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
          throw bad("a key must be a scalar");
        }
        String name = key.getValue();
        String at = path.isEmpty() ? name : path + "." + name;
        if (object.has(name)) {
          duplicates.add(at);
          int line = key.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
          repeatedKeys.add("line " + line + ": key \"" + name + "\" already set in map");
        }
        object.set(name, node(tuple.getValueNode(), at, depth + 1));
      }
      return object;
    }

    private ArrayNode sequence(SequenceNode sequence, String path, int depth) {
      ArrayNode array = nodes.arrayNode();
      for (Node item : sequence.getValue()) {
        array.add(node(item, path + "[" + array.size() + "]", depth + 1));
      }
      return array;
    }

    private JsonNode scalar(ScalarNode scalar) {
      String value = scalar.getValue();
      Tag tag = scalar.getTag();
      if (tag.equals(Tag.NULL)) {
        return nodes.nullNode();
      }
      if (tag.equals(Tag.BOOL)) {
        return nodes.booleanNode(YamlScalars.truth(value));
      }
      if (tag.equals(Tag.INT)) {
        return integer(value);
      }
      if (tag.equals(Tag.FLOAT)) {
        return nodes.numberNode(new BigDecimal(value));
      }
      return nodes.stringNode(value);
    }

    private JsonNode integer(String text) {
      return switch (YamlScalars.integer(text)) {
        case Integer number -> nodes.numberNode(number);
        case Long number -> nodes.numberNode(number);
        case Number number -> nodes.numberNode((BigInteger) number);
      };
    }
  }
}
