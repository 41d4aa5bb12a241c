package dev.argosy.server.connect;

import dev.argosy.server.request.QueryParams;

/** A path that answers a get with one whole document; callers within the process read it, too. */
public interface DocumentPath extends PathHandler {

  /**
   * The document. Whether its reader may get the path was asked before.
   *
   * @param cluster the logical cluster that is meant
   * @throws dev.argosy.model.status.StatusException to refuse
   */
  Document document(String cluster, QueryParams query);

  /**
   * What is answered.
   *
   * @param body not to be changed
   */
  @SuppressWarnings("ArrayRecordComponent") // written once, read once
  record Document(String mediaType, byte[] body) {}
}
