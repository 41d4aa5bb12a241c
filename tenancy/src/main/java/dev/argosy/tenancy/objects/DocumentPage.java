package dev.argosy.tenancy.objects;

import java.util.List;

/**
 * Part of a listing, all of it read at one revision.
 *
 * @param more whether documents follow the last one
 */
public record DocumentPage(List<StoredDocument> documents, long revision, boolean more) {
  public DocumentPage {
    documents = List.copyOf(documents);
  }
}
