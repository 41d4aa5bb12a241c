package dev.argosy.server.answer;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.schema.KindSchema;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Instant;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code Table}: a row for each object. One answer shows all ages at one time. */
final class TableShape implements JsonShape {

  private static final byte[] ROWS = ",\"rows\":[".getBytes(UTF_8);
  private static final byte[] OBJECT = ",\"object\":".getBytes(UTF_8);
  private static final byte[] END = "]}".getBytes(UTF_8);

  private final KindSchema kind;
  private final String apiVersion;
  private final Include include;
  private final MetadataShape metadata;
  private final boolean withCluster;
  private final Clock clock;
  private Instant now;
  private boolean columnsTold;

  /**
   * A shape.
   *
   * @param metaVersion version of meta.k8s.io
   */
  TableShape(
      KindSchema kind, String metaVersion, Include include, boolean withCluster, Clock clock) {
    this.kind = kind;
    this.apiVersion = "meta.k8s.io/" + metaVersion;
    this.include = include;
    this.metadata = new MetadataShape(metaVersion, withCluster);
    this.withCluster = withCluster;
    this.clock = clock;
    this.now = clock.instant();
  }

  @Override
  public void object(ApiObject object, OutputStream out) throws IOException {
    openList(new ListMeta(object.revision(), "", null), out);
    item(object, out);
    out.write(END);
  }

  /** The columns are named in the first event only. */
  @Override
  public void eventObject(ApiObject object, OutputStream out) throws IOException {
    now = clock.instant();
    object(object, out);
    columnsTold = true;
  }

  @Override
  public void openList(ListMeta meta, OutputStream out) throws IOException {
    ObjectNode table = Json.object().put("kind", "Table").put("apiVersion", apiVersion);
    table.set("metadata", meta.toJson());
    ArrayNode columns = table.putArray("columnDefinitions");
    if (!columnsTold) {
      kind.columns().forEach(column -> columns.add(definition(column)));
    }
    Splices.openObject(table, out);
    out.write(ROWS);
  }

  private static ObjectNode definition(KindSchema.Column column) {
    return Json.object()
        .put("name", column.name())
        .put("type", column.type())
        .put("format", column.format())
        .put("description", column.description())
        .put("priority", column.priority());
  }

  @Override
  public void item(ApiObject object, OutputStream out) throws IOException {
    TableRow.of(kind, object).writeTo(now, out);
    if (include != Include.NONE) {
      out.write(OBJECT);
      if (include == Include.OBJECT) {
        object.writeItemTo(out, true, withCluster);
      } else {
        metadata.object(object, out);
      }
    }
    out.write('}');
  }

  @Override
  public ObjectNode bookmark(ObjectNode meta) {
    ObjectNode table = Json.object().put("kind", "Table").put("apiVersion", apiVersion);
    table.putObject("metadata").put("resourceVersion", meta.path("resourceVersion").asString(""));
    table.putArray("columnDefinitions");
    ObjectNode row = table.putArray("rows").addObject();
    row.putArray("cells");
    row.set("object", metadata.bookmark(meta));
    return table;
  }
}
