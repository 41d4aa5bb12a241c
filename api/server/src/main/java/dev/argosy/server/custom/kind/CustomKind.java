package dev.argosy.server.custom.kind;

import dev.argosy.model.kind.ResourceType;
import dev.argosy.model.managed.TypeShape;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.schema.KindSchema;
import dev.argosy.model.schema.Strategy;
import dev.argosy.model.schema.Strategy.Deletion;
import dev.argosy.model.schema.Strategy.Generation;
import dev.argosy.model.schema.Subresource;
import dev.argosy.model.schema.field.StructType;
import dev.argosy.model.schema.print.Row;
import dev.argosy.model.status.Cause;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import dev.argosy.server.cel.Shape;
import dev.argosy.server.cel.Shaped;
import dev.argosy.server.custom.definition.DefinedVersion;
import dev.argosy.server.custom.definition.Definition;
import dev.argosy.server.custom.rule.SchemaShapes;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One served version of a custom resource in one cluster. */
public final class CustomKind implements KindSchema, Shaped {

  private static final Strategy WITH_STATUS =
      new Strategy(false, false, Generation.CONTENT, false, Deletion.BACKGROUND);
  private static final Strategy WITHOUT_STATUS =
      new Strategy(false, false, Generation.CONTENT_AND_STATUS, true, Deletion.BACKGROUND);

  private final DefinedVersion version;
  private final ResourceType type;
  private final String listKind;
  private final List<Subresource> subresources;
  private final ObjectForm form;
  private final ObjectRules rules;
  private final StoredForm stored;
  private final TypeShape metadataShape;
  private volatile @Nullable TypeShape shape;
  private final PrinterColumns columns;
  private final SelectableFields fields;

  CustomKind(Definition definition, DefinedVersion version, Parts parts) {
    this.version = version;
    this.subresources = CustomTypes.subresources(definition, version);
    this.type = CustomTypes.type(definition, version, subresources);
    this.listKind = definition.names().listKind();
    this.form = parts.form();
    this.rules = parts.rules();
    this.stored = parts.stored();
    this.metadataShape = parts.metadataShape();
    this.columns = new PrinterColumns(version.columns());
    this.fields = new SelectableFields(definition.namespaced(), version.selectable());
  }

  /**
   * What a kind is put together from.
   *
   * @param form pruning and defaults of this version
   * @param metadataShape how the fields of {@code metadata} are owned
   */
  record Parts(ObjectForm form, ObjectRules rules, StoredForm stored, TypeShape metadataShape) {}

  @Override
  public ResourceType type() {
    return type;
  }

  @Override
  public Shape celShape() {
    return SchemaShapes.whole(version.schema().schema());
  }

  @Override
  public String listKind() {
    return listKind;
  }

  @Override
  public Strategy strategy() {
    return version.status() ? WITH_STATUS : WITHOUT_STATUS;
  }

  @Override
  public List<Subresource> subresources() {
    return subresources;
  }

  @Override
  public TypeShape shape() {
    TypeShape made = shape;
    if (made == null) {
      made = OwnershipShapes.of(version.schema().schema(), metadataShape);
      shape = made;
    }
    return made;
  }

  @Override
  public Optional<StructType> struct() {
    return Optional.empty();
  }

  @Override
  public Optional<ObjectNode> publishedSchema() {
    return Optional.of(version.schema().tree());
  }

  @Override
  public Optional<String> deprecationWarning() {
    if (!version.deprecated()) {
      return Optional.empty();
    }
    return Optional.of(
        version.deprecation().isEmpty()
            ? type.apiVersion() + " " + type.kind() + " is deprecated"
            : version.deprecation());
  }

  @Override
  public Optional<ScalePaths> scale() {
    return version.scale().map(CustomTypes::scale);
  }

  @Override
  public boolean convertsStored() {
    return true;
  }

  @Override
  public ObjectNode toStored(ObjectNode object) {
    return stored.toStored(object);
  }

  @Override
  public ObjectNode fromStored(ObjectNode object) {
    return stored.fromStored(object);
  }

  @Override
  public ApiObject shown(ApiObject object) {
    return stored.shown(object);
  }

  @Override
  public List<ApiObject> shownAll(List<ApiObject> objects) {
    return stored.shownAll(objects);
  }

  @Override
  public List<String> prune(ObjectNode object) {
    return form.prune(object, type);
  }

  @Override
  public void applyDefaults(ObjectNode object) {
    form.applyDefaults(object);
  }

  @Override
  public List<Cause> validate(ObjectNode object) {
    return rules.validate(object);
  }

  @Override
  public List<Cause> validateUpdate(ObjectNode object, ObjectNode old) {
    return rules.validateUpdate(object, old);
  }

  @Override
  public List<Cause> validateStatusUpdate(ObjectNode object, ObjectNode old) {
    return rules.validateUpdate(object, old);
  }

  @Override
  public ObjectNode strategicMerge(ObjectNode original, ObjectNode patch) {
    throw Status.of(
            Reason.UNSUPPORTED_MEDIA_TYPE,
            "the body of the request was in an unknown format - accepted media types include:"
                + " application/json-patch+json, application/merge-patch+json,"
                + " application/apply-patch+yaml")
        .asException();
  }

  @Override
  public Set<String> fieldLabelNames() {
    return fields.names();
  }

  @Override
  public String unsupportedFieldLabel(String label) {
    return "field label not supported: " + label;
  }

  @Override
  public Map<String, String> fieldLabels(JsonNode object) {
    return fields.of(object);
  }

  @Override
  public List<Column> columns() {
    return columns.columns();
  }

  @Override
  public List<Object> cells(ObjectNode object, Instant now) {
    return row(object).at(now);
  }

  @Override
  public Row row(ObjectNode object) {
    return columns.row(object);
  }

  @Override
  public String toString() {
    return type.apiVersion() + "/" + type.kind();
  }
}
