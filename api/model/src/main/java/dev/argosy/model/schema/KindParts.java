package dev.argosy.model.schema;

import dev.argosy.model.managed.StructShapes;
import dev.argosy.model.schema.defaulting.Defaults;
import dev.argosy.model.schema.field.FieldTable;
import dev.argosy.model.schema.field.StructType;
import dev.argosy.model.schema.print.RowPrinter;
import dev.argosy.model.schema.print.Tables;
import dev.argosy.model.schema.stored.StoredForm;
import dev.argosy.model.schema.validation.KindValidator;

/**
 * What kinds are put together from.
 *
 * @param fields all types
 * @param shapes how their values are owned
 * @param defaults rules for defaults, by type
 * @param labels field labels, by resource
 * @param tables columns, by resource
 */
record KindParts(
    FieldTable fields,
    StructShapes shapes,
    Defaults defaults,
    FieldLabels.Table labels,
    Tables tables) {

  static KindParts load(FieldTable fields) {
    return new KindParts(
        fields,
        new StructShapes(),
        new Defaults(BuiltinKinds.lines("defaults.tsv")),
        FieldLabels.Table.of(BuiltinKinds.lines("labels.tsv")),
        new Tables(BuiltinKinds.lines("columns.tsv")));
  }

  BuiltinKind kind(KindRow row) {
    String apiVersion = row.type().apiVersion();
    StructType struct = fields.get(apiVersion, row.type().kind());
    String key = row.type().groupResource().toString();
    return new BuiltinKind(
        row,
        struct,
        shapes,
        defaults.of(struct),
        new KindValidator(row.type(), row.nameRule()),
        new Views(labels.of(key), tables.of(key)),
        StoredForm.of(row.type(), fields));
  }

  /**
   * How objects are looked at.
   *
   * @param labels for field selectors
   * @param table for tables
   */
  record Views(FieldLabels labels, RowPrinter table) {}
}
