package dev.argosy.server.openapi;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A finished document. The array belongs to it and must not be changed.
 *
 * @param etag with the quotes that HTTP wants
 * @param contentType the media type of the bytes
 */
public record Document(byte[] bytes, String etag, String contentType) {

  static Document of(byte[] bytes, String contentType) {
    return new Document(bytes, '"' + hash(bytes) + '"', contentType);
  }

  /** The hash without quotes, as it stands in addresses. */
  public String hash() {
    return etag.substring(1, etag.length() - 1);
  }

  private static String hash(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().withUpperCase().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
