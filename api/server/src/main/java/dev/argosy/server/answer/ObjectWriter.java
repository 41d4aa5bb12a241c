package dev.argosy.server.answer;

import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.schema.KindSchema;
import dev.argosy.server.answer.Tables.Include;
import dev.argosy.server.answer.Tables.TableOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes objects and lists in one form. */
public final class ObjectWriter {

  private final Tables tables;
  private final KindSchema kind;
  private final Format format;
  private final Include include;

  /**
   * A writer for one answer.
   *
   * @param includeObject the query parameter of that name, for tables
   */
  public ObjectWriter(Clock clock, KindSchema kind, Format format, String includeObject) {
    this.tables = new Tables(clock);
    this.kind = kind;
    this.format = format;
    this.include = Include.of(includeObject);
  }

  /** One object. */
  public void object(ApiObject object, OutputStream out) throws IOException {
    if (format.shape() == Format.Shape.WHOLE && plain()) {
      object.writeTo(out);
      return;
    }
    tree(
        switch (format.shape()) {
          case WHOLE -> object.tree();
          case METADATA -> Tables.partial(object.tree(), format.metaVersion());
          case TABLE ->
              table(new ListMeta(object.revision(), "", null), List.of(object), true, false);
        },
        out);
  }

  /** A list; items of all clusters name theirs. */
  public void list(ListMeta meta, List<ApiObject> items, boolean allClusters, OutputStream out)
      throws IOException {
    switch (format.shape()) {
      case WHOLE -> wholeList(meta, items, allClusters, out);
      case METADATA -> tree(metadataList(meta, items, allClusters), out);
      case TABLE -> tree(table(meta, items, true, allClusters), out);
    }
  }

  /** The object of a watch event: never pretty, columns in the first event only. */
  public void eventObject(ApiObject object, boolean first, boolean allClusters, OutputStream out)
      throws IOException {
    switch (format.shape()) {
      case WHOLE -> object.writeItemTo(out, true, allClusters);
      case METADATA -> out.write(bytes(partial(object, allClusters)));
      case TABLE ->
          out.write(
              bytes(
                  table(
                      new ListMeta(object.revision(), "", null),
                      List.of(object),
                      first,
                      allClusters)));
    }
  }

  /** A bookmark's object: an empty one of the kind, at a revision. */
  public byte[] bookmarkObject(long revision, boolean initialEventsEnd) {
    ObjectNode meta = Json.object().put("resourceVersion", Long.toString(revision));
    if (initialEventsEnd) {
      meta.putObject("annotations").put("k8s.io/initial-events-end", "true");
    }
    ObjectNode object = Json.object();
    if (format.shape() == Format.Shape.WHOLE) {
      object.put("kind", kind.type().kind()).put("apiVersion", kind.type().apiVersion());
    } else if (format.shape() == Format.Shape.METADATA) {
      object
          .put("kind", "PartialObjectMetadata")
          .put("apiVersion", "meta.k8s.io/" + format.metaVersion());
    } else {
      return bytes(bookmarkTable(meta));
    }
    object.set("metadata", meta);
    return bytes(object);
  }

  private ObjectNode bookmarkTable(ObjectNode meta) {
    ObjectNode table = Json.object();
    table.put("kind", "Table").put("apiVersion", "meta.k8s.io/" + format.metaVersion());
    table.set(
        "metadata", Json.object().put("resourceVersion", meta.get("resourceVersion").asString()));
    table.putArray("columnDefinitions");
    ObjectNode row = table.putArray("rows").addObject();
    row.putArray("cells");
    ObjectNode object = Json.object();
    object
        .put("kind", "PartialObjectMetadata")
        .put("apiVersion", "meta.k8s.io/" + format.metaVersion())
        .set("metadata", meta);
    row.set("object", object);
    return table;
  }

  private boolean plain() {
    return format.encoding() == Format.Encoding.JSON && !format.pretty();
  }

  private void wholeList(
      ListMeta meta, List<ApiObject> items, boolean allClusters, OutputStream out)
      throws IOException {
    if (!plain()) {
      tree(wholeListTree(meta, items, allClusters), out);
      return;
    }
    ObjectNode head = Json.object();
    head.put("kind", kind.type().kind() + "List").put("apiVersion", kind.type().apiVersion());
    head.set("metadata", meta.toJson());
    byte[] opening = bytes(head);
    out.write(opening, 0, opening.length - 1);
    out.write(",\"items\":[".getBytes(StandardCharsets.UTF_8));
    boolean first = true;
    for (ApiObject item : items) {
      if (!first) {
        out.write(',');
      }
      first = false;
      item.writeItemTo(out, false, allClusters);
    }
    out.write("]}".getBytes(StandardCharsets.UTF_8));
  }

  private ObjectNode wholeListTree(ListMeta meta, List<ApiObject> items, boolean allClusters) {
    ObjectNode list = Json.object();
    list.put("kind", kind.type().kind() + "List").put("apiVersion", kind.type().apiVersion());
    list.set("metadata", meta.toJson());
    ArrayNode array = list.putArray("items");
    for (ApiObject item : items) {
      ObjectNode tree = item.tree();
      tree.remove("apiVersion");
      tree.remove("kind");
      nameCluster(tree, item, allClusters);
      array.add(tree);
    }
    return list;
  }

  private ObjectNode metadataList(ListMeta meta, List<ApiObject> items, boolean allClusters) {
    ObjectNode list = Json.object();
    list.put("kind", "PartialObjectMetadataList")
        .put("apiVersion", "meta.k8s.io/" + format.metaVersion());
    list.set("metadata", meta.toJson());
    ArrayNode array = list.putArray("items");
    items.forEach(item -> array.add(partial(item, allClusters)));
    return list;
  }

  private ObjectNode partial(ApiObject object, boolean withCluster) {
    ObjectNode partial = Tables.partial(object.tree(), format.metaVersion());
    nameCluster(partial, object, withCluster);
    return partial;
  }

  private static void nameCluster(ObjectNode tree, ApiObject object, boolean withCluster) {
    if (withCluster) {
      ((ObjectNode) tree.get("metadata")).put("clusterName", object.cluster());
    }
  }

  private ObjectNode table(
      ListMeta meta, List<ApiObject> items, boolean header, boolean withCluster) {
    TableOptions options = new TableOptions(header, include, withCluster);
    return tables.table(kind, format.metaVersion(), meta.toJson(), items, options);
  }

  private void tree(ObjectNode tree, OutputStream out) throws IOException {
    out.write(encode(tree, format));
  }

  private static byte[] bytes(ObjectNode tree) {
    return Json.mapper().writeValueAsBytes(tree);
  }

  /** A whole document in a form; ends with a line feed when people read it. */
  public static byte[] encode(ObjectNode tree, Format format) {
    if (format.encoding() == Format.Encoding.YAML) {
      DumpSettings block =
          DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).setSplitLines(false).build();
      Object plain = Json.mapper().convertValue(tree, java.util.Map.class);
      return new Dump(block).dumpToString(plain).getBytes(StandardCharsets.UTF_8);
    }
    if (format.pretty()) {
      String text = Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(tree);
      return (text + "\n").getBytes(StandardCharsets.UTF_8);
    }
    return bytes(tree);
  }
}
