package dev.argosy.server.answer;

import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import java.util.Optional;
import java.util.Set;

/**
 * The form an answer takes.
 *
 * @param metaVersion version of meta.k8s.io for tables and metadata-only answers
 */
public record Format(Shape shape, Encoding encoding, String metaVersion, boolean pretty) {

  /** What is told of each object. */
  public enum Shape {
    WHOLE,
    TABLE,
    METADATA
  }

  /** How it is written. */
  public enum Encoding {
    JSON("application/json"),
    YAML("application/yaml"),
    PROTOBUF("application/vnd.kubernetes.protobuf");

    private final String mediaType;

    Encoding(String mediaType) {
      this.mediaType = mediaType;
    }

    public String mediaType() {
      return mediaType;
    }
  }

  public static final Format PLAIN = new Format(Shape.WHOLE, Encoding.JSON, "v1", false);

  /** JSON on one line, as the objects are kept. */
  boolean compact() {
    return encoding == Encoding.JSON && !pretty;
  }

  /**
   * The best form that a client accepts, of an answer that is a document.
   *
   * @param accept the Accept header; empty for anything
   * @param shapes what can be made of the answer besides the whole object
   * @throws dev.argosy.model.status.StatusException NotAcceptable if there is none
   */
  public static Format choose(String accept, Set<Shape> shapes, boolean pretty) {
    return choose(accept, new Offer(shapes, Set.of(), false), pretty);
  }

  /** The best form that a client accepts of what is offered; NotAcceptable if there is none. */
  public static Format choose(String accept, Offer offer, boolean pretty) {
    return find(accept, offer, pretty)
        .orElseThrow(() ->
            Status.of(
                    Reason.NOT_ACCEPTABLE,
                    "only the following media types are accepted: " + offer.mediaTypes())
                .asException());
  }

  /** As {@link #choose}; empty if there is none. */
  public static Optional<Format> find(String accept, Offer offer, boolean pretty) {
    if (accept.isBlank()) {
      return Optional.of(new Format(Shape.WHOLE, Encoding.JSON, "v1", pretty));
    }
    for (MediaRange range : MediaRange.parse(accept)) {
      for (Encoding encoding : Encoding.values()) {
        if (known(range) && offer.covers(range, shape(range), encoding)) {
          return Optional.of(new Format(shape(range), encoding, metaVersion(range), pretty));
        }
      }
    }
    return Optional.empty();
  }

  /** Whether the shape asked for is one that there is. */
  private static boolean known(MediaRange range) {
    String as = range.parameter("as");
    return as.isEmpty()
        || range.parameter("g").equals("meta.k8s.io")
            && Set.of("v1", "v1beta1").contains(range.parameter("v"))
            && Set.of("Table", "PartialObjectMetadata", "PartialObjectMetadataList").contains(as);
  }

  private static Shape shape(MediaRange range) {
    return switch (range.parameter("as")) {
      case "Table" -> Shape.TABLE;
      case "PartialObjectMetadata", "PartialObjectMetadataList" -> Shape.METADATA;
      default -> Shape.WHOLE;
    };
  }

  private static String metaVersion(MediaRange range) {
    return range.parameter("v").isEmpty() ? "v1" : range.parameter("v");
  }
}
