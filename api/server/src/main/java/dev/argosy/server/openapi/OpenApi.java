package dev.argosy.server.openapi;

import dev.argosy.model.schema.KindTable;
import dev.argosy.model.schema.LayeredKindTable;
import dev.argosy.model.schema.field.FieldTable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;

/** The documents of every table of kinds, made when first asked for. */
public final class OpenApi {

  /** How many clusters' own documents are kept; they are made again for those asked long ago. */
  private static final int MOST_LAYERED = 24;

  private final FieldTable fields;
  private final Map<KindTable, Documents> shared = new WeakHashMap<>();
  private final Map<KindTable, Documents> layered =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<KindTable, Documents> eldest) {
          return size() > MOST_LAYERED;
        }
      };

  public OpenApi(FieldTable fields) {
    this.fields = fields;
  }

  /** {@code /openapi/v2} as JSON. */
  public Document v2Json(KindTable kinds) {
    return of(kinds).v2Json();
  }

  /** {@code /openapi/v2} as gnostic protobuf. */
  public Document v2Protobuf(KindTable kinds) {
    return of(kinds).v2Protobuf();
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
