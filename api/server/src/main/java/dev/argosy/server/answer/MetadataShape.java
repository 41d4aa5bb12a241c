package dev.argosy.server.answer;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import java.io.IOException;
import java.io.OutputStream;
import tools.jackson.databind.node.ObjectNode;

/** {@code PartialObjectMetadata}: the metadata's bytes as they are kept. */
final class MetadataShape implements JsonShape {

  static final String KIND = "PartialObjectMetadata";

  private final String apiVersion;
  private final boolean withCluster;
  private final byte[] opening;

  /**
   * A shape.
   *
   * @param metaVersion version of meta.k8s.io
   */
  MetadataShape(String metaVersion, boolean withCluster) {
    this.apiVersion = "meta.k8s.io/" + metaVersion;
    this.withCluster = withCluster;
    this.opening =
        ("{\"kind\":\"" + KIND + "\",\"apiVersion\":\"" + apiVersion + "\",\"metadata\":")
            .getBytes(UTF_8);
  }

  @Override
  public void object(ApiObject object, OutputStream out) throws IOException {
    out.write(opening);
    object.writeMetadataTo(out, withCluster);
    out.write('}');
  }

  @Override
  public void openList(ListMeta meta, OutputStream out) throws IOException {
    Splices.openList(KIND + "List", apiVersion, meta, out);
  }

  @Override
  public void item(ApiObject object, OutputStream out) throws IOException {
    object(object, out);
  }

  @Override
  public ObjectNode bookmark(ObjectNode metadata) {
    ObjectNode object = Json.object().put("kind", KIND).put("apiVersion", apiVersion);
    object.set("metadata", metadata);
    return object;
  }
}
