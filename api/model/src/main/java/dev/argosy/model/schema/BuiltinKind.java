package dev.argosy.model.schema;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.kind.ResourceType;
import dev.argosy.model.managed.StructShapes;
import dev.argosy.model.managed.TypeShape;
import dev.argosy.model.schema.defaulting.Defaulter;
import dev.argosy.model.schema.field.Pruner;
import dev.argosy.model.schema.field.StructType;
import dev.argosy.model.schema.field.WrongTypeException;
import dev.argosy.model.schema.merge.PatchSyntaxException;
import dev.argosy.model.schema.merge.StrategicMerge;
import dev.argosy.model.schema.print.Row;
import dev.argosy.model.schema.stored.StoredForm;
import dev.argosy.model.schema.validation.KindValidator;
import dev.argosy.model.schema.warning.KindWarnings;
import dev.argosy.model.status.Cause;
import dev.argosy.model.status.Status;
import dev.argosy.model.status.StatusException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A kind whose fields are known. */
final class BuiltinKind implements KindSchema {

  private final KindRow row;
  private final StructType struct;
  private final StructShapes shapes;
  private final Defaulter defaulter;
  private final KindValidator validator;
  private final KindParts.Views views;
  private final Optional<StoredForm> form;
  private final KindWarnings warnings;

  BuiltinKind(
      KindRow row,
      StructType struct,
      StructShapes shapes,
      Defaulter defaulter,
      KindValidator validator,
      KindParts.Views views,
      Optional<StoredForm> form) {
    this.row = row;
    this.struct = struct;
    this.shapes = shapes;
    this.defaulter = defaulter;
    this.validator = validator;
    this.views = views;
    this.form = form;
    this.warnings = new KindWarnings(row.type());
  }

  @Override
  public ResourceType type() {
    return row.type();
  }

  @Override
  public Optional<String> deprecationWarning() {
    return row.deprecationWarning();
  }

  @Override
  public Strategy strategy() {
    return row.strategy();
  }

  @Override
  public List<Subresource> subresources() {
    return row.subresources();
  }

  @Override
  public Optional<StructType> struct() {
    return Optional.of(struct);
  }

  @Override
  public TypeShape shape() {
    return shapes.of(struct);
  }

  @Override
  public GroupResource storage() {
    return form.map(StoredForm::storage).orElse(row.type().groupResource());
  }

  /** Asked for every object of every list and watch, so it compares nothing. */
  @Override
  public boolean convertsStored() {
    return form.isPresent();
  }

  @Override
  public ObjectNode toStored(ObjectNode object) {
    return form.map(f -> f.toStored(object)).orElse(object);
  }

  @Override
  public ObjectNode fromStored(ObjectNode stored) {
    return form.map(f -> f.fromStored(stored)).orElse(stored);
  }

  @Override
  public List<String> prune(ObjectNode object) {
    try {
      return Pruner.prune(struct, object);
    } catch (WrongTypeException e) {
      throw new StatusException(
          Status.badRequest(
              type().kind()
                  + " in version \""
                  + type().version()
                  + "\" cannot be handled as a "
                  + type().kind()
                  + ": "
                  + e.getMessage()));
    }
  }

  @Override
  public void applyDefaults(ObjectNode object) {
    defaulter.apply(object);
  }

  @Override
  public List<Cause> validate(ObjectNode object) {
    return validator.validate(common(object));
  }

  @Override
  public List<Cause> validateUpdate(ObjectNode object, ObjectNode old) {
    return validator.validateUpdate(common(object), common(old));
  }

  @Override
  public List<Cause> validateUpdateOf(String subresource, ObjectNode object, ObjectNode old) {
    return validator.validateUpdateOf(subresource, common(object), common(old));
  }

  @Override
  public List<Cause> validateStatusUpdate(ObjectNode object, ObjectNode old) {
    return validator.validateStatusUpdate(common(object), common(old));
  }

  @Override
  public List<String> warnings(ObjectNode object, @Nullable ObjectNode old) {
    return warnings.of(object, old);
  }

  private ObjectNode common(ObjectNode object) {
    return form.map(f -> f.common(object)).orElse(object);
  }

  @Override
  public ObjectNode strategicMerge(ObjectNode original, ObjectNode patch) {
    try {
      return StrategicMerge.apply(struct, original, patch);
    } catch (PatchSyntaxException e) {
      throw new StatusException(Status.badRequest(String.valueOf(e.getMessage())));
    }
  }

  @Override
  public Set<String> fieldLabelNames() {
    return views.labels().names();
  }

  @Override
  public String unsupportedFieldLabel(String label) {
    return views.labels().unsupported(label);
  }

  @Override
  public Map<String, String> fieldLabels(JsonNode object) {
    return views.labels().of(object);
  }

  @Override
  public List<Column> columns() {
    return views.table().columns();
  }

  @Override
  public Row row(ObjectNode object) {
    return views.table().row(common(object));
  }

  @Override
  public List<Object> cells(ObjectNode object, Instant now) {
    return views.table().cells(common(object), now);
  }

  @Override
  public String toString() {
    return type().apiVersion() + "/" + type().kind();
  }
}
