package dev.argosy.tenancy.objects;

import dev.argosy.model.object.ObjectKey;

/**
 * One revision of one object.
 *
 * @param document canonical JSON without resourceVersion; not to be changed
 */
public record StoredDocument(ObjectKey key, byte[] document, long revision) {}
