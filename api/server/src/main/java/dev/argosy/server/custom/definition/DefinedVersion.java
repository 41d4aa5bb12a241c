package dev.argosy.server.custom.definition;

import dev.argosy.server.custom.path.JsonPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * One version of a custom resource.
 *
 * @param deprecation what users of a deprecated version are told; empty if it is not deprecated or
 *     the usual words do
 * @param status whether it has a status of its own
 * @param selectable the paths that field selectors may name, such as {@code .spec.color}
 */
public record DefinedVersion(
    String name,
    boolean served,
    boolean storage,
    boolean deprecated,
    String deprecation,
    VersionSchema schema,
    boolean status,
    Optional<ScalePaths> scale,
    List<ColumnText> columns,
    List<String> selectable) {

  /**
   * Where a scale is found in an object; see {@link JsonPath}.
   *
   * @param selector empty if there is none
   */
  public record ScalePaths(String specReplicas, String statusReplicas, String selector) {}

  /** A printer column, as it was written. */
  public record ColumnText(
      String name, String type, String format, String description, int priority, String path) {}

  public DefinedVersion {
    columns = List.copyOf(columns);
    selectable = List.copyOf(selectable);
  }

  /** The same with an equal schema that others share. */
  public DefinedVersion sharing(VersionSchema shared) {
    return new DefinedVersion(
        name, served, storage, deprecated, deprecation, shared, status, scale, columns, selectable);
  }

  static DefinedVersion of(JsonNode version) {
    JsonNode schema = version.path("schema").path("openAPIV3Schema");
    List<ColumnText> columns = new ArrayList<>();
    version.path("additionalPrinterColumns").forEach(column -> columns.add(column(column)));
    List<String> selectable = new ArrayList<>();
    version
        .path("selectableFields")
        .forEach(field -> selectable.add(field.path("jsonPath").asString("")));
    return new DefinedVersion(
        text(version, "name"),
        version.path("served").asBoolean(false),
        version.path("storage").asBoolean(false),
        version.path("deprecated").asBoolean(false),
        text(version, "deprecationWarning"),
        VersionSchema.of(schema),
        version.path("subresources").path("status").isObject(),
        scale(version.path("subresources").path("scale")),
        columns,
        selectable);
  }

  private static ColumnText column(JsonNode column) {
    return new ColumnText(
        text(column, "name"),
        text(column, "type"),
        text(column, "format"),
        text(column, "description"),
        column.path("priority").asInt(0),
        text(column, "jsonPath"));
  }

  private static Optional<ScalePaths> scale(JsonNode scale) {
    return scale.isObject()
        ? Optional.of(
            new ScalePaths(
                text(scale, "specReplicasPath"),
                text(scale, "statusReplicasPath"),
                text(scale, "labelSelectorPath")))
        : Optional.empty();
  }

  private static String text(JsonNode node, String field) {
    return node.path(field).asString("");
  }
}
