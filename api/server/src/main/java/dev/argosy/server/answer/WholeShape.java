package dev.argosy.server.answer;

import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.schema.KindSchema;
import java.io.IOException;
import java.io.OutputStream;
import tools.jackson.databind.node.ObjectNode;

/**
 * Whole objects, their bytes as they are kept. Items of lists of kinds with a type of their own do
 * not repeat apiVersion and kind, those of custom kinds do.
 */
record WholeShape(KindSchema kind, boolean withCluster) implements JsonShape {

  @Override
  public void object(ApiObject object, OutputStream out) throws IOException {
    object.writeItemTo(out, true, withCluster);
  }

  @Override
  public void openList(ListMeta meta, OutputStream out) throws IOException {
    Splices.openList(kind.listKind(), kind.type().apiVersion(), meta, out);
  }

  @Override
  public void item(ApiObject object, OutputStream out) throws IOException {
    object.writeItemTo(out, kind.struct().isEmpty(), withCluster);
  }

  @Override
  public ObjectNode bookmark(ObjectNode metadata) {
    ObjectNode object = Json.object();
    object.put("kind", kind.type().kind()).put("apiVersion", kind.type().apiVersion());
    object.set("metadata", metadata);
    return object;
  }
}
