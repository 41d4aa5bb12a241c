package dev.argosy.server.webhook.call;

import dev.argosy.server.relay.ReplyBody;
import dev.argosy.server.relay.ReplyHead;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The answer to one request, after which the connection ends. */
record HttpReply(int code, byte[] body) {

  private static final int MAX_HEAD = 64 * 1024;

  /** Reads an answer; more than {@code limit} bytes of body are an error. */
  static HttpReply read(InputStream from, int limit) throws IOException {
    InputStream in = new BufferedInputStream(from);
    ReplyHead head = ReplyHead.read(in, MAX_HEAD);
    byte[] body = ReplyBody.of("POST", head, in).readNBytes(limit + 1);
    if (body.length > limit) {
      throw new IOException("the response is longer than " + limit + " bytes");
    }
    return new HttpReply(head.code(), body);
  }
}
