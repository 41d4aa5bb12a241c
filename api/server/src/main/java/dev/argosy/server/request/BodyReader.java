package dev.argosy.server.request;

import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import dev.argosy.model.status.StatusException;
import dev.argosy.server.deadline.Deadline;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads request bodies by their media type, up to a limit. */
public final class BodyReader {

  public static final String JSON = "application/json";
  public static final String YAML = "application/yaml";

  private static final byte[] NOTHING = new byte[0];

  private final Map<String, BodyDecoder> decoders = new LinkedHashMap<>();
  private final int maxBytes;

  /**
   * A reader of JSON, YAML and more.
   *
   * @param more further decoders by media type
   */
  public BodyReader(int maxBytes, Map<String, BodyDecoder> more) {
    this.maxBytes = maxBytes;
    decoders.put(JSON, new JsonBody());
    decoders.put(YAML, new YamlBody(maxBytes));
    decoders.putAll(more);
  }

  /**
   * All bytes of a body; RequestEntityTooLarge if there are too many.
   *
   * @param announced how many the client says there are; negative if it does not say
   */
  public byte[] read(InputStream in, long announced) throws IOException {
    if (announced > maxBytes) {
      throw tooLarge();
    }
    return announced == 0 ? NOTHING : Deadline.current().io(() -> all(in, announced));
  }

  private byte[] all(InputStream in, long announced) throws IOException {
    if (announced >= 0) {
      byte[] exact = new byte[(int) announced];
      int length = in.readNBytes(exact, 0, exact.length);
      return length == exact.length ? exact : Arrays.copyOf(exact, length);
    }
    byte[] body = in.readNBytes(maxBytes + 1);
    if (body.length > maxBytes) {
      throw tooLarge();
    }
    return body;
  }

  /** The tree of a body; JSON if no type is said; UnsupportedMediaType if none is known for it. */
  public DecodedBody decode(byte[] body, @Nullable String contentType) {
    String type = mediaType(contentType);
    BodyDecoder decoder = decoders.get(type);
    if (decoder == null) {
      throw Status.of(
              Reason.UNSUPPORTED_MEDIA_TYPE,
              "the body of the request was in an unknown format - accepted media types include: "
                  + String.join(", ", decoders.keySet()))
          .asException();
    }
    return decoder.decode(body);
  }

  /**
   * The tree of a configuration for server-side apply, which is YAML; JSON is YAML, and read
   * quicker for what it is.
   */
  public DecodedBody decodeConfiguration(byte[] body) {
    if (body.length > 0 && body[0] == '{') {
      try {
        DecodedBody json = decode(body, JSON);
        if (json.duplicates().isEmpty()) {
          return json;
        }
      } catch (StatusException e) {
        // YAML with braces
      }
    }
    return decode(body, YAML);
  }

  /** The type without parameters, lower case; JSON if none was said. */
  public static String mediaType(@Nullable String contentType) {
    if (contentType == null || contentType.isBlank()) {
      return JSON;
    }
    int parameters = contentType.indexOf(';');
    String type = parameters < 0 ? contentType : contentType.substring(0, parameters);
    return type.strip().toLowerCase(Locale.ROOT);
  }

  private RuntimeException tooLarge() {
    return Status.of(
            Reason.REQUEST_ENTITY_TOO_LARGE, "Request entity too large: limit is " + maxBytes)
        .asException();
  }
}
