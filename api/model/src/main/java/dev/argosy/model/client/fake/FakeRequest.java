package dev.argosy.model.client.fake;

import dev.argosy.model.kind.GroupResource;

/** A write that was served, for tests of who wrote what. */
public record FakeRequest(
    String user,
    String verb,
    GroupResource resource,
    String cluster,
    String namespace,
    String name) {}
