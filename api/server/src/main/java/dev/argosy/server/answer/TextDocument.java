package dev.argosy.server.answer;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.argosy.model.object.Json;
import dev.argosy.model.yaml.YamlScalars;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.node.ObjectNode;

/** Documents as JSON or YAML. */
final class TextDocument {

  private TextDocument() {}

  /** A whole document; ends with a line feed when people read it. */
  static byte[] encode(ObjectNode tree, Format format) {
    if (format.encoding() == Format.Encoding.YAML) {
      DumpSettings block =
          DumpSettings.builder()
              .setSchema(new YamlScalars())
              .setDefaultFlowStyle(FlowStyle.BLOCK)
              .setSplitLines(false)
              .build();
      Object plain = Json.mapper().convertValue(tree, java.util.Map.class);
      return new Dump(block).dumpToString(plain).getBytes(UTF_8);
    }
    if (format.pretty()) {
      String text = Json.mapper().writer().with(printer()).writeValueAsString(tree);
      return (text + "\n").getBytes(UTF_8);
    }
    return Splices.bytes(tree);
  }

  /** Two spaces for each level, in arrays too, and no space before a colon. */
  private static DefaultPrettyPrinter printer() {
    return new DefaultPrettyPrinter(
            Separators.createDefaultInstance()
                .withObjectNameValueSpacing(Separators.Spacing.AFTER)
                .withArrayEmptySeparator("")
                .withObjectEmptySeparator(""))
        .withArrayIndenter(new DefaultIndenter("  ", "\n"))
        .withObjectIndenter(new DefaultIndenter("  ", "\n"));
  }
}
