package dev.argosy.server.answer;

import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
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
    YAML("application/yaml");

    private final String mediaType;

    Encoding(String mediaType) {
      this.mediaType = mediaType;
    }

    public String mediaType() {
      return mediaType;
    }
  }

  public static final Format PLAIN = new Format(Shape.WHOLE, Encoding.JSON, "v1", false);

  /**
   * The best form that a client accepts.
   *
   * @param accept the Accept header; empty for anything
   * @param shapes what can be made of the answer besides the whole object
   * @throws dev.argosy.model.status.StatusException NotAcceptable if there is none
   */
  public static Format choose(String accept, Set<Shape> shapes, boolean pretty) {
    if (accept.isBlank()) {
      return new Format(Shape.WHOLE, Encoding.JSON, "v1", pretty);
    }
    for (MediaRange range : MediaRange.parse(accept)) {
      for (Encoding encoding : Encoding.values()) {
        if (range.covers(encoding.mediaType()) && offered(range, shapes)) {
          return new Format(shape(range), encoding, metaVersion(range), pretty);
        }
      }
    }
    throw notAcceptable();
  }

  /** The same on one line of JSON, for streams. */
  public Format json() {
    return new Format(shape, Encoding.JSON, metaVersion, false);
  }

  /** Nothing that the client accepts can be made. */
  public static RuntimeException notAcceptable() {
    return Status.of(
            Reason.NOT_ACCEPTABLE,
            "only the following media types are accepted: application/json, application/yaml")
        .asException();
  }

  private static boolean offered(MediaRange range, Set<Shape> shapes) {
    String as = range.parameter("as");
    if (as.isEmpty()) {
      return true;
    }
    return range.parameter("g").equals("meta.k8s.io")
        && Set.of("v1", "v1beta1").contains(range.parameter("v"))
        && Set.of("Table", "PartialObjectMetadata", "PartialObjectMetadataList").contains(as)
        && shapes.contains(shape(range));
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
