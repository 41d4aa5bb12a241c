package dev.argosy.server.answer;

import dev.argosy.server.answer.Format.Encoding;
import dev.argosy.server.answer.Format.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What can be made of one answer.
 *
 * @param shapes besides the whole object
 * @param protobuf which shapes can be written in protobuf
 * @param stream whether it is a stream of events
 */
public record Offer(Set<Shape> shapes, Set<Shape> protobuf, boolean stream) {

  /** JSON and YAML of the whole. */
  public static final Offer TEXT = new Offer(Set.of(), Set.of(), false);

  public Offer {
    shapes = Set.copyOf(shapes);
    protobuf = Set.copyOf(protobuf);
  }

  /** The same as a stream of events. */
  public Offer asStream() {
    return new Offer(shapes, protobuf, true);
  }

  /** Whether a range of the Accept header can be answered in that encoding. */
  boolean covers(MediaRange range, Shape shape, Encoding encoding) {
    String streamed = range.parameter("stream");
    return range.covers(encoding.mediaType())
        && (streamed.isEmpty() || stream && streamed.equals("watch"))
        && (shape == Shape.WHOLE || shapes.contains(shape))
        && switch (encoding) {
          case JSON -> true;
          case YAML -> !stream;
          case PROTOBUF -> protobuf.contains(shape);
        };
  }

  /** The media types, as a refusal lists them. */
  String mediaTypes() {
    List<Encoding> encodings = new ArrayList<>(List.of(Encoding.JSON));
    if (!stream) {
      encodings.add(Encoding.YAML);
    }
    if (protobuf.contains(Shape.WHOLE)) {
      encodings.add(Encoding.PROTOBUF);
    }
    String suffix = stream ? ";stream=watch" : "";
    return encodings.stream().map(e -> e.mediaType() + suffix).collect(Collectors.joining(", "));
  }
}
