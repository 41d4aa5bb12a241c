package dev.argosy.server.request;

/** Reads bodies of one media type. Called by many threads. */
public interface BodyDecoder {

  /**
   * The tree of a body.
   *
   * @throws dev.argosy.model.status.StatusException BadRequest if the bytes are not what the media
   *     type promises
   */
  DecodedBody decode(byte[] body);
}
