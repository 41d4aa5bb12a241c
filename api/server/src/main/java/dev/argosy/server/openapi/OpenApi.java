package dev.argosy.server.openapi;

import dev.argosy.model.schema.KindTable;
import dev.argosy.model.schema.field.FieldTable;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;

/** The documents of every table of kinds, made when first asked for. */
public final class OpenApi {

  private final FieldTable fields;
  private final Map<KindTable, Documents> documents = new WeakHashMap<>();

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
    synchronized (documents) {
      return documents.computeIfAbsent(kinds, table -> new Documents(table, fields));
    }
  }
}
