package dev.argosy.server.custom.kind;

import dev.argosy.model.managed.StructShapes;
import dev.argosy.model.managed.TypeShape;
import dev.argosy.model.schema.KindSchema;
import dev.argosy.model.schema.field.FieldTable;
import dev.argosy.model.schema.field.StructType;
import dev.argosy.model.schema.validation.KindValidator;
import dev.argosy.server.custom.definition.DefinedVersion;
import dev.argosy.server.custom.definition.Definition;
import dev.argosy.server.custom.definition.VersionSchema;
import dev.argosy.server.custom.kind.CustomKind.Parts;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;

/** Makes kinds of definitions. Any thread may call. */
public final class CustomKinds {

  private final StructType metadata;
  private final TypeShape metadataShape;
  private final ConversionCaller caller;
  private final Map<VersionSchema, WeakReference<VersionSchema>> schemas = new WeakHashMap<>();

  public CustomKinds(FieldTable fields, ConversionCaller caller) {
    this.metadata = fields.get("meta/v1", "ObjectMeta");
    this.metadataShape = new StructShapes().of(metadata);
    this.caller = caller;
  }

  /** The same definition, its schemas shared with equal ones of other clusters. */
  public Definition sharing(Definition definition) {
    return definition.with(
        definition.versions().stream()
            .map(version -> version.sharing(shared(version.schema())))
            .toList());
  }

  private VersionSchema shared(VersionSchema schema) {
    synchronized (schemas) {
      WeakReference<VersionSchema> reference = schemas.get(schema);
      VersionSchema known = reference == null ? null : reference.get();
      if (known != null) {
        return known;
      }
      schemas.put(schema, new WeakReference<>(schema));
      return schema;
    }
  }

  /**
   * The served versions of a definition.
   *
   * @param since from which revision on objects were written with the present schemas
   */
  public List<KindSchema> of(Definition definition, long since) {
    Map<String, ObjectForm> forms = new HashMap<>();
    for (DefinedVersion version : definition.versions()) {
      forms.put(apiVersion(definition, version.name()), new ObjectForm(version.schema(), metadata));
    }
    Conversions conversions = new Conversions(definition, caller);
    List<KindSchema> kinds = new ArrayList<>();
    for (DefinedVersion version : definition.versions()) {
      if (version.served()) {
        StoredForm stored =
            new StoredForm(
                forms,
                conversions,
                apiVersion(definition, version.name()),
                apiVersion(definition, definition.storageVersion()),
                since);
        ObjectForm form = new ObjectForm(version.schema(), metadata);
        Parts parts = new Parts(form, rules(definition, version), stored, metadataShape);
        kinds.add(new CustomKind(definition, version, parts));
      }
    }
    return kinds;
  }

  private static ObjectRules rules(Definition definition, DefinedVersion version) {
    KindValidator names =
        new KindValidator(
            CustomTypes.type(definition, version, CustomTypes.subresources(definition, version)),
            "subdomain");
    return new ObjectRules(version.schema(), names, version.scale().map(CustomTypes::scale));
  }

  private static String apiVersion(Definition definition, String version) {
    return definition.group() + "/" + version;
  }
}
