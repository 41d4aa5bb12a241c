package dev.argosy.model.schema;

import dev.argosy.model.schema.field.FieldTable;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The kinds that come with Argosy: those of Kubernetes in every logical cluster, those of the
 * platform in its own cluster only. Made once per process from {@code kinds.tsv}; to serve another
 * kind of Kubernetes add its row there.
 */
public final class BuiltinKinds {

  /** The name of the platform's own logical cluster. */
  public static final String ROOT_CLUSTER = "root";

  private static final String RESOURCE = "/dev/argosy/model/schema/";

  private final KindTable root;
  private final KindTable tenant;
  private final FieldTable fields;

  private BuiltinKinds(KindTable root, KindTable tenant, FieldTable fields) {
    this.root = root;
    this.tenant = tenant;
    this.fields = fields;
  }

  /** Reads the tables that come with this module. Takes some tens of milliseconds; keep it. */
  public static BuiltinKinds load() {
    FieldTable fields = FieldTable.load();
    KindParts parts = KindParts.load(fields);
    Map<KindRow, KindSchema> kinds = new LinkedHashMap<>();
    for (String line : lines("kinds.tsv")) {
      KindRow row = KindRow.parse(line);
      kinds.put(row, parts.kind(row));
    }
    return new BuiltinKinds(table(kinds, true), table(kinds, false), fields);
  }

  private static KindTable table(Map<KindRow, KindSchema> kinds, boolean root) {
    return new IndexedKindTable(
        kinds.entrySet().stream()
            .filter(kind -> kind.getKey().servedIn(root))
            .map(Map.Entry::getValue)
            .toList());
  }

  /** What the platform's own cluster serves. */
  public KindTable root() {
    return root;
  }

  /** What every tenant's cluster serves (before custom resources). */
  public KindTable tenant() {
    return tenant;
  }

  /** The table of that logical cluster. */
  public KindTable ofCluster(String cluster) {
    return cluster.equals(ROOT_CLUSTER) ? root : tenant;
  }

  /** All types, also those that are no kinds of their own. */
  public FieldTable fields() {
    return fields;
  }

  /** The lines of a table of this package, without comments. */
  static List<String> lines(String name) {
    try (InputStream in = BuiltinKinds.class.getResourceAsStream(RESOURCE + name)) {
      if (in == null) {
        throw new IllegalStateException(RESOURCE + name + " is missing");
      }
      return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
