package dev.argosy.server.answer;

import dev.argosy.model.schema.KindSchema;
import dev.argosy.server.answer.Format.Encoding;
import dev.argosy.server.answer.Format.Shape;
import dev.argosy.server.protobuf.ProtobufAnswers;
import java.time.Clock;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** All forms that answers can have. Any thread may call. */
public final class AnswerForms {

  private static final Set<Shape> SHAPES = Set.of(Shape.TABLE, Shape.METADATA);

  private final Clock clock;
  private final ProtobufAnswers protobuf;

  public AnswerForms(Clock clock, ProtobufAnswers protobuf) {
    this.clock = clock;
    this.protobuf = protobuf;
  }

  /**
   * What can be made of stored objects of a kind.
   *
   * @param allClusters over all clusters objects name theirs, which protobuf has no field for
   */
  public Offer ofObjects(KindSchema kind, boolean allClusters) {
    if (allClusters) {
      return new Offer(SHAPES, Set.of(), false);
    }
    boolean message = kind.struct().isPresent() && knows(kind);
    return new Offer(
        SHAPES, message ? Set.of(Shape.WHOLE, Shape.METADATA) : Set.of(Shape.METADATA), false);
  }

  /** What can be made of a document that is answered to a request for a kind. */
  public Offer ofDocument(KindSchema kind) {
    boolean message = kind.struct().isPresent() && knows(kind);
    return new Offer(Set.of(), message ? Set.of(Shape.WHOLE) : Set.of(), false);
  }

  /** What can be made of a refusal. */
  public static Offer ofStatus() {
    return new Offer(Set.of(), Set.of(Shape.WHOLE), false);
  }

  private boolean knows(KindSchema kind) {
    return protobuf.knows(kind.type().apiVersion(), kind.type().kind());
  }

  /**
   * A writer for one answer, of a format that was chosen of {@link #ofObjects}.
   *
   * @param includeObject the query parameter of that name, for tables
   * @throws dev.argosy.model.status.StatusException BadRequest if includeObject is unknown
   */
  public ObjectWriter writer(
      KindSchema kind, Format format, String includeObject, boolean allClusters) {
    if (format.encoding() == Encoding.PROTOBUF) {
      ProtobufShape shape =
          format.shape() == Shape.METADATA
              ? new ProtobufShape.Metadata("meta.k8s.io/" + format.metaVersion(), protobuf)
              : new ProtobufShape.Whole(kind, protobuf);
      return new ProtobufWriter(shape, protobuf);
    }
    JsonShape shape =
        switch (format.shape()) {
          case WHOLE -> new WholeShape(kind, allClusters);
          case METADATA -> new MetadataShape(format.metaVersion(), allClusters);
          case TABLE ->
              new TableShape(
                  kind, format.metaVersion(), Include.of(includeObject), allClusters, clock);
        };
    JsonWriter compact = new JsonWriter(shape);
    return format.compact() ? compact : new ReadableWriter(compact, format);
  }

  /** A document that says its own kind, such as a Status or a review. */
  public byte[] document(ObjectNode document, Format format) {
    return format.encoding() == Encoding.PROTOBUF
        ? ProtobufWriter.document(protobuf, document)
        : TextDocument.encode(document, format);
  }
}
