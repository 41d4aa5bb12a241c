package dev.argosy.server.authz;

/**
 * Where a role or a binding is.
 *
 * @param namespace empty for cluster roles and their bindings
 */
record Place(String namespace, String name) {}
