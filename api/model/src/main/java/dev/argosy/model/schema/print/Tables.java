package dev.argosy.model.schema.print;

import dev.argosy.model.schema.KindSchema.Column;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The row printers of all resources. */
public final class Tables {

  private static final String NAME_HELP =
      "Name must be unique within a namespace. Is required when creating resources, although some"
          + " resources may allow a client to request the generation of an appropriate name"
          + " automatically.";
  private static final String CREATED_HELP =
      "CreationTimestamp is a timestamp representing the server time when this object was created.";
  private static final RowPrinter GENERIC =
      new RowPrinter(
          List.of(
              new Column("Name", "string", "name", NAME_HELP, 0),
              new Column("Created At", "date", "", CREATED_HELP, 0)),
          List.of(
              Cells.parse("text metadata/name"), Cells.parse("text metadata/creationTimestamp")));

  private final Map<String, RowPrinter> printers;

  /**
   * @param lines resource, column, type, format, priority, cell
   */
  public Tables(List<String> lines) {
    Map<String, List<Column>> columns = new LinkedHashMap<>();
    Map<String, List<Cell>> cells = new LinkedHashMap<>();
    for (String line : lines) {
      String[] c = line.split("\t", -1);
      columns
          .computeIfAbsent(c[0], resource -> new ArrayList<>())
          .add(new Column(c[1], c[2], c[3], help(c[1]), Integer.parseInt(c[4])));
      cells.computeIfAbsent(c[0], resource -> new ArrayList<>()).add(Cells.parse(c[5]));
    }
    Map<String, RowPrinter> all = new LinkedHashMap<>();
    columns.forEach((resource, list) ->
        all.put(resource, new RowPrinter(list, cells.getOrDefault(resource, List.of()))));
    printers = Map.copyOf(all);
  }

  private static String help(String column) {
    return switch (column) {
      case "Name" -> NAME_HELP;
      case "Age", "Created At" -> CREATED_HELP;
      default -> column;
    };
  }

  /** The printer of a resource ({@code deployments.apps}); name and creation time if unknown. */
  public RowPrinter of(String resource) {
    return printers.getOrDefault(resource, GENERIC);
  }
}
