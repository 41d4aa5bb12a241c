package dev.argosy.server.custom.kind;

import dev.argosy.model.schema.KindSchema.Column;
import dev.argosy.model.schema.print.Ages;
import dev.argosy.model.schema.print.Row;
import dev.argosy.server.custom.definition.DefinedVersion.ColumnText;
import dev.argosy.server.custom.path.JsonPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The columns of a custom resource: its name, then those of the definition, else its age. */
final class PrinterColumns {

  private static final String NAME_HELP =
      "Name must be unique within a namespace. Is required when creating resources, although some"
          + " resources may allow a client to request the generation of an appropriate name"
          + " automatically.";
  private static final String AGE_HELP =
      "CreationTimestamp is a timestamp representing the server time when this object was created.";
  private static final ColumnText AGE =
      new ColumnText("Age", "date", "", AGE_HELP, 0, ".metadata.creationTimestamp");

  private final List<Column> columns = new ArrayList<>();
  private final List<Cell> cells = new ArrayList<>();

  private record Cell(String type, Optional<JsonPath> path) {}

  PrinterColumns(List<ColumnText> defined) {
    columns.add(new Column("Name", "string", "name", NAME_HELP, 0));
    for (ColumnText column : defined.isEmpty() ? List.of(AGE) : defined) {
      String description =
          column.description().isEmpty()
              ? "Custom resource definition column (in JSONPath format): " + column.path()
              : column.description();
      columns.add(
          new Column(
              column.name(), column.type(), column.format(), description, column.priority()));
      cells.add(new Cell(column.type(), JsonPath.parse(column.path())));
    }
  }

  List<Column> columns() {
    return List.copyOf(columns);
  }

  /** One cell per column; null where the object has nothing to show. */
  Row row(ObjectNode object) {
    List<@Nullable Object> row = new ArrayList<>(columns.size());
    row.add(object.path("metadata").path("name").asString(""));
    for (Cell cell : cells) {
      JsonNode value = cell.path().map(path -> path.first(object)).orElse(null);
      row.add(value == null ? null : shown(cell.type(), value));
    }
    return kept(row);
  }

  @SuppressWarnings("NullAway") // a cell without a value is null on the wire
  private static Row kept(List<@Nullable Object> cells) {
    return new Row(new ArrayList<>(cells));
  }

  private static @Nullable Object shown(String type, JsonNode value) {
    return switch (type) {
      case "integer" -> value.isNumber() ? value.decimalValue().longValue() : null;
      case "number" -> value.isNumber() ? value.numberValue() : null;
      case "boolean" -> value.isBoolean() ? value.booleanValue() : null;
      case "string" -> text(value);
      case "date" -> date(value);
      default -> null;
    };
  }

  private static @Nullable String text(JsonNode value) {
    return value.isString() ? value.stringValue() : value.isNull() ? null : value.toString();
  }

  private static @Nullable Object date(JsonNode value) {
    if (!value.isString()) {
      return null;
    }
    return Ages.instant(value) == null ? "<invalid>" : Ages.since(value);
  }
}
