package dev.argosy.server.openapi;

import dev.argosy.model.schema.KindTable;
import dev.argosy.model.schema.LayeredKindTable;
import dev.argosy.model.schema.field.FieldTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;

/** The documents of every table of kinds, made when first asked for. */
public final class OpenApi {

  /** How many clusters' own documents are kept; they are made again for those asked long ago. */
  private static final int MOST_LAYERED = 24;

  private static final int MOST_MERGED = 8;

  private final FieldTable fields;
  private final Map<KindTable, Documents> shared = new WeakHashMap<>();
  private final Map<KindTable, Documents> layered =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<KindTable, Documents> eldest) {
          return size() > MOST_LAYERED;
        }
      };

  private final Map<Merged, Both> merged =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Merged, Both> eldest) {
          return size() > MOST_MERGED;
        }
      };

  /** A table with what others add to it; tables and additions are told apart by identity. */
  private record Merged(KindTable kinds, List<RemoteSpec> others) {}

  /** One document in both forms. */
  private record Both(Document json, Document protobuf) {}

  public OpenApi(FieldTable fields) {
    this.fields = fields;
  }

  /** {@code /openapi/v2} as JSON. */
  public Document v2Json(KindTable kinds) {
    return of(kinds).v2Json();
  }

  /** The same with what others serve. */
  Document v2Json(KindTable kinds, List<RemoteSpec> others) {
    return others.isEmpty() ? v2Json(kinds) : merged(kinds, others).json();
  }

  /** {@code /openapi/v2} as gnostic protobuf. */
  public Document v2Protobuf(KindTable kinds) {
    return of(kinds).v2Protobuf();
  }

  /** The same with what others serve. */
  Document v2Protobuf(KindTable kinds, List<RemoteSpec> others) {
    return others.isEmpty() ? v2Protobuf(kinds) : merged(kinds, others).protobuf();
  }

  private Both merged(KindTable kinds, List<RemoteSpec> others) {
    Merged wanted = new Merged(kinds, List.copyOf(others));
    synchronized (merged) {
      Both known = merged.get(wanted);
      if (known != null) {
        return known;
      }
    }
    Version2 document = MergedSpecs.of(of(kinds).version2(), others);
    Both made = new Both(Documents.json(document), Documents.protobuf(document));
    synchronized (merged) {
      merged.put(wanted, made);
    }
    return made;
  }

  /** The addresses of all group versions, those of others included. */
  Document v3Index(KindTable kinds, Map<String, String> others) {
    return others.isEmpty() ? v3Index(kinds) : of(kinds).v3Index(others);
  }

  /** {@code /openapi/v3}: the addresses of all group versions. */
  public Document v3Index(KindTable kinds) {
    return of(kinds).v3Index();
  }

  /**
   * {@code /openapi/v3/PATH}.
   *
   * @param path {@code api/v1} or {@code apis/GROUP/VERSION}
   */
  public Optional<Document> v3(KindTable kinds, String path) {
    return of(kinds).v3(path);
  }

  private Documents of(KindTable kinds) {
    if (!(kinds instanceof LayeredKindTable layers)) {
      synchronized (shared) {
        return shared.computeIfAbsent(kinds, table -> new Documents(table, fields));
      }
    }
    Documents base = of(layers.base());
    synchronized (layered) {
      return layered.computeIfAbsent(kinds, table -> new Documents(layers.more(), fields, base));
    }
  }
}
